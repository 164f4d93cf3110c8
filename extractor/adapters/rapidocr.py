"""Text recognition by PP-OCR through rapidocr, offline: the models are in its wheel. The only importer of rapidocr."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any, NamedTuple

from rapidocr import RapidOCR

Picture = Any
"""Rows of pixels, grey or blue, green, red: a numpy array of bytes."""

Frame = tuple[int, int, int, int]
"""x0, top, x1, bottom in pixels."""

_SETTINGS = {
    "Global.log_level": "critical",
    "Global.use_cls": False,
    "Global.return_word_box": True,
    "Global.use_preprocess_img": False,
    "Global.use_vertical_padding": False,
    "Det.limit_side_len": 32,  # pictures already have a suitable size
    "Rec.rec_img_shape": [3, 48, 48],  # short words are not padded to the width of a line
    "Rec.rec_batch_num": 4,
    "EngineConfig.onnxruntime.intra_op_num_threads": os.cpu_count() or 1,  # the default is one thread for each physical core
}


class Letter(NamedTuple):
    """A character, the position of its middle from the left (0) to the right (1) of its picture, and its confidence."""

    text: str
    middle: float
    confidence: float


@lru_cache(maxsize=1)
def _engine() -> Any:
    return RapidOCR(params=_SETTINGS)


def ready() -> None:
    """Load the models."""
    import numpy

    page = numpy.full((64, 256, 3), 255, numpy.uint8)
    frames(page)
    words([page])


def frames(picture: Picture) -> list[Frame]:
    """The frames of the lines of text in a colour picture."""
    found = _engine()(picture, use_rec=False).boxes
    return [] if found is None else [_frame(box) for box in found]


def _frame(box: Any) -> Frame:
    across, down = box[:, 0], box[:, 1]
    return int(across.min()), int(down.min()), int(across.max()) + 1, int(down.max()) + 1


def words(pictures: Sequence[Picture]) -> list[list[Letter]]:
    """The characters of each picture, which shows one line of text; a space has the confidence 1."""
    if not pictures:
        return []
    read = _engine().recognize_txt(list(pictures))
    return [list(_letters(text, told)) for text, told in zip(read.txts, read.word_results, strict=True)]


def _letters(text: str, told: Any) -> Iterator[Letter]:
    columns = iter(chain.from_iterable(told.word_cols))
    middle = 0.0
    for char, confidence in zip(text, told.confs, strict=False):
        if char.isspace():
            yield Letter(" ", middle, 1.0)
        else:
            middle = (next(columns) + 0.5) / told.line_txt_len
            yield Letter(char, min(middle, 1.0), confidence)
