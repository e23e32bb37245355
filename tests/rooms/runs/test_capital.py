"""`pfs capital` on a folder: balances, draws, defaults, the bank, votes, the investors' page."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from payforsuccess.errors import Refusal
from payforsuccess.reports import write_html
from payforsuccess.runs.documents.document import document
from payforsuccess.runs.documents.kinds import Asked
from payforsuccess.runs.finance.capital import CapitalStatus, capital
from tests.lib.accessible import check_files
from tests.lib.assumed import assumed
from tests.lib.capital import SECOND, a_financed_deal, a_tranche, a_trigger
from tests.lib.deals import INVESTOR, PROVIDER
from tests.lib.folders import a_folder, sign
from tests.lib.pfs import pfs
from tests.lib.recorded_capital import CALL, plain_record, write_record

AS_OF = date(2026, 6, 30)


def stood(folder: Path, *, deal: Any = None, as_of: date = AS_OF, **changes: Any) -> CapitalStatus:
    write_record(a_folder(folder, deal or a_financed_deal()), **changes)
    return capital(folder, as_of=as_of)


def test_balances_are_told_and_bank_and_book_agree(tmp_path: Path) -> None:
    found = stood(tmp_path)
    loan = found.tranches[0]
    assert (loan.drawn, loan.undrawn, loan.principal) == (8_000_00, 2_000_00, 7_000_00)
    assert (found.held, found.problems) == (2_000_00, ())
    assert "loan: allowed" in str(found)


def test_a_difference_between_bank_and_book_does_not_close(tmp_path: Path) -> None:
    bank = [{"account": "project", "on": "2026-05-01", "balance": "1999.99"}]
    assert "DOES NOT CLOSE by -0.01" in str(stood(tmp_path, bank=bank))
    done = pfs("capital", tmp_path, "--as-of", "2026-06-30")
    assert done.code == 10
    assert "a difference of -0.01" in done.err
    assert pfs("capital", tmp_path, "--as-of", "2026-04-30").code == 0


def test_what_is_in_the_way_of_the_next_draw_is_named(tmp_path: Path) -> None:
    trigger = a_trigger(on="2026-06-01", not_met="stops-draws")
    found = stood(
        tmp_path,
        deal=a_financed_deal(triggers=[trigger]),
        closing=[{"item": "Opinion of counsel", "by": INVESTOR}],
        draw_conditions=[{"name": "budget", "says": "On budget", "certified_by": SECOND}],
        calls=[
            CALL,
            {
                "name": "second",
                "tranche": "loan",
                "asked_on": "2026-06-01",
                "due_on": "2026-06-15",
                "amount": "2000",
                # by the wrong party
                "certificates": [{"condition": "budget", "by": PROVIDER, "on": "2026-06-01"}],
            },
        ],
    )
    assert found.tranches[0].in_the_way == (
        f"not closed: Opinion of counsel ({INVESTOR})",
        "`on_track` was to be tested on 2026-06-01, and no test is on record",
        f"call `second` lacks the certificate `budget` of {SECOND}",
    )
    assert [(n.about, n.to, n.amount) for n in found.notices] == [
        ("call second", INVESTOR, 2_000_00)
    ]


@pytest.mark.parametrize(
    ("certificates", "is_told"),
    [
        ([], True),
        ([{"condition": "budget", "by": PROVIDER, "on": "2025-12-15"}], True),
        ([{"condition": "budget", "by": SECOND, "on": "2026-01-02"}], True),
        ([{"condition": "budget", "by": SECOND, "on": "2026-01-01"}], False),
    ],
)
def test_money_drawn_without_its_certificate_is_told(
    tmp_path: Path, certificates: list[dict[str, str]], is_told: bool
) -> None:
    found = stood(
        tmp_path,
        deal=a_financed_deal(),
        draw_conditions=[{"name": "budget", "says": "On budget", "certified_by": SECOND}],
        calls=[{**CALL, "certificates": certificates}],
    )
    what = f"Money came on call `first` on 2026-01-01 without the certificate `budget` of {SECOND}."
    assert (what in [each.what for each in found.findings]) is is_told


def test_a_trigger_that_was_not_met_stops_draws(tmp_path: Path) -> None:
    trigger = a_trigger(on="2026-06-01", not_met="stops-draws")
    test = {"trigger": "on_track", "on": "2026-06-01", "met": "false", "by": PROVIDER}
    found = stood(tmp_path, deal=a_financed_deal(triggers=[trigger]), tests=[test])
    assert found.tranches[0].in_the_way == ("`on_track` was not met, which stops draws",)


@pytest.mark.parametrize(("on", "is_told"), [("2026-05-31", True), ("2026-06-01", False)])
def test_a_test_before_the_day_of_the_deal_is_told(tmp_path: Path, on: str, is_told: bool) -> None:
    test = {"trigger": "on_track", "on": on, "met": "true", "by": PROVIDER}
    deal = a_financed_deal(triggers=[a_trigger(on="2026-06-01")])
    what = "`on_track` was tested on 2026-05-31, before the day of the deal, 2026-06-01."
    told = [each.what for each in stood(tmp_path, deal=deal, tests=[test]).findings]
    assert (what in told) is is_told


def test_a_notice_that_was_given_is_told(tmp_path: Path) -> None:
    late = {**CALL, "received": []}
    notice = {"about": "first", "on": "2026-01-10", "by": PROVIDER, "to": INVESTOR}
    found = stood(
        tmp_path,
        calls=[late],
        notices=[notice],
        disbursements=None,
        payments=None,
        distributions=None,
        bank=None,
    )
    assert [n.given_on for n in found.notices] == [date(2026, 1, 10)]


def test_lenders_vote_with_the_principal_they_are_owed_on_the_day(tmp_path: Path) -> None:
    big, small = a_tranche(name="big"), a_tranche(name="small", party=SECOND)
    calls = [
        {
            **CALL,
            "name": name,
            "tranche": name,
            "amount": amount,
            "received": [{"on": "2026-01-01", "amount": amount}],
        }
        for name, amount in (("big", "6000"), ("small", "3000"))
    ]
    ballots = [{"tranche": "big", "vote": "yes"}, {"tranche": "small", "vote": "no"}]
    usual = {"matter": "Waive the trigger", "on": "2026-02-01", "ballots": ballots}
    votes = [
        {**usual, "needs": "2/3"},
        {**usual, "matter": "The same, by more", "needs": "2/3", "more_than": "true"},
    ]
    found = stood(
        tmp_path,
        deal=a_financed_deal(big, small),
        calls=calls,
        votes=votes,
        payments=None,
        distributions=None,
        bank=None,
    )
    assert [(v.yes, v.no, v.carries) for v in found.votes] == [
        (6_000_00, 3_000_00, True),
        (6_000_00, 3_000_00, False),
    ]


def test_a_deal_without_a_record_is_refused(tmp_path: Path) -> None:
    a_folder(tmp_path, a_financed_deal())
    with pytest.raises(Refusal, match=r"no capital\.yaml"):
        capital(tmp_path, as_of=AS_OF)


def test_a_rate_without_a_rule_for_interest_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="does not say how interest is counted"):
        stood(tmp_path, deal=a_financed_deal(a_tranche(rate="5%", interest=None)))


def test_the_pack_rests_on_results_to_date_and_the_payors_draws(tmp_path: Path) -> None:
    deal = a_financed_deal()
    a_folder(tmp_path, deal, homes=["9"])
    sign(tmp_path, on=date(2026, 4, 20))
    plain = assumed().model_dump(mode="json", by_alias=True, exclude_defaults=True)
    (tmp_path / "assumptions.yaml").write_text(yaml.safe_dump(plain))
    (tmp_path / "capital.yaml").write_text(yaml.safe_dump(plain_record(is_made_up="true")))
    found = capital(tmp_path, as_of=AS_OF, pack=True)
    page = found.written[0].read_text()
    assert "Used again" not in page
    assert "Results as determined" in page
    results = page[page.index("Results as determined") : page.index("10 people or fewer")]
    assert "hidden" in results and not re.search(r">\s*9\s*<", results)
    assert "Illustrative record" in page
    assert "from seed 1" in page
    assert list((tmp_path / "out/simulate").iterdir())
    with pytest.raises(Refusal, match="would know what came later"):
        capital(tmp_path, as_of=date(2026, 4, 1), pack=True)
    report = document("investor-report", Asked(tmp_path, AS_OF)).document
    assert "Results as determined" in check_files(report)
    assert write_html(report).decode() == page


def test_money_that_is_used_again_is_told_and_shown_to_investors(tmp_path: Path) -> None:
    a_folder(tmp_path, a_financed_deal(a_tranche("recyclable-grant", name="loan")))
    plain = assumed().model_dump(mode="json", by_alias=True, exclude_defaults=True)
    (tmp_path / "assumptions.yaml").write_text(yaml.safe_dump(plain))
    again = {
        "on": "2026-05-01",
        "kind": "recycle",
        "tranche": "loan",
        "amount": "1000",
        "to": "Example Deal Two",
        "says": "Homes of the second deal",
    }
    write_record(tmp_path, distributions=[again])
    found = capital(tmp_path, as_of=AS_OF, pack=True)
    assert "2026-05-01  loan  Example Deal Two  Homes of the second deal  1,000.00" in str(found)
    assert found.problems == ()  # the bank's 2,000 is what the book says
    page = found.written[0].read_text()
    for part in ("Used again in place of going back", "Example Deal Two", "Recycled"):
        assert part in page

    again = pfs("replay", found.written[0].parent)
    assert again.code == 0, again.out + again.err
    assert "same       input capital.yaml" in again.out
