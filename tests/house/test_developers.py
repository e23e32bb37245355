"""A map that nobody tests decays: each path that a page names is there, each how-to is short."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from docs.generate import rooms

ROOT = Path(__file__).resolve().parents[2]
PAGES = [
    ROOT / name for name in ("README.md", "DEVELOPERS.md", "CHANGELOG.md", "requirements/README.md")
]
PAGES += sorted((ROOT / "docs").glob("*/**/*.md"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
GROW = sorted((ROOT / "docs" / "how-to").glob("add-a-*.md"))
PATH = re.compile(r"`((?:src|tests|docs|examples|benchmarks|requirements)/[\w./*-]*)`")


def named(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_each_path_that_a_page_names_is_there(page: Path) -> None:
    paths = PATH.findall(page.read_text("utf-8"))

    assert [path for path in paths if not any(ROOT.glob(path.rstrip("/")))] == []


@pytest.mark.parametrize("page", GROW, ids=named)
def test_growing_touches_at_most_four_files_of_the_program(page: Path) -> None:
    text = page.read_text("utf-8")
    files = text.partition("## The files")[2].partition("\n## ")[0]

    assert 1 <= len(re.findall(r"^\d+\. ", files, re.MULTILINE)) <= 4
    assert "The neighbour to copy is" in text


def test_each_kind_of_growth_is_linked_from_the_map() -> None:
    text = (ROOT / "DEVELOPERS.md").read_text("utf-8")

    assert [page.name for page in GROW if f"](docs/how-to/{page.name})" not in text] == []


def test_the_map_shows_every_room() -> None:
    assert rooms.developers_page(ROOT) == (ROOT / "DEVELOPERS.md").read_text("utf-8"), (
        "run `make generated`"
    )


def test_the_map_names_every_folder_of_tests() -> None:
    text = (ROOT / "DEVELOPERS.md").read_text("utf-8")
    folders = {path.parent.relative_to(ROOT / "tests").parts for path in TESTS}
    missing = sorted({parts[0] for parts in folders if parts and f"tests/{parts[0]}/" not in text})

    assert missing == []


def test_each_room_has_tests_of_its_own() -> None:
    source = ROOT / "src" / "payforsuccess"
    without = [
        room
        for floor in rooms.floors(ROOT)
        for room in floor
        if (source / room / "__init__.py").exists()
        and not any((ROOT / "tests" / "rooms" / room).rglob("test_*.py"))
        and not any((ROOT / "tests" / room).rglob("test_*.py"))
    ]

    assert without == []


def test_the_readme_is_one_screen() -> None:
    lines = (ROOT / "README.md").read_text("utf-8").splitlines()

    assert len(lines) <= 70


@pytest.mark.parametrize("page", ["README.md", "DEVELOPERS.md", "requirements/README.md"])
def test_links_of_pages_outside_the_site_lead_somewhere(page: str) -> None:
    path = ROOT / page
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text("utf-8"))

    assert [link for link in links if not (path.parent / link).exists()] == []
