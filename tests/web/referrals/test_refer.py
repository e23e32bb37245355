"""Referring: the rule at once, a look before it is sent, a receipt, several at once (R70, R142)."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from payforsuccess.errors import Refusal
from payforsuccess.web.audit.models import Event
from payforsuccess.web.people.basis import TO_REFER
from payforsuccess.web.people.models import Consent, Participant
from payforsuccess.web.referrals.actions import change_state, complete_facts
from payforsuccess.web.referrals.models import Referral
from tests.lib.deals import PROVIDER
from tests.web.cast import Cast
from tests.web.referrals.counties import RULE, by_answer, referred

pytestmark = pytest.mark.django_db
BASE = "/answers/referrals/"
SAID = {
    "given_name": "Rosa",
    "family_name": "Linde",
    "born_on": "1988-04-09",
    "source": "jail",
    "fact_homeless": "yes",
    "has_agreed": "on",
}


@pytest.fixture
def answers(db: None) -> Cast:
    return by_answer()


@pytest.fixture
def liaison(answers: Cast) -> Client:
    return answers.sign_in("jail-liaison")


def test_nothing_is_sent_before_it_was_looked_over(liaison: Client) -> None:
    page = liaison.post(f"{BASE}new/", SAID).content.decode()

    assert "Nothing is sent yet" in page and "Rosa" in page and Referral.objects.count() == 0
    back = liaison.post(f"{BASE}new/", {**SAID, "change": "yes"}).content.decode()
    assert 'value="Rosa"' in back and Referral.objects.count() == 0


def test_a_sent_referral_is_judged_at_once_and_gets_a_receipt_with_its_code(
    liaison: Client,
) -> None:
    """R142: the receipt can be printed."""
    answer = liaison.post(f"{BASE}new/", {**SAID, "send": "yes"})
    referral = Referral.objects.get()

    assert answer["Location"] == f"{BASE}{referral.public_id}/receipt/"
    assert referral.state == "eligible" and referral.facts == {
        "age": str(_age(date(1988, 4, 9))),
        "homeless": "yes",
    }
    page = liaison.get(answer["Location"]).content.decode()
    code = referral.public_id
    assert f"{code[:4]} {code[4:8]} {code[8:]}" in page and "What happens next" in page


def _age(born: date) -> int:
    today = timezone.localdate()
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def test_who_does_not_agree_is_not_referred(liaison: Client) -> None:
    said = {name: value for name, value in SAID.items() if name != "has_agreed"}
    page = liaison.post(f"{BASE}new/", {**said, "send": "yes"}).content.decode()

    assert "Please look at this again" in page and Referral.objects.count() == 0


def test_the_clause_that_stands_against_someone_is_shown(liaison: Client) -> None:
    liaison.post(f"{BASE}new/", {**SAID, "fact_homeless": "no", "send": "yes"})
    referral = Referral.objects.get()

    assert referral.state == "not-eligible"
    page = liaison.get(f"{BASE}{referral.public_id}/").content.decode()
    assert "Not eligible" in page and "is yes (Section 2)" in page


def test_a_child_is_not_eligible_by_the_date_of_birth_alone(answers: Cast) -> None:
    born = timezone.localdate() - timedelta(days=365 * 10)

    assert referred(answers, born=born).state == "not-eligible"


def test_unknown_is_neither_yes_nor_no_and_can_be_completed(answers: Cast, liaison: Client) -> None:
    referral = referred(answers, facts={})
    assert referral.state == "unclear"

    liaison.post(f"{BASE}{referral.public_id}/facts/", {"fact_homeless": "yes"})

    referral.refresh_from_db()
    assert referral.state == "eligible"
    change_state(by=answers.access("case-manager"), referral=referral, to="placed")
    with pytest.raises(Refusal, match="judged"):
        complete_facts(
            by=answers.access("jail-liaison"), referral=referral, facts={"homeless": "no"}
        )


def test_what_was_not_said_of_the_person_can_be_completed_too(db: None) -> None:
    """A rule may ask the language, which nobody has to say at first."""
    speaks = {"field": "language", "test": "is", "value": "spanish", "clause": "Section 3"}
    county = by_answer({**RULE, "eligible": [speaks]})
    referral = referred(county, facts={})
    assert referral.state == "unclear"
    jail, page = county.sign_in("jail-liaison"), f"{BASE}{referral.public_id}/facts/"
    assert 'name="fact_language"' in jail.get(page).content.decode()

    jail.post(page, {"fact_language": "spanish"})

    referral.refresh_from_db()
    assert referral.state == "eligible"


def test_a_known_fact_is_not_overwritten(answers: Cast) -> None:
    referral = referred(answers)

    done = complete_facts(
        by=answers.access("jail-liaison"), referral=referral, facts={"homeless": "no"}
    )

    assert done.state == "eligible" and done.facts["homeless"] == "yes"


def test_several_people_are_all_referred_or_none(liaison: Client) -> None:
    """R142: the day's booking sheet at once."""
    rows = {"row-TOTAL_FORMS": "4", "row-INITIAL_FORMS": "0"}
    for number, name in enumerate(("Ada", "Ben", "Cleo")):
        rows |= {
            f"row-{number}-given_name": name,
            f"row-{number}-family_name": "Linde",
            f"row-{number}-born_on": "1988-04-09",
        }
    wrong = {**rows, "row-1-born_on": "3088-04-09", "send": "yes", "has_agreed": "yes"}

    assert "no date of birth" in liaison.post(f"{BASE}several/", wrong).content.decode()
    assert "Nothing is sent yet" in liaison.post(f"{BASE}several/", rows).content.decode()
    liaison.post(f"{BASE}several/", {**rows, "send": "yes"})
    assert Referral.objects.count() == 0
    liaison.post(f"{BASE}several/", {**rows, "send": "yes", "has_agreed": "yes"})
    assert [r.state for r in Referral.objects.all()] == ["unclear"] * 3
    assert Consent.objects.filter(purpose=TO_REFER).count() == 3


def test_the_tick_of_an_office_is_kept_as_the_person_s_consent(liaison: Client) -> None:
    """R115: with purpose, recipient, form and day; the referral and it stand or fall together."""
    said = {**SAID, "language": "spanish"}
    assert liaison.post(f"{BASE}new/", said).status_code == 200
    assert not Consent.objects.exists()
    liaison.post(f"{BASE}new/", {**said, "send": "yes"})

    (consent,) = Referral.objects.get().participant.consents.all()
    assert consent.purpose == TO_REFER and consent.recipient == PROVIDER
    assert consent.language == "spanish" and consent.holds(timezone.localdate())
    assert Event.objects.filter(verb="consent.recorded").count() == 1


def test_more_rows_keep_what_was_typed(liaison: Client) -> None:
    rows = {"row-TOTAL_FORMS": "4", "row-INITIAL_FORMS": "0", "row-0-given_name": "Ada"}

    page = liaison.post(f"{BASE}several/", {**rows, "more": "yes"}).content.decode()

    assert 'value="Ada"' in page and 'name="row-7-given_name"' in page
    assert "Please look at this again" not in page


def test_a_paper_is_entered_with_its_day(liaison: Client) -> None:
    """R142: a referral without a device."""
    empty = liaison.get(f"{BASE}paper/").content.decode()
    assert "<form" not in empty.split("<main")[1] and "Date of birth" in empty
    on = timezone.localdate() - timedelta(days=2)

    liaison.post(f"{BASE}new/", {**SAID, "paper_on": on.isoformat(), "send": "yes"})

    assert Referral.objects.get().paper_on == on
    late = {**SAID, "paper_on": (on + timedelta(days=9)).isoformat(), "send": "yes"}
    assert "lies ahead" in liaison.post(f"{BASE}new/", late).content.decode()


def test_an_office_learns_of_someone_known_what_it_learns_of_anybody_else(answers: Cast) -> None:
    """R117: page, receipt and list are alike to the word until the programme has answered."""
    by = answers.access("case-manager")
    change_state(by=by, referral=referred(answers), to="placed")
    known = referred(answers, role="court-contact", given="sam", family="ROWAN")
    new = referred(answers, role="court-contact", given="Sam", family="Nobody")
    court = answers.sign_in("court-contact")
    assert known.participant == referred(answers).participant

    for end in ("", "receipt/", "facts/"):
        one, other = (
            court.get(f"{BASE}{each.public_id}/{end}").content.decode() for each in (known, new)
        )
        for mine in (known, new):
            code = mine.public_id
            for told in (code, f"{code[:4]} {code[4:8]} {code[8:]}", mine.name_written):
                one, other = one.replace(told, "-"), other.replace(told, "-")
        token = re.compile("[A-Za-z0-9]{64}")
        assert token.sub("", one) == token.sub("", other), end
        assert "Pending" in one or end == "facts/"
    assert known.public_id not in court.get(f"{BASE}?state=placed").content.decode()


def test_the_programme_answers_once_for_a_person_whom_two_offices_referred(answers: Cast) -> None:
    """R137: the second referral is joined to the first, and its office reads the same answer."""
    first, worker = referred(answers), answers.sign_in("case-manager")
    second = referred(answers, role="court-contact", given="sam", family="ROWAN")
    assert Participant.objects.count() == 1
    by = answers.access("case-manager")
    with pytest.raises(Refusal, match="No other referral"):
        change_state(by=by, referral=second, to="joined")
    change_state(by=by, referral=first, to="placed")

    with pytest.raises(Refusal, match="referred before"):
        change_state(by=by, referral=second, to="placed")
    page = worker.get(f"{BASE}{second.public_id}/answer/").content.decode()
    assert 'value="joined"' in page and 'value="placed"' not in page
    worker.post(f"{BASE}{second.public_id}/answer/", {"to": "joined"})

    second.refresh_from_db()
    assert second.state == "joined" and second.earlier == first
    page = answers.sign_in("court-contact").get(f"{BASE}{second.public_id}/").content.decode()
    assert "Placed" in page and "Alder Jail" not in page and "referred before" not in page
    assert "ended" not in page and first.public_id not in page


def test_an_office_that_sends_twice_is_told_of_its_own_referral(
    answers: Cast, liaison: Client
) -> None:
    first = referred(answers)
    again = referred(answers)

    assert again.state == "joined" and again.earlier == first
    receipt = liaison.get(f"{BASE}{again.public_id}/receipt/").content.decode()
    assert "Your office referred this person before" in receipt and "answer is there" not in receipt
    page = liaison.get(f"{BASE}{again.public_id}/").content.decode()
    assert f"{BASE}{first.public_id}/" in page and "Pending" in page


def test_a_number_typed_by_chance_shows_nobodys_name(answers: Cast, liaison: Client) -> None:
    """R117: an office reads what it wrote itself."""
    first = {**SAID, "ssn": "123-45-6789", "send": "yes"}
    answers.sign_in("court-contact").post(f"{BASE}new/", {**first, "source": "court"})
    liaison.post(
        f"{BASE}new/",
        {**first, "given_name": "Otto", "family_name": "Ulm", "born_on": "1970-05-05"},
    )

    assert Participant.objects.count() == 1
    mine = Referral.objects.get(office=answers.access("jail-liaison").organisations[0])
    for page in ("", f"{mine.public_id}/", f"{mine.public_id}/receipt/"):
        html = liaison.get(BASE + page).content.decode()
        assert "Otto Ulm" in html and "Rosa" not in html and "9 April 1988" not in html, page
    assert "Rosa Linde" in answers.sign_in("case-manager").get(BASE).content.decode()


def test_an_office_finds_by_what_it_wrote_and_never_by_whom_a_number_belongs_to(
    answers: Cast, liaison: Client
) -> None:
    number = {"ssn": "123-45-6789", "send": "yes"}
    first = {**SAID, **number, "family_name": "Secretperson", "source": "court"}
    answers.sign_in("court-contact").post(f"{BASE}new/", first)
    said = {**SAID, **number, "given_name": "Probe", "family_name": "Probe"}

    receipt = liaison.post(f"{BASE}new/", said, follow=True).content.decode()
    own = Referral.objects.get(office=answers.access("jail-liaison").organisations[0])

    assert own.state == "eligible" and "The answer is there" not in receipt
    assert "The programme answers by the end of the next day" in receipt
    assert own.public_id in liaison.get(f"{BASE}?q=Probe").content.decode()
    assert own.public_id not in liaison.get(f"{BASE}?q=Secretperson").content.decode()


def test_two_people_of_one_name_and_birthday_with_two_numbers_are_two(liaison: Client) -> None:
    for number in ("123-45-6789", "987-65-4321"):
        liaison.post(f"{BASE}new/", {**SAID, "ssn": number, "send": "yes"})

    assert Participant.objects.count() == 2
    assert {r.state for r in Referral.objects.all()} == {"eligible"}


def test_whoever_was_declined_can_be_referred_anew(answers: Cast) -> None:
    first = referred(answers)
    change_state(
        by=answers.access("case-manager"), referral=first, to="declined", reason="no-place"
    )

    assert referred(answers).state == "eligible"


def test_the_log_names_the_referral_and_not_the_person(liaison: Client) -> None:
    liaison.post(f"{BASE}new/", {**SAID, "send": "yes"})
    referral = Referral.objects.get()

    made = Event.objects.get(verb="referral.made")
    assert made.subject == referral.public_id
    for event in (made, Event.objects.get(verb="consent.recorded")):
        assert "Rosa" not in str(vars(event)) and "Linde" not in str(vars(event))
