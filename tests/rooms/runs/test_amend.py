"""An amendment on its way: proposed, checked, and in force only with every consent (R125)."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from payforsuccess.deal.contract import RecordedConsent
from payforsuccess.deal.reading.span import with_part
from payforsuccess.errors import Refusal
from payforsuccess.runs.amend.in_force import put_in_force
from payforsuccess.runs.amend.proposed import check_proposed, read_proposed
from payforsuccess.runs.folder import open_folder
from tests.lib.deals import COUNTY, PROVIDER, a_deal, a_term
from tests.lib.folders import a_folder, write_deal

ON = date(2026, 6, 1)
BOTH = (
    RecordedConsent(of="payor", party=COUNTY, on=ON),
    RecordedConsent(of="provider", party=PROVIDER, on=ON),
)
AMENDMENT = {"number": "1", "says": "A higher price", "touches": ["money"]}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return a_folder(tmp_path / "deal", a_deal())


def amended(folder: Path, amendment: dict[str, Any] | None = None, **changes: Any) -> str:
    """The small deal with a higher price from 2027 on, as a file."""
    said = AMENDMENT if amendment is None else amendment
    stated: dict[str, Any] = {
        "in_force_from": "2027-01-01",
        "payments": [a_term(price="120")],
        "amendment": said or None,
        **changes,
    }
    file = folder.parent / "amended.yaml"
    write_deal(file, a_deal(**stated))
    return file.read_text("utf-8")


def test_a_proposal_is_told_against_the_latest_version(folder: Path) -> None:
    """R125: whose consent is asked, by the matrix of the version before it."""
    proposed = read_proposed(folder, amended(folder))
    assert [str(one) for one in proposed.needed] == ["the payor", "the provider"]
    assert [c.what for c in proposed.difference.changes] == ["The line “unit price” changes."]
    assert check_proposed(proposed, on=ON).problems == ()


def test_nothing_is_in_force_until_the_last_consent(folder: Path) -> None:
    """R125."""
    text = amended(folder)
    for some in ((), BOTH[:1], BOTH[1:]):
        with pytest.raises(Refusal, match="is not in force until"):
            put_in_force(folder, text, consents=some)
        assert open_folder(folder).history().latest.fingerprint == a_deal().fingerprint
        assert not list((folder / "amendments").glob("*.yaml"))

    put_in_force(folder, text, consents=BOTH)

    history = open_folder(folder).history()
    assert len(history.versions) == 2
    assert history.governing(history.schedule.period(4)).payments[0].price == 100
    assert history.governing(history.schedule.period(5)).payments[0].price == 120


def test_what_was_proposed_stays_word_for_word(folder: Path) -> None:
    text = amended(folder).replace("payments:", "# What is paid\npayments:")
    put_in_force(folder, text, consents=BOTH)
    (file,) = (folder / "amendments").glob("*.yaml")
    start = text.index("amendment:")
    assert file.read_text("utf-8").startswith(text[:start])


def test_putting_it_in_force_twice_is_once(folder: Path) -> None:
    """A process killed after writing the file finds it written."""
    text = amended(folder)
    first = put_in_force(folder, text, consents=BOTH)
    assert put_in_force(folder, text, consents=BOTH).fingerprint == first.fingerprint
    assert len(open_folder(folder).amendment_files) == 1


@pytest.mark.parametrize(
    ("amendment", "changes", "what"),
    [
        ({}, {}, "does not say that it is an amendment"),
        ({**AMENDMENT, "number": "2"}, {}, "the next one is 1"),
        ({**AMENDMENT, "touches": ["data"]}, {}, "does not say that it touches money"),
        (
            {**AMENDMENT, "consents": [{"of": "payor", "party": COUNTY, "on": "2026-05-01"}]},
            {},
            "says who has consented",
        ),
        (None, {"in_force_from": "2026-01-01"}, "is on record already"),
        (None, {"payments": [a_term()]}, "changes nothing"),
        (None, {"currency": "EUR"}, "cannot change the currency"),
    ],
)
def test_what_no_party_could_rightly_be_asked_is_refused(
    folder: Path, amendment: dict[str, Any] | None, changes: dict[str, Any], what: str
) -> None:
    """R125: an amendment names all that it touches, and brings no consent along."""
    with pytest.raises(Refusal, match=what):
        read_proposed(folder, amended(folder, amendment, **changes))


def test_a_consent_that_nobody_can_give_is_told_before_anyone_is_asked(tmp_path: Path) -> None:
    """R125: here the matrix asks a lender of a deal without one."""
    matrix = [{"touches": "money", "of": ["payor", "lender"]}]
    folder = a_folder(tmp_path / "deal", a_deal(consents=matrix))
    with pytest.raises(Refusal, match="the lender, and no party"):
        read_proposed(folder, amended(folder, consents=matrix))


def test_consents_after_the_first_day_are_refused_unless_it_reaches_back(folder: Path) -> None:
    """R125, R129."""
    late = tuple(one.model_copy(update={"on": date(2027, 1, 2)}) for one in BOTH)
    with pytest.raises(Refusal, match="after the first day"):
        put_in_force(folder, amended(folder), consents=late)


def test_text_that_is_no_deal_is_refused_with_its_problems(folder: Path) -> None:
    for text in ("", "nothing", "format: 1\ndeal: x\n", "amendment: [", "a" * 3_000_000):
        with pytest.raises(Refusal):
            read_proposed(folder, text)


def test_consents_do_not_change_the_terms_that_were_certified() -> None:
    """R125: whoever certified the amended terms need not do so again with each consent."""
    given = [{"of": one.of, "party": one.party, "on": "2026-06-01"} for one in BOTH]
    bare = a_deal(in_force_from="2027-01-01", amendment=AMENDMENT)
    whole = a_deal(in_force_from="2027-01-01", amendment={**AMENDMENT, "consents": given})
    assert bare.terms_fingerprint == whole.terms_fingerprint
    assert bare.fingerprint != whole.fingerprint


def test_only_the_amendment_itself_is_written_anew() -> None:
    flow = "format: 1\namendment: {number: 1}\nlast: 2\n"
    block = "format: 1\namendment:\n  number: 1\n  # why\n  says: x\nlast: 2\n"
    for text in (flow, block):
        assert with_part(text, "amendment", "amendment: {}") == (
            "format: 1\namendment: {}\nlast: 2\n"
        )
    assert with_part("a: 1\namendment:\n  b: 2", "amendment", "amendment: {}") == (
        "a: 1\namendment: {}\n"
    )
    with pytest.raises(Refusal, match="no key"):
        with_part("a: 1\n", "amendment", "amendment: {}")
