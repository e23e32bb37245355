"""Two people approve an issued statement before it is paid, and everyone's word is kept (R145)."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from payforsuccess.errors import Refusal
from payforsuccess.runs.folder import open_folder
from payforsuccess.runs.statement.approvals import read_approvals, standing_of
from payforsuccess.runs.statement.approve import answer_return, approve
from payforsuccess.runs.statement.audit_pack import audit_pack
from payforsuccess.runs.statement.statements import issue, show
from tests.lib.approving import PREPARER, approved, certified, no, prepared, yes
from tests.lib.deals import CITY, COUNTY, EVALUATOR, PROVIDER, two_payors
from tests.lib.folders import a_folder, draft, sign, write_results
from tests.lib.pfs import pfs
from tests.lib.settling import problems_of

DAY = date(2026, 4, 20)
LATER = DAY + timedelta(days=3)


def stated(folder: Path, *homes: str, on: date = DAY) -> Path:
    """Results up to a period, signed and stated; who prepared it is on record."""
    write_results(folder, homes=homes)
    sign(folder, on=on)
    draft(folder, period=len(homes), as_of=on)
    issue(folder, by=PREPARER)
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return stated(a_folder(tmp_path / "deal", certified()), "7")


def is_approved(folder: Path, number: int = 1) -> bool:
    return standing_of(open_folder(folder), show(folder, number).statement).is_approved


def refused(folder: Path, by: str, **keys: object) -> str:
    with pytest.raises(Refusal) as refusal:
        approve(folder, 1, by=by, **{"party": COUNTY, "on": DAY, "as_of": LATER, **keys})  # type: ignore[arg-type]
    return problems_of(refusal.value)


def test_two_people_approve_and_one_does_not(folder: Path) -> None:
    first = yes(folder, "Ash Reed", on=DAY)
    assert not first.standing.is_approved
    assert "one person has approved it; two people must" in str(first)
    assert yes(folder, "Bay Reed", on=DAY).standing.is_approved
    assert is_approved(folder)


def test_a_person_counts_once_however_the_name_is_written(folder: Path) -> None:
    yes(folder, "Ash Reed", on=DAY)
    assert "counts once" in refused(folder, "  ash   REED ")


@pytest.mark.parametrize(
    "other", ["Reed, Ash", "Ash. Reed", "A. Reed", "\uff21sh Reed", "Ásh Réed"]
)
def test_names_that_may_be_one_person_count_once(folder: Path, other: str) -> None:
    yes(folder, "Ash Reed", on=DAY)
    assert "counts once" in refused(folder, other)


def test_a_letter_that_only_looks_alike_makes_no_second_person(folder: Path) -> None:
    assert "two alphabets" in refused(folder, "\u0391sh Reed")


def test_who_certified_for_the_other_side_does_not_approve_for_the_payor(folder: Path) -> None:
    deal = open_folder(folder).history().latest
    assert deal.executed is not None
    other = next(each for each in deal.executed.certified_by if each.party != COUNTY)
    assert f"speaking for {other.party}" in refused(folder, other.name)


def test_who_signed_a_determination_that_was_replaced_does_not_approve(folder: Path) -> None:
    write_results(folder, homes=("9",))
    sign(folder, on=LATER, signed_by="New Signer", supersedes=1, reason="Counted twice")
    assert "signed determination 1 of this deal" in refused(folder, "Jo Fir", on=LATER)


def test_who_prepared_it_may_not_approve_it(folder: Path) -> None:
    assert f"{PREPARER} prepared statement 1" in refused(folder, PREPARER)


def test_who_signed_its_results_may_not_approve_it(folder: Path) -> None:
    assert "signed determination 1" in refused(folder, "Jo Fir")


def test_nobody_approves_while_it_is_not_known_who_prepared_it(tmp_path: Path) -> None:
    folder = a_folder(tmp_path / "deal", certified(), homes=["7"])
    sign(folder, on=DAY)
    draft(folder, as_of=DAY)
    issue(folder)
    assert "Nobody is on record as having prepared statement 1" in refused(folder, "Ash Reed")
    before = show(folder, 1).content
    prepared(folder)
    assert show(folder, 1).content == before
    yes(folder, "Ash Reed", on=DAY)


def test_an_approval_by_someone_who_turns_out_to_have_prepared_it_counts_no_more(
    folder: Path,
) -> None:
    yes(folder, "Ash Reed", on=DAY)
    yes(folder, "Bay Reed", on=DAY)
    prepared(folder, by="Bay Reed")
    assert not is_approved(folder)


@pytest.mark.parametrize(
    ("party", "said"),
    [
        (PROVIDER, "does not hold the role payor"),
        (EVALUATOR, "does not hold the role payor"),
        ("Nobody", "is not a party of this deal"),
        (" ", "Nothing is written for --party"),
    ],
)
def test_only_a_payors_people_approve(folder: Path, party: str, said: str) -> None:
    assert said in refused(folder, "Ash Reed", party=party)


def test_each_payor_with_a_part_in_it_has_a_person_among_them(tmp_path: Path) -> None:
    folder = stated(a_folder(tmp_path / "deal", certified(**two_payors())), "7")
    yes(folder, "Ash Reed", on=DAY)
    second = yes(folder, "Bay Reed", on=DAY)
    assert second.standing.missing == (CITY,)
    assert f"one of {CITY} must" in str(second)
    assert yes(folder, "Cy Reed", party=CITY, on=DAY).standing.is_approved


def test_what_no_payment_can_be_approved_on_is_not_approved(tmp_path: Path) -> None:
    folder = stated(a_folder(tmp_path / "deal"), "7")
    said = refused(folder, "Ash Reed")
    assert "not certified" in said
    assert "illustrative" in said


def test_an_approval_is_of_one_statement_and_of_no_later_one(folder: Path) -> None:
    approved(folder, on=DAY)
    stated(folder, "7", "12", on=date(2026, 7, 20))
    assert is_approved(folder, 1)
    assert not is_approved(folder, 2)


def test_an_approval_of_another_content_under_the_same_number_counts_for_nothing(
    tmp_path: Path, folder: Path
) -> None:
    approved(folder, on=DAY)
    other = stated(a_folder(tmp_path / "other", certified()), "8")
    (folder / "out" / "approvals").rename(other / "out" / "theirs")
    (other / "out" / "approvals").rename(other / "out" / "mine")
    (other / "out" / "theirs").rename(other / "out" / "approvals")
    assert not is_approved(other)


def test_a_return_takes_back_every_approval_and_two_approve_anew(folder: Path) -> None:
    approved(folder, on=DAY)
    sent = no(folder, "Cy Reed", on=DAY)
    assert "returned by Cy Reed" in str(sent)
    assert "since it was returned on 2026-04-20" in sent.standing.why_not
    assert not is_approved(folder)
    answer_return(folder, 1, by=PREPARER, says="It is the one asked for", on=LATER, as_of=LATER)
    yes(folder, "Ash Reed", on=LATER)
    assert yes(folder, "Cy Reed", on=LATER).standing.is_approved


def test_a_return_says_why_and_comes_before_money_moves(folder: Path) -> None:
    with pytest.raises(Refusal, match="--reason"):
        no(folder, "Cy Reed", on=DAY, reason="  ")
    (folder / "payments.yaml").write_text(
        "payments:\n  - {statement: 1, on: 2026-04-25, amount: 700}\n"
    )
    with pytest.raises(Refusal, match="Money has moved on statement 1"):
        no(folder, "Cy Reed", on=LATER)


def test_money_on_a_statement_that_is_not_approved_is_told(folder: Path) -> None:
    (folder / "payments.yaml").write_text(
        "payments:\n  - {statement: 1, on: 2026-04-25, amount: 900}\n"
    )
    shown = pfs("statement", "show", folder, "--number", "1").out
    assert "900.00 USD was paid on statement 1, which is not approved" in shown
    assert "200.00 USD more was paid on statement 1 than the USD 700.00 it asks for" in shown
    write_results(folder, homes=("7", "3"))
    sign(folder, on=date(2026, 7, 10))
    assert "which is not approved" in str(draft(folder, period=2, as_of=date(2026, 7, 20)))


def test_days_come_in_their_order(folder: Path) -> None:
    assert "2026-04-19 is before 2026-04-20, when statement 1 was made" in refused(
        folder, "Ash Reed", on=DAY - timedelta(days=1)
    )
    assert "lies ahead" in refused(folder, "Ash Reed", on=LATER + timedelta(days=1))
    yes(folder, "Ash Reed", on=LATER)
    assert "approved by Ash Reed" in refused(folder, "Bay Reed")


def test_a_result_signed_anew_since_is_said_to_who_approves(folder: Path) -> None:
    write_results(folder, homes=["6"])
    sign(folder, on=LATER, supersedes=1, reason="Counted twice")
    said = str(yes(folder, "Ash Reed", on=LATER))
    assert "determination 1, on which it pays, was superseded by 2" in said


def test_records_are_a_chain_in_which_none_changes_and_none_goes_missing(folder: Path) -> None:
    approved(folder, on=DAY)
    home = folder / "out" / "approvals"
    opened = open_folder(folder)
    records = read_approvals(opened)
    assert [record.previous for record in records[1:]] == [r.fingerprint for r in records[:-1]]
    newest = home / f"{len(records):04d}.json"
    kept = newest.read_text("utf-8")
    newest.unlink()
    with pytest.raises(Refusal, match="one is missing"):
        read_approvals(opened)
    register = home / "chain.json"
    told = register.read_text("utf-8")
    register.unlink()
    with pytest.raises(Refusal, match="one is missing"):
        read_approvals(opened)
    register.write_text(told, "utf-8")
    newest.write_text(kept.replace("Bay Reed", "Day Reed"), "utf-8")
    with pytest.raises(Refusal, match="changed after it was written"):
        read_approvals(opened)


def test_a_process_killed_after_the_very_first_record_is_survived(folder: Path) -> None:
    prepared(folder)
    home = folder / "out" / "approvals"
    (home / "chain.json").unlink()

    (first,) = read_approvals(open_folder(folder))
    approved(folder, on=DAY)

    assert first.said == "prepared"
    assert standing_of(open_folder(folder), show(folder, 1).statement).is_approved
    (home / "chain.json").unlink()
    with pytest.raises(Refusal, match="one is missing"):
        read_approvals(open_folder(folder))


def test_approving_changes_nothing_of_the_statement(folder: Path) -> None:
    before = show(folder, 1).content
    approved(folder, on=DAY)
    assert show(folder, 1).content == before


def test_the_commands_say_it_and_show_tells_it(folder: Path) -> None:
    shown = pfs("statement", "show", folder)
    assert "NOT APPROVED: nobody has approved it; two people must, one of Alder" in shown.out
    words = ("--party", COUNTY, "--on", str(DAY))
    for name in ("Ash Reed", "Bay Reed"):
        done = pfs("statement", "approve", folder, "1", "--by", name, *words)
        assert done.code == 0, done.err
    assert "It is approved by Ash Reed and Bay Reed." in done.out
    assert "  APPROVED" in pfs("statement", "show", folder).out
    plain = pfs("statement", "show", folder, "--json").plain
    assert isinstance(plain, dict)
    assert plain["approval"]["is_approved"] is True
    sent = pfs("statement", "return", folder, "1", "--by", "Cy", "--reason", "Too much", *words)
    assert sent.code == 0, sent.err
    assert "returned by Cy of Alder County on 2026-04-20: Too much" in sent.out


def test_the_pack_of_the_auditor_carries_them(folder: Path, tmp_path: Path) -> None:
    """R145: contract, determination and approvals."""
    import zipfile

    yes(folder, "Ash Reed", on=DAY)
    made = audit_pack(folder, seed="s", to=tmp_path / "pack.zip")
    with zipfile.ZipFile(made.path) as archive:
        told = json.loads(archive.read("pack.json"))["approvals"]
        assert "keep" not in archive.read("README.txt").decode().split("bundle.zip")[0]
    assert told["is_approved"] is False
    assert "one person has approved it" in told["why_not_approved"]
    assert [record["approval"]["said"] for record in told["records"]] == ["prepared", "approved"]
    assert all(record["fingerprint"].startswith("sha256:") for record in told["records"])


def test_nobody_approves_over_a_return_that_was_not_answered(folder: Path) -> None:
    no(folder, "Cy Reed", on=DAY)

    assert "sent back on 2026-04-20, and nobody has answered" in refused(folder, "Ash Reed")


def test_the_command_answers_a_return(folder: Path) -> None:
    words = ("--by", "Pia Rowan", "--says", "It was not", "--on", str(LATER))
    early = pfs("statement", "answer", folder, "1", *words)
    no(folder, "Cy Reed", on=DAY)
    said = pfs("statement", "answer", folder, "1", *words, "--json")

    assert early.code == 10 and "does not wait for an answer" in early.err
    assert said.code == 0, said.err
    assert isinstance(said.plain, dict) and said.plain["approval"]["said"] == "answered"
    assert said.plain["is_approved"] is False
    assert yes(folder, "Ash Reed", on=LATER).standing.returned is not None


def test_the_office_answers_a_return_and_two_approve_anew(folder: Path) -> None:
    yes(folder, "Ash Reed", on=DAY)
    with pytest.raises(Refusal, match="does not wait for an answer"):
        answer_return(folder, 1, by=PREPARER, says="No", on=DAY, as_of=DAY)
    no(folder, "Cy Reed", on=DAY)
    for by, says, why in (("Cy Reed", "Fine", "for a payor"), (PREPARER, " ", "Write both")):
        with pytest.raises(Refusal, match=why):
            answer_return(folder, 1, by=by, says=says, on=DAY, as_of=DAY)

    told = answer_return(folder, 1, by="Pia Rowan", says="It was not", on=LATER, as_of=LATER)

    assert not told.standing.is_sent_back and told.standing.approved == ()
    assert "answered by Pia Rowan on 2026-04-23: It was not" in str(told.standing)
    with pytest.raises(Refusal, match="answered for statement 1"):
        yes(folder, "Pia Rowan", on=LATER)
    yes(folder, "Ash Reed", on=LATER)
    assert yes(folder, "Cy Reed", on=LATER).standing.is_approved
