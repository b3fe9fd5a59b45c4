"""The documents say what the code does: commands, options, columns and links."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

import pytest

from dashboard.navigation import ALONE, PAGES
from dashboard.service import answers, files, headers, rate
from etl import __main__ as command_line
from etl import dictionary
from etl.tables import TABLES
from tests import kept

ROOT = Path(__file__).parent.parent
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def subcommands() -> dict[str, argparse.ArgumentParser]:
    parser = command_line._parser()
    (choices,) = (one.choices for one in parser._actions if isinstance(one.choices, dict))
    return dict(choices)


def test_the_readme_starts_with_the_two_commands() -> None:
    head = read("README.md")[:1500]
    assert "make run" in head
    assert "make test" in head


def test_every_make_target_that_is_named_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", read("Makefile"), re.M))
    named = {
        name
        for path in DOCUMENTS
        for name in re.findall(r"`make ([a-z-]+)", path.read_text(encoding="utf-8"))
    }
    assert named <= targets


@pytest.mark.parametrize("name", sorted(subcommands()))
def test_every_option_of_a_command_is_documented(name: str) -> None:
    text = read("docs/command-line.md")
    options = [
        option
        for action in subcommands()[name]._actions
        for option in action.option_strings
        if option.startswith("--") and option != "--help"
    ]
    assert options
    assert not [option for option in options if f"`{option}" not in text]


def test_the_data_dictionary_is_up_to_date() -> None:
    assert read("docs/data-dictionary.md") == dictionary.dictionary()


def test_the_accuracy_document_shows_what_was_kept() -> None:
    assert read("docs/accuracy.md") == kept.document(read("docs/accuracy.md"))


def test_every_parameter_of_an_address_is_documented() -> None:
    code = "".join(
        path.read_text(encoding="utf-8")
        for folder in ("dashboard", "pages")
        for path in (ROOT / folder).glob("*.py")
    )
    names = set(re.findall(r"address\.(?:want|seed)\(\s*\"(\w+)\"", code))
    assert len(names) > 15
    text = read("docs/downloads-and-links.md")
    assert not [name for name in names if f"`{name}`" not in text]


def test_the_data_interface_is_documented() -> None:
    text = read("docs/data-interface.md")
    named = [*(f".{ending}" for ending in files.COSTS), answers.URL, rate.RATE, rate.PROXY]
    assert not [one for one in (*named, headers.FRAMES) if f"`{one}`" not in text]


def test_the_readme_names_every_table() -> None:
    assert not [name for name in TABLES if f"`{name}`" not in read("README.md")]


@pytest.mark.parametrize("page", [*PAGES, ALONE])
def test_every_page_stands_in_the_gallery(page: str) -> None:
    path = PAGES[page][0] if page in PAGES else page
    assert f"`/{path}`" in read("docs/gallery.md")
    assert f"](gallery/{page}.png)" in read("docs/gallery.md")


def test_the_gallery_is_light_enough_to_be_kept() -> None:
    sizes = [one.stat().st_size for one in (ROOT / "docs" / "gallery").glob("*.png")]
    assert max(sizes) < 150_000
    assert sum(sizes) < 2_500_000


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_links_between_documents_lead_somewhere(path: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8"))
    assert not [link for link in links if not (path.parent / link).exists()]
