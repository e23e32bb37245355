"""The run that simulates a county: what it refuses, and that it leaves what is there alone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from payforsuccess.errors import Refusal
from payforsuccess.runs.simulate_county import simulate_county


def test_it_says_what_it_wrote_and_that_it_is_synthetic(tmp_path: Path) -> None:
    made = simulate_county(tmp_path / "county", people=1_000, seed=3)

    assert str(made).startswith("SYNTHETIC: a simulated county of 1,000 people, seed 3")
    assert made.enrolled == 25
    for name, rows in made.files:
        text = (tmp_path / "county" / name).read_text("utf-8")
        assert len(text.splitlines()) == rows + 1


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"people": 999}, "A county of 999 people cannot be simulated."),
        ({"people": 10_000_001}, "A county of 10,000,001 people cannot be simulated."),
        ({"enrolled": 0}, "0 of 1,000 people cannot be offered the programme."),
        ({"enrolled": 101}, "101 of 1,000 people cannot be offered the programme."),
        ({"seed": -1}, "The seed is out of range."),
        ({"effect": 1.1}, "The effect is a share of jail stays prevented."),
        ({"effect": float("nan")}, "The effect is a share of jail stays prevented."),
        ({"retention": 0.0}, "The retention is the share still housed after 12 months."),
        ({"starts": date(1900, 1, 1)}, "A programme cannot start on 1900-01-01 here."),
        (
            {"as_of": date(2017, 10, 1)},
            "An extract of 2017-10-01 comes before the programme starts on 2017-10-01.",
        ),
    ],
)
def test_what_cannot_be_made_is_refused_and_nothing_is_written(
    asked: dict[str, object], says: str, tmp_path: Path
) -> None:
    with pytest.raises(Refusal) as refused:
        simulate_county(tmp_path / "county", **{"people": 1_000, "seed": 3, **asked})  # type: ignore[arg-type]

    assert [problem.what for problem in refused.value.problems] == [says]
    assert not (tmp_path / "county").exists()


def test_all_that_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    (tmp_path / "feeds").mkdir()
    (tmp_path / "truth").mkdir()

    with pytest.raises(Refusal) as refused:
        simulate_county(tmp_path, people=10, seed=-1, effect=2)

    assert len(refused.value.problems) == 5


def test_what_lies_in_the_folder_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "deal.yaml").write_text("mine", "utf-8")

    simulate_county(tmp_path, people=1_000, seed=3)

    assert (tmp_path / "deal.yaml").read_text("utf-8") == "mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["deal.yaml", "feeds", "truth"]


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "county").write_text("", "utf-8")

    with pytest.raises(Refusal, match="This is a file"):
        simulate_county(tmp_path / "county", people=1_000, seed=3)
