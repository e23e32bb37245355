"""`new` writes a whole deal that passes its check, and overwrites nothing."""

from __future__ import annotations

import re
import shlex
from importlib.resources import files
from pathlib import Path

import pytest

from payforsuccess.deal.checks import check_deal
from payforsuccess.errors import Refusal
from payforsuccess.runs.folder import open_folder, read_deal
from payforsuccess.runs.new import TEMPLATES, new
from tests.lib.looking_ahead import FEW
from tests.lib.pfs import pfs

EVERY = pytest.mark.parametrize("template", TEMPLATES)


def test_the_templates_are_those_that_come_with_the_package() -> None:
    held = [entry.name for entry in (files("payforsuccess") / "templates").iterdir()]

    assert sorted(held) == sorted(TEMPLATES)


@EVERY
def test_a_new_deal_has_no_problem_and_says_it_is_a_template(tmp_path: Path, template: str) -> None:
    new(tmp_path / "deal", template=template)
    deal = read_deal(tmp_path / "deal")

    assert check_deal(deal) == ()
    assert deal.standing == "template"
    assert any("illustrative" in assumption for assumption in deal.assumptions)


@EVERY
def test_each_outcome_of_a_new_deal_says_what_tells_early(tmp_path: Path, template: str) -> None:
    """R85: what is paid for arrives months later."""
    new(tmp_path / "deal", template=template)

    for outcome in read_deal(tmp_path / "deal").outcomes.values():
        assert 1 <= len(outcome.leading) <= 3


@EVERY
def test_a_new_deal_explains_itself_and_holds_results_to_try(tmp_path: Path, template: str) -> None:
    made = new(tmp_path / "deal", template=template)
    readme = (tmp_path / "deal" / "README.md").read_text("utf-8")

    assert made.files[:2] == ("README.md", "deal.yaml")
    assert "is made up" in readme
    assert all(f"`{file}`" in readme for file in made.files if file != "README.md")
    folder = open_folder(tmp_path / "deal")
    assert folder.results() is not None or folder.people_file() is not None


@EVERY
def test_what_its_readme_says_to_try_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, template: str
) -> None:
    new(tmp_path, template=template)
    monkeypatch.chdir(tmp_path)
    readme = (tmp_path / "README.md").read_text("utf-8")
    commands = re.findall(r"^    pfs (.+)$", readme, re.MULTILINE)

    assert len(commands) >= 3
    for command in commands:
        done = pfs(*shlex.split(command))
        assert done.code == 0, f"{command}\n{done.err}"


@EVERY
def test_a_new_deal_is_looked_ahead_at_once_and_every_figure_is_called_illustrative(
    tmp_path: Path, template: str
) -> None:
    new(tmp_path / "deal", template=template)
    done = pfs("forecast", tmp_path / "deal")

    assert done.code == 0, done.err
    assert "The terms are template; what is assumed is illustrative." in done.out
    (page,) = tmp_path.glob("deal/out/forecast/*/forecast.html")
    text = page.read_text("utf-8")
    assert "Template terms" in text
    assert "Illustrative assumptions" in text
    assumed = (tmp_path / "deal" / "assumptions.yaml").read_text("utf-8")
    assert set(re.findall(r"standing: ([a-z]+)", assumed)) == {"illustrative"}


@EVERY
def test_a_new_deal_is_simulated(tmp_path: Path, template: str) -> None:
    new(tmp_path / "deal", template=template)
    done = pfs("simulate", tmp_path / "deal", *FEW)
    assert done.code == 0, done.err


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    assert "deal.yaml" in new(tmp_path, template="rate-card").files


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(Refusal, match="not empty"):
        new(tmp_path, template="rate-card")

    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_a_file_is_not_a_folder(tmp_path: Path) -> None:
    (tmp_path / "deal").write_text("mine")
    with pytest.raises(Refusal, match="This is a file"):
        new(tmp_path / "deal", template="rate-card")
    with pytest.raises(Refusal, match="cannot be written"):
        new(tmp_path / "deal" / "below", template="rate-card")


def test_another_template_is_refused_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="rate-card"):
        new(tmp_path, template="lottery")
