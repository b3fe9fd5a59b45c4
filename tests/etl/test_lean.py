"""A lean process compiles the same patterns, each class of characters once."""

from __future__ import annotations

import importlib
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.extract.dates.patterns import DATE
from etl.lean import _KeptClasses, with_classes_kept
from etl.page.imprints import _LABELLED

compiler: Any = importlib.import_module("re._compiler")
parser: Any = importlib.import_module("re._parser")
MEMBERS = st.lists(st.sampled_from("abzß0-9一-鿿〇é-"), min_size=1, max_size=6).map("".join)


@pytest.fixture
def plain(monkeypatch: pytest.MonkeyPatch) -> Any:
    """`re` as it comes, and its own function back behind the test."""
    found = compiler._optimize_charset
    found = found.work_out if isinstance(found, _KeptClasses) else found
    monkeypatch.setattr(compiler, "_optimize_charset", found)
    return found


def code(pattern: str, flags: int = 0) -> list[int]:
    compiled: list[int] = compiler._code(parser.parse(pattern, flags), flags)
    return compiled


def kept_and_plain(plain: Any, pattern: str, flags: int) -> tuple[list[int], list[int], list[int]]:
    """The code of a pattern from `re` as it comes, and twice in a row with classes kept."""
    compiler._optimize_charset = plain
    own = code(pattern, flags)
    with_classes_kept()
    return own, code(pattern, flags), code(pattern, flags)


@pytest.mark.parametrize("flags", [0, re.IGNORECASE, re.ASCII])
@pytest.mark.parametrize("pattern", [DATE.pattern, _LABELLED.pattern, "[^a-f一-鿿]|[a-f一-鿿]\\d"])
def test_patterns_stay_what_they_are(plain: Any, pattern: str, flags: int) -> None:
    own, first, second = kept_and_plain(plain, pattern, flags)
    assert own == first == second


def test_a_class_is_worked_out_once(plain: Any) -> None:
    asked = []

    def counted(*arguments: Any) -> Any:
        asked.append(arguments)
        return plain(*arguments)

    compiler._optimize_charset = counted
    with_classes_kept()
    with_classes_kept()
    code("[一-鿿]{2}x[一-鿿]")
    code("y[一-鿿]")
    assert len(asked) == 1


@given(left=MEMBERS, right=MEMBERS, negated=st.booleans())
def test_no_class_is_taken_for_another(left: str, right: str, negated: bool) -> None:
    texts = [f"[{'^' if negated else ''}{re.escape(one)}]" for one in (left, right)]
    own = compiler._optimize_charset
    plain = own.work_out if isinstance(own, _KeptClasses) else own
    try:
        compiler._optimize_charset = plain
        expected = [code(one) for one in texts]
        with_classes_kept()
        assert [code(one) for one in texts] == expected
    finally:
        compiler._optimize_charset = own
