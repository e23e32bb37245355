"""Identifiers sealed at referral, and held against the records: what is learnt later shows."""

from __future__ import annotations

import json
import stat
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from payforsuccess.errors import Refusal
from payforsuccess.runs.assign import share_file
from payforsuccess.runs.assign.checksums import Checksummed, checksum_referrals
from payforsuccess.runs.assign.draw import Given
from payforsuccess.runs.assign.identifiers import (
    ComparedIdentifiers,
    compare_identifiers,
    identifier_findings,
)
from payforsuccess.runs.assign.kept import read_list
from payforsuccess.runs.folder import open_folder
from tests.lib.sealed import DRAWN, Sealed, a_folder_for_draws, an_open_lottery

AS_OF = date(2027, 1, 1)
HEADER = "person,referred_on,given_name,family_name,born_on,ssn,sex"
NAMES = {
    "k1": ("Ana", "Núñez", "1990-02-03", "", "female"),
    "k2": ("Bo", "Lee", "1985-12-01", "900-12-0001", "male"),
    "k3": ("Cleo", "Stone", "1979-07-30", "", "other"),
    "k4": ("Dev", "Rao", "1992-05-05", "", "unknown"),
}
COLUMNS = "enrolment_id,person_ref,referred_on,given_name,family_name,born_on,ssn,sex"
REGISTER: dict[str, Any] = {
    "feed": "register",
    "layout": "programme-enrolments",
    "says": "Who was referred",
    "held_by": [{"name": "Example Coaches"}],
    "agreement": {
        "kind": "mou",
        "parties": ["Example Coaches", "Example County", "Example University"],
        "purpose": "To match people",
        "permitted_columns": COLUMNS.split(","),
        "regime": "none",
        "signed_on": "2026-01-15",
        "expires_on": "2030-12-31",
    },
    "refreshed": "month",
    "complete_through": "2026-12-31",
}
ARRESTS = (
    "booking_id,person_ref,booked_at,released_at,arrest_date\n"
    "b,a,2026-05-01,2026-05-02,2026-05-01\n"
)


@pytest.fixture(autouse=True)
def quick_passphrases(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(share_file, "COST", 16)


def sealed_at_referral(sealed: Sealed, **changes: Path) -> Checksummed:
    people = sealed.deal.parent / "people.csv"
    rows = [",".join((key, str(DRAWN), *told)) for key, told in NAMES.items()]
    people.write_text("\n".join([HEADER, *rows]) + "\n", "utf-8")
    usual = {
        "people": people,
        "key": sealed.deal.parent / "office.key",
        "to": sealed.deal.parent / "referrals.csv",
    }
    given = {**usual, **changes}
    return checksum_referrals(sealed.deal, given["people"], key=given["key"], to=given["to"])


@pytest.fixture
def drawn(tmp_path: Path) -> Sealed:
    """Four people drawn with a checksum each, and a register that has yet to be written."""
    sealed = an_open_lottery(tmp_path / "lottery")
    made = sealed_at_referral(sealed)
    sealed.draw(given=Given(made.file))
    deal = yaml.safe_load((sealed.deal / "deal.yaml").read_text("utf-8"))
    deal["data"] = [deal["data"][0], REGISTER]
    del deal["outcomes"]["in_work"]["measure"], deal["assurance"]
    (sealed.deal / "deal.yaml").write_text(json.dumps(deal, default=str, indent=1), "utf-8")
    return sealed


def register(sealed: Sealed, *more: str, **names: tuple[str, ...]) -> ComparedIdentifiers:
    """What is found once the register says this of people; all else as at referral."""
    feeds = sealed.deal / "feeds"
    (feeds / "arrests").mkdir(parents=True, exist_ok=True)
    (feeds / "arrests" / "bookings.csv").write_text(ARRESTS, "utf-8")
    rows = [
        ",".join((f"e{key}", key, str(DRAWN), *told)) for key, told in {**NAMES, **names}.items()
    ]
    (feeds / "register.csv").write_text("\n".join([COLUMNS, *rows, *more]) + "\n", "utf-8")
    return compare_identifiers(sealed.deal, key=sealed.deal.parent / "office.key", as_of=AS_OF)


def counts(found: ComparedIdentifiers) -> tuple[int, int, int, int]:
    arms = found.arms
    return (
        sum(each.same for each in arms),
        sum(each.other for each in arms),
        sum(each.absent for each in arms),
        sum(each.later for each in arms),
    )


def test_the_office_s_file_names_nobody(tmp_path: Path) -> None:
    """R136."""
    sealed = a_folder_for_draws(tmp_path)
    made = sealed_at_referral(sealed)
    text = made.file.read_text()

    assert text.startswith("person,referred_on,identifiers\nk1,2026-03-09,sha256:")
    assert not any(told and told in text for names in NAMES.values() for told in names)
    assert stat.S_IMODE(made.key.stat().st_mode) == 0o600 and made.is_new_key
    assert made.key.read_text().split()[-1] not in str(made) + repr(made.as_plain())


def test_the_same_key_makes_the_same_checksums_and_another_key_others(tmp_path: Path) -> None:
    sealed = a_folder_for_draws(tmp_path)
    first = sealed_at_referral(sealed).file.read_text()
    again = sealed_at_referral(sealed)
    assert not again.is_new_key and again.file.read_text() == first
    other = sealed_at_referral(sealed, key=tmp_path / "other.key")

    assert set(other.file.read_text().split()[1:]).isdisjoint(first.split()[1:])


def test_neither_the_key_nor_the_names_lie_in_the_deal_s_folder(tmp_path: Path) -> None:
    sealed = a_folder_for_draws(tmp_path)

    for where in ("key", "people"):
        with pytest.raises(Refusal) as refusal:
            sealed_at_referral(sealed, **{where: sealed.deal / "file.csv"})
        assert "where others come" in str(refusal.value)


def test_identifiers_as_at_referral_agree_however_they_are_typed(drawn: Sealed) -> None:
    """R136: what linkage looks at is compared, so that capitals and marks change nothing."""
    found = register(drawn, k1=("ANA", "Nunez", "1990-02-03", "", "female"))

    assert counts(found) == (4, 0, 0, 0)
    assert found.problems == () and found.without == 0
    assert stat.S_IMODE(found.kept.stat().st_mode) == 0o600


def test_what_was_not_known_at_referral_and_is_said_to_be_is_a_problem(drawn: Sealed) -> None:
    """R136: a number learnt by serving someone, put under the day of referral."""
    found = register(drawn, k1=("Ana", "Núñez", "1990-02-03", "900-11-2222", "female"))
    (problem,) = found.problems

    assert counts(found) == (3, 1, 0, 0)
    assert problem.what.startswith("Of 1 person (1 in ") and "sealed then" in problem.what
    assert "Ana" not in str(found) + str(problem) and "k1" not in str(found) + str(problem)


def test_what_became_known_later_is_counted_by_arm_and_no_problem(drawn: Sealed) -> None:
    """R136."""
    found = register(drawn, "e9,k2,2026-09-01,Robert,Lee,1985-12-01,900-12-0001,male")
    arm = next(e.arm for e in read_list(open_folder(drawn.deal)).drawn.values() if e.person == "k2")

    assert counts(found) == (4, 0, 0, 1) and found.problems == ()
    assert {each.arm: each.later for each in found.arms}[arm] == 1


def test_people_of_whom_the_records_hold_no_identifiers_are_told(drawn: Sealed) -> None:
    assert counts(register(drawn, k3=("", "", "", "", ""))) == (3, 0, 1, 0)


def test_another_key_agrees_with_nothing(drawn: Sealed) -> None:
    other = drawn.deal.parent / "other.key"
    sealed_at_referral(drawn, key=other)
    register(drawn)

    found = compare_identifiers(drawn.deal, key=other, as_of=AS_OF)
    assert counts(found) == (0, 4, 0, 0)


def test_an_evaluation_says_how_identifiers_compare_or_that_nobody_looked(drawn: Sealed) -> None:
    """R136."""
    folder = open_folder(drawn.deal)
    deal = folder.history().latest

    def told(snapshot: str) -> list[str]:
        return [each.what for each in identifier_findings(folder, deal, snapshot)]

    assert "these were held against no records" in told("sha256:any")[0]
    found = register(drawn)
    own = told(found.snapshot)
    assert len(own) == len(found.arms) and all("as at referral" in each for each in own)
    assert "against other records than these" in told("sha256:other")[0]


def test_without_checksums_there_is_nothing_to_compare(tmp_path: Path) -> None:
    sealed = an_open_lottery(tmp_path / "lottery")
    sealed.draw("k1", "k2")
    with pytest.raises(Refusal) as refusal:
        compare_identifiers(sealed.deal, key=tmp_path / "key", as_of=AS_OF)

    folder = open_folder(sealed.deal)
    assert "Nobody was drawn with a checksum" in str(refusal.value)
    assert not list(identifier_findings(folder, folder.history().latest, ""))


def test_a_file_that_is_no_key_is_refused(drawn: Sealed) -> None:
    key = drawn.deal.parent / "none.key"
    key.write_text("payforsuccess referral key 1\nabc\n")
    with pytest.raises(Refusal) as refusal:
        compare_identifiers(drawn.deal, key=key, as_of=AS_OF)

    assert "not a key that `pfs assign checksums` wrote" in str(refusal.value)
