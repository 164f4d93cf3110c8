"""Records that mypy holds to be frozen."""

from __future__ import annotations

import pickle

from extractor.model.document import Span
from extractor.model.findings import OperandShown


def test_records_of_equal_fields_are_equal_and_hash_alike() -> None:
    assert Span(1, 2, 3) == Span(1, 2, 3)
    assert len({Span(1, 2, 3), Span(1, 2, 3), Span(1, 2, 4)}) == 2


def test_a_hash_of_its_own_stays() -> None:
    assert hash(OperandShown("budget", "5", "元", (Span(1, 2, 3),))) == hash(OperandShown("budget", "5", "万元"))


def test_a_pickled_record_comes_back_equal_and_names_no_slots() -> None:
    pickled = pickle.dumps([Span(1, 2, 3), Span(4, 5, 6)], pickle.HIGHEST_PROTOCOL)
    assert pickle.loads(pickled) == [Span(1, 2, 3), Span(4, 5, 6)]
    assert b"paragraph" not in pickled
