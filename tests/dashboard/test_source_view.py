"""The page as it stood: nothing lost, pieces numbered, repairs in their place."""

import re
from types import SimpleNamespace

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from dashboard import source_view
from dashboard.queries import Passage

TAG = re.compile(r"<span class='bm-(?:badge|piece)'.*?</span>|<[^>]+>")
VIEW = SimpleNamespace(
    t=lambda key, **values: f"{key}{values.get('kind', '')}{values.get('share', '')}",
    value_name=lambda group, value: value,
)


def detail(page: str, pieces: list[tuple[int, int]], repairs: list[tuple[int, int, str]]) -> object:
    columns = ["start", "end", "kind", "action", "confidence"]
    rows = [(*one, "left out: <why>", 0.93) for one in repairs]
    return SimpleNamespace(
        page=page,
        alone=False,
        passages=[Passage(start, end, page[start:end]) for start, end in pieces],
        repairs=pd.DataFrame(rows, columns=columns),
    )


def test_pieces_are_numbered_in_reading_order_and_repairs_named() -> None:
    some = detail("甲文后半。乙文。甲文前半", [(8, 12), (0, 5)], [(5, 8, "noise")])
    found = source_view.source_html(some, VIEW)
    assert re.findall(r"bm-piece' title='[^']*'>(\d)<", found) == ["2", "1"]
    assert found.index("乙文。") < found.index("reader.repairnoise93%") < found.index("甲文前半")
    assert "<span class='bm-other bm-r-noise' title='left out: &lt;why&gt;'>乙文。" in found


def test_a_gap_without_width_still_has_its_label() -> None:
    found = source_view.source_html(detail("前后", [(0, 2)], [(1, 1, "gap")]), VIEW)
    assert found.count("bm-badge") == 1
    assert found.index("前") < found.index("bm-badge") < found.index("后")


SPANS = st.tuples(st.integers(0, 12), st.integers(0, 12)).map(lambda two: tuple(sorted(two)))


@given(
    st.text(alphabet="甲乙<&\n a", min_size=12, max_size=12),
    st.lists(SPANS, max_size=3),
    st.lists(SPANS, max_size=3),
)
def test_every_character_of_the_page_stands_there(
    page: str, pieces: list[tuple[int, int]], repairs: list[tuple[int, int]]
) -> None:
    some = detail(page, pieces, [(*one, "repeat") for one in repairs])
    plain = TAG.sub("", source_view.source_html(some, VIEW))
    assert plain.replace("&lt;", "<").replace("&amp;", "&") == page
