"""A deal file of an older format is brought up, and one of no known format is refused kindly."""

from __future__ import annotations

from pathlib import Path

import pytest

from payforsuccess.deal.deal import FORMAT
from payforsuccess.errors import Refusal
from payforsuccess.runs.migrate import MIGRATIONS, migrate
from payforsuccess.runs.new import new


@pytest.fixture
def deal_file(tmp_path: Path) -> Path:
    new(tmp_path, template="rate-card")
    return tmp_path / "deal.yaml"


def with_format(file: Path, format_: str) -> Path:
    file.write_text(file.read_text("utf-8").replace("format: 1", format_, 1), "utf-8")
    return file


def refused(file: Path) -> str:
    with pytest.raises(Refusal) as caught:
        migrate(file)
    (problem,) = caught.value.problems
    return f"{problem.where.line} {problem.what} {problem.do}"


def test_each_format_but_the_last_has_a_way_on() -> None:
    assert sorted(MIGRATIONS) == list(range(1, FORMAT))


def test_a_file_in_the_present_format_is_left_as_it_is(deal_file: Path) -> None:
    before = deal_file.read_bytes()
    done = migrate(deal_file.parent)

    assert (done.from_format, done.to_format) == (FORMAT, FORMAT)
    assert "Nothing to do" in str(done)
    assert deal_file.read_bytes() == before


def test_format_0_never_was(deal_file: Path) -> None:
    assert refused(with_format(deal_file, "format: 0")) == (
        "3 There is no way from format 0 to 1. The first format is 1; correct the number."
    )


def test_a_later_format_needs_a_later_version(deal_file: Path) -> None:
    assert refused(with_format(deal_file, "format: 7")) == (
        "3 The file is written in format 7; this version reads up to 1. "
        "Use a newer version of this software."
    )


@pytest.mark.parametrize("written", ["format: one", "format: -1", "forma: 1", "format: ١"])
def test_a_file_that_does_not_say_its_format_is_refused(deal_file: Path, written: str) -> None:
    assert "does not say in which format" in refused(with_format(deal_file, written))


def test_later_formats_are_reached_a_step_at_a_time(deal_file: Path) -> None:
    steps = {
        1: lambda text: text.replace(b"format: 1", b"format: 2"),
        2: lambda text: text.replace(b"format: 2", b"format: 3") + b"# brought to 3\n",
    }
    done = migrate(deal_file, migrations=steps, to_format=3)

    assert str(done).endswith("brought from format 1 to 3.")
    assert deal_file.read_text("utf-8").endswith("# brought to 3\n")


def test_a_step_that_fails_leaves_the_file_as_it_was(deal_file: Path) -> None:
    before = deal_file.read_bytes()
    steps = {1: lambda text: text + b"# half\n"}
    with pytest.raises(Refusal):
        migrate(deal_file, migrations=steps, to_format=3)

    assert deal_file.read_bytes() == before
