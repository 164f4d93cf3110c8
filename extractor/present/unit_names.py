"""Names of units as they are compared: full-width letters, spaces and case make no difference."""

from __future__ import annotations

import unicodedata


def folded(name: str) -> str:
    """A name in the form in which names are compared.

    >>> folded("青川区　水务站（ＡＢ）") == folded("青川区水务站(ab)")
    True
    """
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())
