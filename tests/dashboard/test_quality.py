"""What was measured, as the quality page shows it."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from dashboard import language, measured
from dashboard.charts import quality as charts
from dashboard.queries import Tables
from dashboard.selection import Selection
from tests import newsroom

SOURCE = "来源：测试"


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Tables:
    return newsroom.newspaper().write(tmp_path_factory.mktemp("tables"))


@pytest.mark.parametrize("part", measured.PARTS)
def test_scores_follow_from_the_counts(part: str) -> None:
    for row in measured.ours(part).itertuples():
        assert row.precision == pytest.approx(row.right / row.found)
        assert row.recall == pytest.approx(row.right / row.gold)


@pytest.mark.parametrize("chosen", language.LANGUAGES)
@pytest.mark.parametrize("part", measured.PARTS)
def test_every_question_has_a_name(part: str, chosen: str) -> None:
    asked = {*measured.ours(part)["question"], *measured.peers(part)["question"]}
    assert not [one for one in asked if not language.has(chosen, f"question.{one}")]


def test_nothing_given_and_nothing_asked_is_no_fault() -> None:
    scored = measured._scored({"right": 0, "gold": 0, "found": 0})
    assert scored["f1"] == 1.0
    assert measured._scored({"right": 0, "gold": 3, "found": 0})["f1"] == 0.0


def test_a_stretch_of_confidence_without_figures_is_not_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = {
        "confidence": [{"from": 0.9, "right": 3, "given": 4}, {"from": 0, "right": 0, "given": 0}]
    }
    (tmp_path / "accuracy.json").write_text(json.dumps(kept), encoding="utf-8")
    monkeypatch.setattr(measured, "FOLDER", tmp_path)
    measured._kept.cache_clear()
    try:
        rows = measured.confidences()
    finally:
        measured._kept.cache_clear()
    assert list(rows["share"]) == [0.75]


def test_the_dots_stand_at_the_scores() -> None:
    rows = measured.peers("closed")
    figure = charts.accuracy_dots(rows, "zh", SOURCE)
    drawn = {
        (trace.name, y): x for trace in figure.data for x, y in zip(trace.x, trace.y, strict=True)
    }
    questions = list(dict.fromkeys(rows["question"]))
    for row in rows.itertuples():
        name = "版面" if row.tool == measured.US else row.tool
        assert drawn[name, questions.index(row.question)] == row.f1


def test_signs_and_colours_of_two_tools_are_never_both_the_same() -> None:
    figure = charts.accuracy_dots(measured.peers("closed"), "en", SOURCE, dark=True)
    looks = [(trace.marker.symbol, trace.marker.color) for trace in figure.data]
    assert len(set(looks)) == len(looks) == 6


def test_bars_say_how_many_figures_they_stand_for() -> None:
    rows = pd.DataFrame(
        {"from": [0.9, 0.0], "right": [9, 1], "given": [10, 4], "share": [0.9, 0.25]}
    )
    figure = charts.confidence_bars(rows, "en", SOURCE)
    assert list(figure.data[0].text) == ["9 of 10 right", "1 of 4 right"]
    assert list(figure.layout.yaxis.ticktext) == ["0.9–1.0", "below 0.9"]
    assert "below 0.9 25%" in charts.confidence_bars_alt_text(rows, "en")


def test_bases_are_shares_of_their_own_kind(tables: Tables) -> None:
    rows = tables.bases(Selection())
    assert set(rows["fact"]) >= {"articles", "figures"}
    assert all(rows.groupby("fact")["share"].sum().round(9) == 1)


def test_bases_follow_the_selection(tables: Tables) -> None:
    everything = tables.bases(Selection()).groupby("fact")["count"].sum()
    chosen = tables.bases(Selection(provinces=(newsroom.HENAN,))).groupby("fact")["count"].sum()
    assert 0 < chosen["figures"] < everything["figures"]
    assert tables.bases(Selection(provinces=("460000",))).empty
