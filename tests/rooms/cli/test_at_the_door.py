"""What a person sees who ingests under papers that do not hold on the day they do it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.lib.booked import a_booked_folder
from tests.lib.pfs import pfs

EXAMPLE = Path(__file__).parents[3] / "examples" / "just-in-reach"
OVER = {"expires_on": "2024-12-31"}


def test_a_contracts_agreement_that_is_over_today_stops_the_read(tmp_path: Path) -> None:
    folder = a_booked_folder(tmp_path, agreement=OVER)

    done = pfs("ingest", folder, "--as-of", "2024-07-01")

    assert done.code == 10
    said = " ".join(done.err.split())
    assert "The agreement for the feed jail expired on 2024-12-31; none of it was read." in said
    assert "Extend the agreement" in said
    assert "pfs retire --feed jail" in said
    assert not (folder / "out" / "reads.jsonl").exists()


@pytest.mark.parametrize("command", ["measure", "track"])
def test_no_other_command_reads_what_ingest_may_not(tmp_path: Path, command: str) -> None:
    folder = a_booked_folder(tmp_path, agreement=OVER)

    done = pfs(command, folder, "--as-of", "2024-07-01")

    assert done.code == 10
    assert not (folder / "out" / "reads.jsonl").exists()


def test_records_that_were_to_be_destroyed_by_today_are_not_read(tmp_path: Path) -> None:
    folder = a_booked_folder(tmp_path, agreement={"retained_until": "2025-01-31"})

    done = pfs("ingest", folder, "--as-of", "2024-07-01")

    assert done.code == 10
    said = " ".join(done.err.split())
    assert "The records of jail were to be destroyed by 2025-01-31" in said
    assert "`pfs retire --feed jail`" in said
    assert not (folder / "out" / "reads.jsonl").exists()


def test_a_made_up_agreement_is_said_to_be_and_is_held_to_the_day_asked_for(
    tmp_path: Path,
) -> None:
    folder = a_booked_folder(
        tmp_path,
        agreement={**OVER, "is_made_up": "true"},
        deal={"standing": "practice"},
    )

    done = pfs("ingest", folder)

    assert done.code == 0
    said = " ".join(done.out.split())
    assert "The agreement for jail is made up, and was held to 2024-07-01 instead of to" in said


def test_a_contract_rests_on_no_made_up_agreement(tmp_path: Path) -> None:
    folder = a_booked_folder(tmp_path, agreement={"is_made_up": "true"})

    done = pfs("check", folder)

    assert done.code == 10
    said = " ".join(done.err.split()) + " ".join(done.out.split())
    assert "The agreement for the feed jail is made up, and this file states a contract." in said


def test_the_shipped_example_tells_on_which_day_it_can_be_tracked(tmp_path: Path) -> None:
    shutil.copy(EXAMPLE / "deal.yaml", tmp_path)

    done = pfs("track", tmp_path)

    assert done.code == 10
    assert "such as --as-of 2022-10-01" in " ".join(done.err.split())
