"""The interface's words: both languages have them all, each is used, no page has its own."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard import language
from etl import tables

ROOT = Path(__file__).resolve().parents[2]
CODE = [*(ROOT / "dashboard").rglob("*.py"), *(ROOT / "pages").glob("*.py"), ROOT / "app.py"]
SCREEN = [*(ROOT / "pages").glob("*.py"), ROOT / "app.py"]
CHINESE = re.compile(r"[一-鿿]")
PROSE = re.compile(r"[A-Za-z]{2,} [A-Za-z]{2,}")
FIELD = re.compile(r"\{(\w+)\}")
# Groups whose keys are values of the tables; `declared` holds them against the declaration.
GROUPS = {
    "type": tables.ACTIVITY_TYPES,
    "kind": tables.KINDS_OF_FIGURE,
    "figure_status": tables.STATUSES_OF_FIGURE,
    "activity_status": tables.ACTIVITY_STATUSES,
    "kind_of_article": tables.KINDS_OF_ARTICLE,
    "kind_of_repairs": tables.KINDS_OF_REPAIR,
    "precision": tables.PRECISIONS,
    "level": tables.LEVELS,
    "role": tables.ROLES_OF_PEOPLE,
    "direction": ("increase", "decrease"),
}
OPEN_GROUPS = ("place_basis", "basis", "context", "column", "unit", "flag")


def literals(path: Path) -> Iterator[str]:
    """The texts that a module may show: its string constants without its docstrings."""
    tree = ast.parse(path.read_text("utf-8"))
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.value


def test_both_languages_have_the_same_texts() -> None:
    assert list(language.texts("zh")) == list(language.texts("en"))


@pytest.mark.parametrize("key", language.texts("zh"))
def test_both_languages_fill_the_same_fields(key: str) -> None:
    chinese, english = (FIELD.findall(language.texts(one)[key]) for one in language.LANGUAGES)
    assert sorted(chinese) == sorted(english)


@pytest.mark.parametrize("path", SCREEN, ids=lambda path: path.name)
def test_no_page_has_words_of_its_own(path: Path) -> None:
    own = [one for one in literals(path) if CHINESE.search(one) or PROSE.search(one)]
    assert own == []


def test_every_text_is_used() -> None:
    asked = {one for path in CODE for one in literals(path)}
    grouped = (*GROUPS, *OPEN_GROUPS)
    unused = [
        key
        for key in language.texts("zh")
        if key not in asked and not _is_composed(key, asked) and key.split(".")[0] not in grouped
    ]
    assert unused == []


def _is_composed(key: str, asked: set[str]) -> bool:
    """f"per.{per}", f"{page}.title": one half of the key is written, the other filled in."""
    parts = key.split(".")
    cuts = [".".join(parts[:number]) + "." for number in range(1, len(parts))]
    prefixes = [*cuts, *(f"{cut}{key[len(cut) :].split('_')[0]}_" for cut in cuts)]
    return any(one in asked for one in prefixes) or f".{parts[-1]}" in asked


@pytest.mark.parametrize(("group", "values"), GROUPS.items(), ids=GROUPS)
def test_every_value_of_the_tables_has_a_word(group: str, values: tuple[str, ...]) -> None:
    assert [one for one in values if not language.has("zh", f"{group}.{one}")] == []


def test_a_text_that_nobody_wrote_says_which() -> None:
    with pytest.raises(language.UnknownTextError, match=r"no\.such"):
        language.text("zh", "no.such")


@pytest.mark.parametrize(
    ("number", "said"), [(2023, "2023"), (9_999, "9999"), (11_365, "11,365"), (True, "True")]
)
def test_long_numbers_are_grouped_in_texts_and_years_are_not(number: int, said: str) -> None:
    assert said in language.text("zh", "activities.list", count=number)
