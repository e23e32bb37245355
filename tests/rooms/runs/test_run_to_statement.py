"""From a run to statements: signed, drafted, issued, corrected, each by a step of its own."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from payforsuccess.errors import Refusal
from payforsuccess.runs.statement.pay import pay, pay_through
from payforsuccess.runs.statement.statements import issue, issue_all, show
from payforsuccess.runs.statement.why import why
from payforsuccess.trail import RunInput, fingerprint
from tests.lib.deals import a_deal
from tests.lib.folders import MADE_ON, SIGNED_ON, a_folder, draft, sign
from tests.lib.pfs import pfs
from tests.lib.run_folders import a_run

FIRST = ("homes,1,k1,1,jail:1", "homes,1,k2,1,jail:2")
SECOND = ("homes,2,k3,1,jail:3",)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return a_folder(tmp_path / "deal", a_deal())


def test_a_runs_results_are_signed_with_its_people_and_paid_from_them(home: Path) -> None:
    run = a_run(home, "a", *FIRST, *SECOND, periods=2)
    signed = sign(home, results=run)
    made = draft(home)

    assert [(rows.outcome, rows.period) for rows in signed.rows] == [("homes", 1), ("homes", 2)]
    assert made.people_file == run / "people.csv"
    assert made.statement.people_fingerprint is not None
    issue(home)
    assert why(home, line="1", person="k2").people[1].source == "jail:2"


def test_the_people_signed_are_taken_though_a_later_run_found_others(home: Path) -> None:
    signed = a_run(home, "a", *FIRST, periods=1)
    sign(home, results=signed)
    a_run(home, "b", FIRST[0], periods=1, started_at="2028-02-01T08:00:00+00:00")

    made = draft(home)

    assert made.people_file == signed / "people.csv"
    assert made.statement.total == 200_00


@pytest.mark.parametrize("file", ["results.json", "people.csv"])
def test_a_run_whose_file_was_changed_is_not_signed(home: Path, file: str) -> None:
    run = a_run(home, "a", *FIRST, periods=1)
    (run / file).write_text((run / file).read_text("utf-8").replace("1", "2"), "utf-8")

    with pytest.raises(Refusal, match="was changed after it was written"):
        sign(home, results=run)


def test_people_named_beside_a_run_are_refused(home: Path) -> None:
    run = a_run(home, "a", *FIRST, periods=1)
    with pytest.raises(Refusal, match="A run has its own rows by person"):
        sign(home, results=run, people=home / "people.csv")


def test_a_later_run_adds_its_periods_to_what_was_signed(home: Path) -> None:
    """The evidence of a run is of all periods, so that of period 1 is another in the later run."""
    sign(home, results=a_run(home, "a", *FIRST, periods=1))
    later = a_run(home, "b", *FIRST, *SECOND, periods=2, started_at="2028-01-31T09:00:00+00:00")

    second = sign(home, results=later)

    assert [result.period for result in second.results] == [2]
    assert draft(home, period=1).people_file == later / "people.csv"


def test_other_people_of_one_number_are_not_what_was_signed(home: Path) -> None:
    sign(home, results=a_run(home, "a", *FIRST, periods=1))
    other = a_run(home, "b", FIRST[0], "homes,1,k9,1,jail:9", periods=1)

    with pytest.raises(Refusal, match="Determination 1 already gives"):
        sign(home, results=other)


def test_a_link_decided_otherwise_becomes_a_correction_and_the_statement_stays(home: Path) -> None:
    """A match is taken back, the run is made again: k2 was not this deal's person."""
    sign(home, results=a_run(home, "a", *FIRST, *SECOND, periods=2))
    draft(home, period=1)
    first = issue(home)
    kept = first.content

    again = a_run(home, "b", FIRST[0], *SECOND, periods=2, started_at="2028-01-31T09:00:00+00:00")
    sign(home, results=again, supersedes=1, reason="Two people decided that a match was wrong")
    made = draft(home, period=2)

    assert [(line.period, line.amount) for line in made.statement.lines] == [
        (2, 100_00),
        (1, -100_00),
    ]
    correction = made.statement.lines[1]
    assert correction.kind == "correction"
    assert correction.cause == "determination"
    assert correction.because == (
        "a new determination of homes (period 1), as the data behind it changed"
    )
    issue(home)
    assert show(home, 1).content == kept
    found = why(home, line="2")
    assert [row.person for row in found.people] == ["k1"]
    assert "Determination 2 is in place of 1: Two people decided" in str(found)


def test_drafts_of_several_periods_each_rest_on_the_one_before(home: Path) -> None:
    sign(home, results=a_run(home, "a", *FIRST, *SECOND, periods=2))
    made = pay_through(home, through=2, as_of=MADE_ON)

    one, two = (each.statement for each in made.drafts)
    assert (one.number, two.number, two.previous) == (1, 2, one.fingerprint)
    done = issue_all(home)
    assert [each.statement.fingerprint for each in done] == [one.fingerprint, two.fingerprint]
    assert two == show(home, 2).statement


def test_drafts_through_a_period_are_those_made_one_by_one(home: Path) -> None:
    sign(home, results=a_run(home, "a", *FIRST, *SECOND, periods=2))
    together = [each.statement for each in pay_through(home, through=2, as_of=MADE_ON).drafts]
    apart = []
    for _ in together:
        apart.append(pay(home, as_of=MADE_ON).statement)
        issue(home)

    assert together == apart


def test_no_draft_is_written_when_one_is_refused(home: Path) -> None:
    sign(home, results=a_run(home, "a", *FIRST, periods=1))
    with pytest.raises(Refusal, match="period 2"):
        pay_through(home, through=2, as_of=MADE_ON)
    assert not (home / "out" / "drafts").exists()


def test_a_period_stated_already_is_not_drafted_through(home: Path) -> None:
    sign(home, results=a_run(home, "a", *FIRST, periods=1))
    draft(home)
    issue(home)
    with pytest.raises(Refusal, match="Period 1 was stated already"):
        pay_through(home, through=1, as_of=MADE_ON)


def test_issuing_all_stops_at_what_nobody_signed(home: Path) -> None:
    run = a_run(home, "a", *FIRST, *SECOND, periods=2)
    pay_through(home, through=2, as_of=MADE_ON, results=run)
    with pytest.raises(Refusal, match="provisional"):
        issue_all(home)
    assert not list((home / "out" / "statements").glob("[0-9]*"))


def test_there_is_nothing_to_issue_when_all_drafts_were(home: Path) -> None:
    sign(home, results=a_run(home, "a", *FIRST, periods=1))
    draft(home)
    issue_all(home)
    with pytest.raises(Refusal, match="no draft to issue"):
        issue_all(home)


def test_the_commands_of_the_road_take_a_run_and_several_periods(home: Path) -> None:
    run = a_run(home, "a", *FIRST, *SECOND, periods=2)
    said = ("--party", "Dogwood University", "--role", "evaluator", "--signed-by", "Jo Fir")
    signed = pfs("determine", home, *said, "--on", SIGNED_ON.isoformat(), "--results", run)
    assert signed.code == 0, signed.err
    paid = pfs("pay", home, "--through", "2", "--as-of", MADE_ON.isoformat())
    assert "2 drafts" in paid.out
    assert "Together  USD 300.00" in paid.out
    done = pfs("statement", "issue", home, "--all", "--json")
    plain = json.loads(done.out)["statements"]
    assert [each["statement"]["period"] for each in plain] == [1, 2]


def test_without_results_the_newest_run_is_named(home: Path) -> None:
    run = a_run(home, "a", *FIRST, periods=1)
    with pytest.raises(Refusal) as refused:
        sign(home)
    assert str(run) in str(refused.value)


def test_without_a_statement_why_names_the_run_to_ask(home: Path) -> None:
    run = a_run(home, "a", *FIRST, periods=1)
    with pytest.raises(Refusal) as refused:
        why(home, line="1")
    assert f"pfs why {run} 1" in str(refused.value)


def test_a_source_row_is_said_with_the_agencys_file(home: Path) -> None:
    read = [
        RunInput("feed jail", "feeds/jail.csv", fingerprint("jail")),
        RunInput("feed housing", "feeds/housing/tenants.csv", fingerprint("tenants")),
        RunInput("feed housing", "feeds/housing/leases.csv", fingerprint("leases")),
    ]
    line = "homes,1,k1,1,jail:7;housing/leases:12;housing/leases:12"
    sign(home, results=a_run(home, "a", line, periods=1, inputs=read))
    draft(home)
    issue(home)

    said = str(why(home, line="1", person="k1")).splitlines()

    assert said[-2:] == [
        "    source row jail:7, row 7 of feeds/jail.csv",
        "    source row housing/leases:12, row 12 of feeds/housing/leases.csv",
    ]


def test_through_goes_with_no_single_period(home: Path) -> None:
    day = date(2028, 1, 31).isoformat()
    assert pfs("pay", home, "--through", "2", "--period", "1", "--as-of", day).code == 2
    assert pfs("statement", "issue", home, "--all", "--draft", "x.json").code == 2
