"""Text that remembers its source: nothing shifts, and every span leads back to its characters."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from etl.text import MappedText, normalise

TEXTS = st.text(alphabet="甲乙丙丁，。 \nＡａ１：", max_size=60)


@st.composite
def documents_and_parts(
    draw: st.DrawFn,
) -> tuple[str, list[tuple[int, int] | str]]:
    """A document, and parts of it in any order, with line breaks as glue here and there."""
    document = draw(TEXTS)
    cuts = sorted(draw(st.sets(st.integers(0, len(document)), max_size=8)))
    spans: list[tuple[int, int] | str] = list(pairwise(cuts))
    spans += ["\n"] * draw(st.integers(0, 3))
    return document, draw(st.permutations(spans))


@given(st.text())
def test_normalising_keeps_every_offset(text: str) -> None:
    assert len(normalise(text)) == len(text)


def test_full_width_forms_become_ascii_and_chinese_marks_stay() -> None:
    assert normalise("（１２％）：Ａ，b　。、《》“”—…") == "(12%):A,b 。、《》“”—…"


@settings(max_examples=300)
@given(documents_and_parts())
def test_a_piece_is_the_documents(built: tuple[str, list[tuple[int, int] | str]]) -> None:
    document, parts = built
    mapped = MappedText.build(document, parts)
    wanted = "".join(one if isinstance(one, str) else document[one[0] : one[1]] for one in parts)
    assert mapped.text == wanted
    for piece in mapped.pieces:
        source = document[piece.source : piece.source + piece.length]
        assert mapped.text[piece.start : piece.start + piece.length] == source


@settings(max_examples=300)
@given(documents_and_parts(), st.data())
def test_a_span_without_seams_leads_back_to_its_characters(
    built: tuple[str, list[tuple[int, int] | str]], data: st.DataObject
) -> None:
    document, parts = built
    mapped = MappedText.build(document, parts)
    if not mapped.pieces:
        return
    piece = data.draw(st.sampled_from(mapped.pieces))
    start = data.draw(st.integers(piece.start, piece.start + piece.length - 1))
    end = data.draw(st.integers(start + 1, piece.start + piece.length))
    span = mapped.source_span(start, end, mapped.seams(document))
    assert span is not None
    assert document[span[0] : span[1]] == mapped.text[start:end]


@settings(max_examples=300)
@given(documents_and_parts(), st.data())
def test_any_span_is_a_stretch_of_the_document_or_none(
    built: tuple[str, list[tuple[int, int] | str]], data: st.DataObject
) -> None:
    document, parts = built
    mapped = MappedText.build(document, parts)
    if not mapped.text:
        return
    start = data.draw(st.integers(0, len(mapped.text) - 1))
    end = data.draw(st.integers(start + 1, len(mapped.text)))
    span = mapped.source_span(start, end, mapped.seams(document))
    assert span is None or 0 <= span[0] < span[1] <= len(document)


def test_pieces_that_only_white_space_parts_are_no_seam() -> None:
    document = "前半句\n\n后半句。别处的话。"
    near = MappedText.build(document, [(0, 3), (5, 9)])
    assert near.text == "前半句后半句。"
    assert near.seams(document) == []
    assert near.source_span(1, 6, near.seams(document)) == (1, 8)


def test_a_span_across_a_seam_is_cut_to_its_longest_part() -> None:
    document = "前半句别处的话。后半句话。"
    far = MappedText.build(document, [(0, 3), (8, 13)])
    assert far.seams(document) == [3]
    span = far.source_span(1, 8, far.seams(document))
    assert span == (8, 13)
    assert document[8:13] == "后半句话。"


def test_pieces_in_another_order_than_the_document_make_a_seam() -> None:
    document = "后来。先前。"
    mapped = MappedText.build(document, [(3, 6), "\n", (0, 3)])
    assert mapped.text == "先前。\n后来。"
    assert mapped.seams(document) == [4]


def test_glue_alone_has_no_source() -> None:
    assert MappedText.build("甲", ["\n"]).source_span(0, 1) is None


def test_a_whole_text_is_its_own_source() -> None:
    mapped = MappedText.whole("整段文字。", source=7)
    assert mapped.source_span(1, 3) == (8, 10)
