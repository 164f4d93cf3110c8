"""Rules on fonts that all engines share: how far a box reaches below the base line, which faces are bold, which ink is red."""

from __future__ import annotations

import re
from functools import lru_cache

DESCENT = 0.12
"""The box of a character is one em high and ends so many em below the base line, like that of an ideograph.

The descent given by fonts is not used: it differs from file to file (0 from LibreOffice, 0.3 elsewhere) for the same letters.
"""

_BOLD = re.compile(r"bold|heavy|black|[-_ ]demi|simhei|heiti|hei\b|黑体|粗", re.IGNORECASE)
_SUBSET = re.compile(r"^[A-Z]{6}\+")


@lru_cache(maxsize=256)
def is_bold(font: str) -> bool:
    """Is the face bold by its name?

    >>> is_bold("ABCDEF+SimHei"), is_bold("NotoSerif-Bold"), is_bold("黑体"), is_bold("SimSun")
    (True, True, True, False)
    """
    return bool(_BOLD.search(_SUBSET.sub("", font)))


def is_red(red: float, green: float, blue: float) -> bool:
    """The ink of seals, in shares of full light.

    >>> is_red(0.9, 0.1, 0.1), is_red(0.5, 0.5, 0.5)
    (True, False)
    """
    return red > 0.6 and green < 0.4 and blue < 0.4
