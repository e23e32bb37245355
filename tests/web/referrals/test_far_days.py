"""Days that cannot be and names without a letter are refused where they are typed (R69, R142)."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from payforsuccess.web.referrals.forms import FactsForm, HearingForm, ReferralForm, ReleaseForm
from payforsuccess.web.referrals.models import Referral
from payforsuccess.web.referrals.questions import questions_of
from tests.web.referrals.counties import RULE, by_answer, referred

pytestmark = pytest.mark.django_db
FAR = ["0001-01-01", "9999-12-31"]


def typed(**said: str) -> ReferralForm:
    """A referral as typed."""
    usual = {"given_name": "Ana", "family_name": "Rowan", "born_on": "1990-02-03"}
    rest = {"source": "jail", "has_agreed": "on"}
    return ReferralForm({**usual, **rest, **said}, questions=())


@pytest.mark.parametrize("far", FAR)
@pytest.mark.parametrize("name", ["hearing_on", "release_expected_on", "paper_on"])
def test_no_day_of_a_referral_is_far_off(name: str, far: str) -> None:
    assert list(typed(**{name: far}).errors) == [name]
    assert typed(**{name: timezone.localdate().isoformat()}).errors == {}


@pytest.mark.parametrize("name", ["given_name", "family_name"])
def test_a_name_has_a_letter(name: str) -> None:
    """Two birthdays with signs alone would be one person."""
    for signs in ("😀 😀", "12", "--"):
        assert list(typed(**{name: signs}).errors) == [name]
    for letters in ("O", "Ñ", "李", "D'Arc-2"):
        assert typed(**{name: letters}).errors == {}


def test_a_number_of_days_is_whole_and_not_below_nothing() -> None:
    stays = {"field": "jail-stays", "test": "at-least", "value": "3", "clause": "Section 4"}
    share = {"field": "share", "test": "at-most", "value": "0.5", "clause": "Section 5"}
    county = by_answer({**RULE, "eligible": [stays, share]})
    questions = questions_of(county.initiative)

    for wrong in ("-5", "1.5"):
        form = FactsForm({"fact_jail-stays": wrong, "fact_share": "-0.1"}, questions=questions)
        assert list(form.errors) == ["fact_jail-stays", "fact_share"], wrong
    form = FactsForm({"fact_jail-stays": "4", "fact_share": "0.25"}, questions=questions)
    assert form.is_valid() and form.facts["jail-stays"] == "4"


def test_who_refers_from_a_jail_is_not_asked_from_where() -> None:
    """R70: the funnel counts a jail's referral as the jail's."""
    jail = by_answer().sign_in("jail-liaison")
    page = "/answers/referrals/new/"
    assert 'name="source"' not in jail.get(page).content.decode()
    said = {"given_name": "Ana", "family_name": "Rowan", "born_on": "1990-02-03"}

    jail.post(page, {**said, "source": "court", "has_agreed": "on", "send": "yes"})

    assert Referral.objects.get().source == "jail"


@pytest.mark.parametrize("far", FAR)
def test_a_release_and_a_hearing_are_not_far_off(far: str) -> None:
    release = ReleaseForm({"way": "met", "on": far, "hour": "00:00"})
    assert "on" in release.errors
    assert list(HearingForm({"on": far}).errors) == ["on"]
    assert HearingForm({"on": ""}).errors == {}


def test_a_list_that_was_looked_at_keeps_no_day_that_no_list_may_hold() -> None:
    county = by_answer()
    mine = referred(county)
    before = mine.release_expected_on
    client = county.sign_in("jail-liaison")
    for far in FAR:
        kept = {"send": "yes", "release": [f"{mine.public_id}={far}"]}
        answer = client.post("/answers/referrals/releases/", kept, follow=True)
        assert "too far off" in answer.content.decode()

    assert Referral.objects.get(pk=mine.pk).release_expected_on == before
    assert before != date.fromisoformat(FAR[0])
