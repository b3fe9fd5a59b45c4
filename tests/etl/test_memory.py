"""Memory of words: each is asked about once, and the memory has a bound."""

from __future__ import annotations

import pytest

from etl.extract import memory


def test_a_word_is_asked_about_once_until_there_are_too_many(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(memory, "_MOST", 2)
    asked: list[str] = []
    length = memory.remembered(lambda word: asked.append(word) or len(word))
    assert [length(word) for word in ("会议", "会议", "开幕式", "会议")] == [2, 2, 3, 2]
    assert asked == ["会议", "开幕式"]
    length("颁奖典礼")
    length("会议")
    assert asked == ["会议", "开幕式", "颁奖典礼", "会议"]


def test_what_fails_is_not_remembered() -> None:
    read = memory.remembered(int)
    for _ in range(2):
        with pytest.raises(ValueError):
            read("会议")
    assert read("12") == 12
