"""The form of a row: a field for each column that a person can correct, and what was decided."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import Any, Literal

import streamlit as st

from dashboard import desk, editors, language, rows
from dashboard.desk import FIELDS, Desk
from dashboard.targets import Target, meant, written
from dashboard.view import View
from etl import tables
from etl.corrections import Correction, CorrectionsError, WrongValueError, values
from etl.corrections.values import ADCODE

# Columns whose words of ours are in another group than their name.
GROUPS = {("figures", "status"): "figure_status", ("activities", "status"): "activity_status"}
# What a row must have to be one.
NEEDED = {
    "figures": ("value",),
    "activities": ("name",),
    "dates": ("iso",),
    "places": (ADCODE,),
    "people": ("name",),
}
# What can be said of a row that is there; the first is what the key Enter does.
ANSWERS = {"save": ":material/save:", "reject": ":material/delete:", "accept": ":material/check:"}
_SAID, _FAILED, _WRITTEN = "correct_said", "correct_failed", "correct_written"

_log = logging.getLogger(__name__)


def word(view: View, table: str, column: str, value: Any, year: int | None = None) -> str:
    """A column's value in the reader's words, a place as it was called in `year`."""
    if value is None:
        return view.t("correct.empty")
    if isinstance(value, bool):
        return view.t("correct.yes" if value else "correct.no")
    if _values(table, column):
        return view.value_name(GROUPS.get((table, column), column), str(value))
    return written(column, value, year)


def _values(table: str, column: str) -> tuple[str, ...] | None:
    return next(one.values for one in tables.columns(table) if one.name == column)


def fields(view: View, target: Target, key: str) -> dict[str, Any]:
    """The fields of a row, two beside each other on a desk; what stands in them by column."""
    given = {}
    # Two by two, so that a phone has them in their order.
    columns = FIELDS[target.table]
    for first in range(0, len(columns), 2):
        for side, column in zip(st.columns(2), columns[first : first + 2], strict=False):
            with side:
                given[column] = _field(view, target, column, f"{key}_{column}")
    return given


def _field(view: View, target: Target, column: str, key: str) -> Any:
    label = view.t(f"correct.field.{column}")
    value = target.suggested.get(column, target.row.get(column))
    known = values.columns_of(target.table)[column]
    allowed = (None,) * known.nullable + known.values if known.values else ()
    if allowed:
        index = allowed.index(value) if value in allowed else 0

        def name(one: str | None) -> str:
            return word(view, target.table, column, one)

        return st.selectbox(label, allowed, index=index, format_func=name, key=key)
    if known.type is bool:
        # What is added is a result unless it is said not to be.
        checked = value is not False if column == "reportable" else bool(value)
        return st.checkbox(label, value=checked, key=key)
    hint = f"correct.help.{column}"
    return st.text_input(
        label,
        written(column, value, target.issue_year),
        max_chars=values.LONGEST_TEXT,
        key=key,
        help=view.t(hint) if language.has(view.language, hint) else None,
    )


def change_of(target: Target, given: dict[str, Any]) -> dict[str, Any]:
    """The columns whose values differ from the row's; raises WrongValueError."""
    found = {}
    for column, one in given.items():
        text = isinstance(one, str) and not _values(target.table, column)
        value = meant(column, one, target.issue_year) if text else one
        if value is None and column in NEEDED[target.table]:
            raise WrongValueError("null", column)
        if value != target.row.get(column):
            found[column] = value
    values.check(target.table, found)
    return found


def why(view: View, error: WrongValueError) -> str:
    """Why a value cannot be taken, in the reader's words."""
    about = {name: rows.markdown(one) for name, one in error.values.items()}
    column = view.t(f"correct.field.{error.column}")
    return view.t(f"correct.why.{error.why}", column=column, **about)


def save(view: View, at: Desk, make: Callable[[], Correction | None]) -> bool:
    """Write down the correction that `make` gives; whether it is saved. Else says why not."""
    wrong = attempt(view, at, make)
    if wrong:
        st.error(wrong, icon=":material/block:")
    return not wrong


def attempt(view: View, at: Desk, make: Callable[[], Correction | None]) -> str:
    """Write down the correction that `make` gives; what stands against it in words, or nothing."""
    if not editors.allowed():
        return view.t("correct.forbidden")
    try:
        draft = make()
        if draft is None:
            return view.t("correct.nothing")
        st.session_state[_WRITTEN] = desk.save(at.path, draft)
    except WrongValueError as error:
        return why(view, error)
    except (CorrectionsError, ValueError) as error:
        _log.error("correction_not_saved", exc_info=error)
        return view.t("correct.failed", error=rows.markdown(error))
    tell(view.t("correct.saved"))
    return ""


def tell(words: str) -> None:
    """Say something on the next run, where it would be lost in this one."""
    st.session_state[_SAID] = words


def fail(words: str) -> None:
    """Say on the next run what went wrong, where it would be lost in this one."""
    st.session_state[_FAILED] = words


def told() -> None:
    """Say what the last run left to be said."""
    if words := st.session_state.pop(_SAID, None):
        st.success(words, icon=":material/check:")
    if words := st.session_state.pop(_FAILED, None):
        st.error(words, icon=":material/block:")


def written_last() -> Correction | None:
    """The correction that this session wrote down last."""
    found: Correction | None = st.session_state.get(_WRITTEN)
    return found


def mending(view: View, at: Desk, target: Target, key: str) -> bool:
    """Change a row that is there, take it out, or say that it is right; whether that was saved."""
    if target.rejected:
        st.info(view.t("correct.is_rejected"), icon=":material/delete:")
        return False
    return _answered(view, at, target, key, tuple(ANSWERS))


def changing(view: View, at: Desk, target: Target, key: str) -> bool:
    """The form of a row that is there; whether a change was saved."""
    return _answered(view, at, target, key, ("save",))


def _answered(view: View, at: Desk, target: Target, key: str, answers: Sequence[str]) -> bool:
    """The form of a row with some of ANSWERS; whether one of them was saved.

    All stand in the form: what is typed there comes with its own buttons only, the reason too.
    """
    with st.form(f"form_{key}", border=False):
        given = fields(view, target, key)
        reason = _reason(view, key)
        with st.container(horizontal=True, gap="small"):
            pressed = [name for name in answers if _submit(view, name, key)]
    who = editors.name()

    def make() -> Correction | None:
        if pressed == ["reject"]:
            return rejecting(target, reason)
        if pressed == ["accept"]:
            return accepting(target, reason)
        change = change_of(target, given)
        return target.draft("change", who, reason, change) if change else None

    return bool(pressed) and save(view, at, make)


def _submit(view: View, name: str, key: str) -> bool:
    kind: Literal["primary", "secondary"] = "primary" if name == "save" else "secondary"
    words = view.t(f"correct.{name}")
    return st.form_submit_button(words, type=kind, icon=ANSWERS[name], key=f"{name}_{key}")


def adding(view: View, at: Desk, target: Target, key: str) -> bool:
    """The form of a row that was missed; whether it was saved."""
    with st.form(f"form_{key}", border=False):
        given = fields(view, target, key)
        reason = _reason(view, key)
        handed_in = st.form_submit_button(
            view.t("correct.add"), type="primary", icon=":material/add:", key=f"save_{key}"
        )

    def make() -> Correction:
        change = change_of(target, given)
        return target.draft("add", editors.name(), reason, change)

    return handed_in and save(view, at, make)


def _reason(view: View, key: str) -> str:
    return st.text_input(
        view.t("correct.reason"), max_chars=500, key=f"{key}_reason", help=view.t("correct.why_ask")
    )


def rejecting(target: Target, reason: str = "") -> Correction:
    """That a row is wrong."""
    return target.draft("reject", editors.name(), reason)


def accepting(target: Target, reason: str = "") -> Correction:
    """That a row is right as it is."""
    return target.draft("accept", editors.name(), reason)
