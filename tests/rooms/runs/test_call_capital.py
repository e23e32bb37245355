"""Calls for capital on record (R133): made, certified, answered once, paid; doubt is refused."""

from __future__ import annotations

import multiprocessing
from datetime import date
from pathlib import Path
from typing import Any, Literal

import pytest

from payforsuccess.errors import Refusal
from payforsuccess.runs.finance.answer_call import answer_call, certify_call
from payforsuccess.runs.finance.call_capital import CallNoted, call_capital
from payforsuccess.runs.finance.capital import capital
from payforsuccess.runs.finance.note_money import note_disbursement, note_received
from tests.lib.capital import SECOND, a_financed_deal, a_tranche, a_trigger
from tests.lib.deals import INVESTOR, PROVIDER
from tests.lib.open_capital import (
    DUE,
    KEEPER,
    LENDER,
    TODAY,
    books,
    call,
    called,
    certified,
    record_of,
)


def answered(
    folder: Path, says: Literal["consents", "refuses"] = "consents", **changes: Any
) -> CallNoted:
    words: dict[str, Any] = {"party": INVESTOR, "by": LENDER, "on": TODAY, **changes}
    return answer_call(folder, "second", says=says, **words)


def test_a_call_goes_from_its_making_to_the_money(tmp_path: Path) -> None:
    made = called(tmp_path)
    assert (made.state.stands, made.state.turn_of) == ("to-certify", (SECOND, INVESTOR))
    certify_call(tmp_path, "second", "budget", party=SECOND, by="Fen Budget", on=TODAY)
    asked = certify_call(tmp_path, "second", "calm", party=INVESTOR, by=LENDER, on=TODAY)
    assert (asked.state.stands, asked.state.turn_of) == ("to-answer", (INVESTOR,))
    assert answered(tmp_path).state.stands == "to-pay"

    part = note_received(tmp_path, "second", amount=1_500_00, on=DUE, today=DUE)
    assert (part.state.stands, part.state.open) == ("to-pay", 500_00)
    whole = note_received(tmp_path, "second", amount=500_00, on=DUE, today=DUE)

    assert (whole.state.stands, whole.state.turn_of) == ("paid", ())
    second = record_of(tmp_path).calls[1]
    assert second.called_by == KEEPER
    assert [each.signed_by for each in second.certificates] == ["Fen Budget", LENDER]
    assert second.answer is not None and second.answer.person == LENDER
    assert capital(tmp_path, as_of=DUE).tranches[0].drawn == 10_000_00


def test_the_callers_own_certificates_come_with_the_call(tmp_path: Path) -> None:
    called(tmp_path)
    answered(tmp_path, "refuses", reason="Not yet")
    made = call(tmp_path, name="third", party=SECOND, certifies=("budget",))

    assert [each.name for each in made.state.lacking] == ["calm"]
    with pytest.raises(Refusal, match=f"certified by {INVESTOR}, not by {SECOND}"):
        call(tmp_path, name="fourth", amount=1_00, party=SECOND, certifies=("calm",))


def test_a_call_without_a_name_gets_the_next(tmp_path: Path) -> None:
    books(tmp_path)
    assert call(tmp_path, name="").state.call.name == "call-2"


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"tranche": "bond"}, "no tranche of the deal"),
        ({"amount": 2_000_01}, "at most USD 2,000.00, which is left of `loan`"),
        ({"amount": 0}, "not above 0"),
        ({"name": "first"}, "A call `first` is on record"),
        ({"name": "Second call"}, "pattern|name"),
        ({"due_on": TODAY}, "no day after the call"),
        ({"by": " "}, "Nothing is written|Nobody is named"),
    ],
)
def test_a_doubtful_call_is_refused_and_nothing_is_written(
    tmp_path: Path, changes: dict[str, Any], what: str
) -> None:
    books(tmp_path)
    before = (tmp_path / "capital.yaml").read_bytes()

    with pytest.raises(Refusal, match=what):
        call(tmp_path, **changes)

    assert (tmp_path / "capital.yaml").read_bytes() == before


def test_what_is_called_and_open_is_not_called_again(tmp_path: Path) -> None:
    called(tmp_path)
    with pytest.raises(Refusal, match="was made on `loan` today: `second`") as refused:
        call(tmp_path, name="third")
    where = refused.value.problems[0].where
    assert where.file.endswith("capital.yaml") and where.line and where.field == "calls[1]"
    with pytest.raises(Refusal, match=r"at most USD 0\.00"):
        call(tmp_path, name="third", amount=1_00)


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"closing": [{"item": "Opinion", "by": INVESTOR}]}, "not closed: Opinion"),
        ({"deal": "trigger"}, "was to be tested on 2026-06-01"),
        ({"deal": "guarantee"}, "no cash is drawn on a guarantee"),
    ],
)
def test_what_stops_draws_stops_calls(tmp_path: Path, changes: dict[str, Any], what: str) -> None:
    deals = {
        "trigger": a_financed_deal(triggers=[a_trigger(on="2026-06-01", not_met="stops-draws")]),
        "guarantee": a_financed_deal(
            a_tranche(), a_tranche("guarantee", guarantees=["loan"], covers="50%")
        ),
    }
    tranche = "guarantee" if changes.get("deal") == "guarantee" else "loan"
    books(tmp_path, **{**changes, "deal": deals.get(changes.get("deal", ""))})
    with pytest.raises(Refusal, match=what):
        call(tmp_path, tranche=tranche)


@pytest.mark.parametrize(
    ("condition", "party", "on", "what"),
    [
        ("calm", SECOND, TODAY, f"certified by {INVESTOR}, not by {SECOND}"),
        ("rain", SECOND, TODAY, "not certified for calls"),
        ("calm", INVESTOR, date(2026, 6, 9), "There is no call `second` on 2026-06-09"),
    ],
)
def test_a_certificate_is_of_its_own_party(
    tmp_path: Path, condition: str, party: str, on: date, what: str
) -> None:
    called(tmp_path)
    with pytest.raises(Refusal, match=what):
        certify_call(tmp_path, "second", condition, party=party, by=LENDER, on=on)


def test_nothing_is_certified_twice(tmp_path: Path) -> None:
    certified(tmp_path)
    with pytest.raises(Refusal, match="was certified for this call on 2026-06-10"):
        certify_call(tmp_path, "second", "calm", party=INVESTOR, by=LENDER, on=TODAY)


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"party": SECOND}, f"answered by {INVESTOR}, not by {SECOND}"),
        ({"by": KEEPER}, f"{KEEPER} made call `second`"),
        ({"by": "H. Keeper"}, "made call `second`"),
        ({"by": ""}, "Nobody is named"),
        ({"says": "refuses", "reason": " "}, "Nothing says why"),
    ],
)
def test_a_call_is_answered_by_another_person_of_its_lender(
    tmp_path: Path, changes: dict[str, Any], what: str
) -> None:
    certified(tmp_path)
    with pytest.raises(Refusal, match=what):
        answered(tmp_path, **changes)


def test_nobody_consents_to_what_is_not_certified(tmp_path: Path) -> None:
    called(tmp_path)
    with pytest.raises(Refusal, match=f"lacks the certificate `budget` of {SECOND}"):
        answered(tmp_path)


def test_on_what_is_refused_nothing_is_owed_and_it_may_be_called_anew(tmp_path: Path) -> None:
    called(tmp_path)
    assert answered(tmp_path, "refuses", reason="The plan: “late”").state.stands == "refused"
    later = capital(tmp_path, as_of=date(2026, 8, 1))
    assert (later.notices, later.tranches[0].called) == ((), 8_000_00)
    assert "allowed" in str(later)
    with pytest.raises(Refusal, match="was answered on 2026-06-10"):
        answered(tmp_path, "refuses", reason="Again")
    with pytest.raises(Refusal, match="was refused"):
        note_received(tmp_path, "second", amount=1_00, on=TODAY, today=TODAY)
    assert call(tmp_path, name="third").state.open == 2_000_00


@pytest.mark.parametrize(
    ("amount", "on", "what"),
    [
        (2_000_01, DUE, r"at most USD 2,000\.00, which has not come"),
        (0, DUE, "not above 0"),
        (1_00, date(2026, 6, 9), "is not from 2026-06-10"),
        (1_00, date(2026, 7, 2), "is not from 2026-06-10, the day of the call, to 2026-07-01"),
    ],
)
def test_money_that_did_not_come_so_is_not_noted(
    tmp_path: Path, amount: int, on: date, what: str
) -> None:
    certified(tmp_path)
    with pytest.raises(Refusal, match=what):
        note_received(tmp_path, "second", amount=amount, on=on, today=DUE)


def test_the_same_money_is_noted_once(tmp_path: Path) -> None:
    certified(tmp_path)
    note_received(tmp_path, "second", amount=500_00, on=DUE, today=DUE)

    with pytest.raises(Refusal, match="same amount of 2026-07-01 is on record"):
        note_received(tmp_path, "second", amount=500_00, on=DUE, today=DUE)

    assert len(record_of(tmp_path).calls[1].received) == 1


def _spend(folder: Path, number: int) -> None:
    note_disbursement(
        folder, to=PROVIDER, amount=1_00, on=TODAY, says=f"Week {number}", today=TODAY
    )


def test_writers_at_one_time_lose_nothing_of_each_other(tmp_path: Path) -> None:
    books(tmp_path)
    context = multiprocessing.get_context("fork")
    doing = [context.Process(target=_spend, args=(tmp_path, n)) for n in range(6)]
    for each in doing:
        each.start()
    for each in doing:
        each.join()

    assert [each.exitcode for each in doing] == [0] * 6
    said = {each.says for each in record_of(tmp_path).disbursements[1:]}
    assert said == {f"Week {n}" for n in range(6)}


def test_comments_and_lines_of_the_keeper_stay(tmp_path: Path) -> None:
    books(tmp_path)
    file = tmp_path / "capital.yaml"
    file.write_text(f"# Kept by hand.\n{file.read_text()}# The end.\n")
    before = file.read_text().splitlines()

    call(tmp_path)

    after = file.read_text().splitlines()
    assert [line for line in before if line not in after] == []
    assert len(after) == len(before) + 6


def test_a_file_in_a_form_that_cannot_be_added_to_is_left(tmp_path: Path) -> None:
    books(tmp_path)
    (tmp_path / "capital.yaml").write_text("format: 1\ncalls: [  # none\n]\n")
    with pytest.raises(Refusal, match="in a form in which nothing can be put here"):
        call_capital(
            tmp_path, tranche="loan", amount=1_00, due_on=DUE, by=KEEPER, on=TODAY, name="one"
        )
    assert "none\n]" in (tmp_path / "capital.yaml").read_text()
