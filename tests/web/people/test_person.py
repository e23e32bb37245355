"""The page of a person, and what is recorded there: homes, exits, corrections, follow-ups."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from payforsuccess.errors import Refusal
from payforsuccess.web.audit.models import Event
from payforsuccess.web.people.actions import (
    ask_follow_up,
    correct_day,
    move_out,
    record_agreement,
)
from payforsuccess.web.people.basis import TO_REFER
from payforsuccess.web.people.models import Consent, Contact, Draft, Enrolment
from tests.web.cast import Cast, another
from tests.web.people.cases import (
    a_follow_up,
    ago,
    consented,
    enrolled,
    housed,
    placed,
    someone_placed,
    spoken_with,
)

pytestmark = pytest.mark.django_db
NOTE = "Likes =SUM tea <b>and</b> the north window"


def url(county: Cast, name: str, row: Enrolment, *more: str) -> str:
    return reverse(f"people:{name}", args=[county.slug, row.public_id, *more])


def post(county: Cast, page: str, said: dict[str, Any]) -> Any:
    return county.sign_in("case-manager").post(page, said)


def test_a_look_is_logged_with_its_basis(county: Cast) -> None:
    row = enrolled(county)
    county.sign_in("case-manager").get(url(county, "one", row))

    seen = Event.objects.get(verb="participant.viewed")

    assert (seen.subject, seen.basis) == (row.participant.public_id, "own caseload")


def test_every_page_of_a_person_that_opens_is_logged(county: Cast) -> None:
    row = housed(county)
    client = county.sign_in("case-manager")
    pages = ("reach", "contact", "consent", "correct", "leave", "move-out", "wrong", "ask")

    for page in pages:
        assert client.get(url(county, page, row)).status_code == 200

    assert Event.objects.filter(verb="participant.viewed").count() == len(pages)


def test_a_form_that_comes_back_with_the_person_is_logged_as_a_look(county: Cast) -> None:
    """R143: a page that answers to another method than GET shows as much."""
    row = housed(county)
    client = county.sign_in("case-manager")

    for page in ("one", "contact", "correct"):
        assert client.post(url(county, page, row), {"on": "no day"}).status_code == 200
    assert client.head(url(county, "one", row)).status_code == 200

    assert Event.objects.filter(verb="participant.viewed").count() == 4


def test_a_follow_up_and_a_joining_that_are_opened_are_logged_too(county: Cast) -> None:
    """R145: they name the person."""
    client = county.sign_in("case-manager")
    asked = a_follow_up(county)
    waits = {"code": placed(county, name="Birch").public_id}

    for name, parts in (("follow-up", asked), ("join", waits)):
        page = reverse(f"people:{name}", args=[county.slug, *parts.values()])
        assert client.get(page).status_code == 200

    seen = Event.objects.filter(verb="participant.viewed").values_list("basis", flat=True)
    assert list(seen) == ["a follow-up", "enrolling someone placed"]


def test_a_colleague_of_another_caseload_finds_nobody(county: Cast) -> None:
    row = enrolled(county)
    name = another(county, "case-manager")

    assert county.sign_in(name).get(url(county, "one", row)).status_code == 404


@pytest.mark.parametrize("contacts", [1, 40])
def test_the_page_asks_the_database_seldom(
    county: Cast, contacts: int, django_assert_max_num_queries: Any
) -> None:
    row = housed(county)
    consented(county, row)
    for number in range(contacts):
        spoken_with(county, row, ago(number))
    client = county.sign_in("case-manager")
    client.get(url(county, "one", row))

    # Twelve, and three pairs of savepoints, which are transactions outside of tests.
    # On PostgreSQL one more waits for the log's lock.
    with django_assert_max_num_queries(18 + (connection.vendor == "postgresql")):
        client.get(url(county, "one", row))


def test_someone_placed_is_enrolled_and_moves_in(county: Cast) -> None:
    code = str(someone_placed(county)["code"])
    said = {
        "on": ago(5).isoformat(),
        "site": "north",
        "case_manager": county.users["case-manager"].public_id,
    }
    post(county, reverse("people:join", args=[county.slug, code]), said)
    row = Enrolment.objects.get()

    post(county, url(county, "move-in", row), {"on": ago(2).isoformat()})

    row.referral.refresh_from_db()
    assert (row.referral.state, row.placements.count()) == ("housed", 1)


def test_a_day_ahead_is_refused_with_all_that_was_written(county: Cast) -> None:
    row = enrolled(county)
    answer = post(county, url(county, "move-in", row), {"on": ago(-1).isoformat()})

    assert "The day has not come yet" in answer.content.decode()
    assert row.placements.count() == 0


def test_a_home_before_the_end_of_the_last_one_is_refused(county: Cast) -> None:
    row = housed(county, on=ago(60))
    by = county.access("case-manager")
    move_out(by=by, placement=row.placements.get(), on=ago(10))

    post(county, url(county, "move-in", row), {"on": ago(58).isoformat()})
    post(county, url(county, "move-in", row), {"on": ago(10), "leased_on": "9999-12-31"})
    post(county, url(county, "move-in", row), {"on": ago(10), "leased_on": "1999-12-31"})
    assert row.placements.count() == 1

    post(county, url(county, "move-in", row), {"on": ago(10), "leased_on": ago(30)})
    assert row.placements.count() == 2


def test_a_contact_before_the_enrolment_is_refused(county: Cast) -> None:
    row = enrolled(county, on=ago(30))

    with pytest.raises(Refusal, match="before the person enrolled"):
        spoken_with(county, row, ago(31))


def test_leaving_is_asked_once_more(county: Cast) -> None:
    row = housed(county)
    said = {"on": ago(1).isoformat(), "kind": "died"}

    first = post(county, url(county, "leave", row), said)
    row.refresh_from_db()
    assert "Look it over first" in first.content.decode() and row.exited_on is None

    post(county, url(county, "leave", row), {**said, "confirmed": "yes"})
    row.refresh_from_db()
    assert (row.exited_on, row.exit_kind) == (ago(1), "died")
    assert row.placements.get().moved_out_on == ago(1)


def test_a_correction_keeps_both_days_and_the_reason_in_the_log(county: Cast) -> None:
    row = housed(county, on=ago(60))
    home = row.placements.get()

    post(
        county,
        url(county, "correct", row),
        {
            "which": f"{home.public_id}-moved_in_on",
            "on": ago(50).isoformat(),
            "reason": "paper",
        },
    )

    home.refresh_from_db()
    event = Event.objects.get(verb="day.corrected")
    assert home.moved_in_on == ago(50)
    assert event.before == {"moved_in_on": ago(60).isoformat()}
    assert event.after == {"moved_in_on": ago(50).isoformat(), "reason": "paper"}


@pytest.mark.parametrize(("field", "days"), [("moved_in_on", 200), ("moved_in_on", None)])
def test_a_correction_puts_no_day_out_of_order(county: Cast, field: str, days: int | None) -> None:
    home = housed(county, on=ago(60)).placements.get()

    with pytest.raises(Refusal):
        correct_day(
            by=county.access("case-manager"),
            row=home,
            field=field,
            on=None if days is None else ago(days),
            reason="typing",
        )
    home.refresh_from_db()
    assert home.moved_in_on == ago(60)


def test_a_follow_up_is_a_closed_loop_that_its_asker_sees(county: Cast) -> None:
    name = another(county, "case-manager")
    row = enrolled(county)
    asked = ask_follow_up(
        by=county.access("case-manager"),
        enrolment=row,
        owner=county.users[name],
        what="Ask the landlord",
        due_on=ago(-2),
    )
    page = url(county, "follow-up", row, asked.public_id)

    county.sign_in(name).post(page, {"came_of_it": "The heater works again"})

    listed = reverse("people:follow-ups", args=[county.slug])
    assert "The heater works again" in county.sign_in("case-manager").get(listed).content.decode()


def test_a_refusal_of_consent_is_kept_and_changes_nothing(county: Cast) -> None:
    row = housed(county)
    before = (row.exited_on, row.placements.count())
    said = {
        "purpose": "To tell my case manager when I am booked into jail or released",
        "recipient": county.organisations["Birch Homes"].name
        if "Birch Homes" in county.organisations
        else next(o.name for o in county.access("case-manager").organisations),
        "is_given": "no",
        "regime": "the contract",
        "form_version": "A-1",
        "language": "spanish",
        "said_on": ago(0).isoformat(),
    }

    post(county, url(county, "consent", row), said)

    row.refresh_from_db()
    kept = Consent.objects.get()
    assert not kept.is_given and not kept.holds(ago(0))
    assert (row.exited_on, row.placements.count()) == before


def test_a_consent_reads_in_the_readers_language(county: Cast) -> None:
    """Also the one that an office ticks, which is worded by this program."""
    row = enrolled(county)
    by = county.access("jail-liaison")
    record_agreement(by=by, participant=row.participant, purpose=TO_REFER, on=ago(1))
    consented(county, row, language="spanish")
    client = county.sign_in("case-manager")

    page = client.get(url(county, "one", row), headers={"accept-language": "es"}).content.decode()

    assert "la palabra de la persona" in page and "página de referencias, 1" in page
    assert "sin indicar" in page and "Español" in page
    assert "own word" not in page and "spanish" not in page.split("<main")[1]


def test_a_consent_is_taken_back_from_a_day(county: Cast) -> None:
    row = enrolled(county)
    given = consented(county, row)

    page = url(county, "withdraw", row, given.public_id)
    post(county, page, {"on": ago(1).isoformat()})

    given.refresh_from_db()
    assert given.holds(ago(2)) and not given.holds(ago(1))


def test_a_draft_outlives_the_session_for_its_writer_alone(county: Cast) -> None:
    row = enrolled(county)
    begun = {"on": ago(1).isoformat(), "kind": "telephone", "note": NOTE}
    post(county, url(county, "draft", row), begun)

    again = county.sign_in("case-manager").get(url(county, "contact", row)).content.decode()

    assert "Likes =SUM tea &lt;b&gt;and" in again
    raw = Draft.objects.values_list("text", flat=True)
    assert raw and Event.objects.filter(verb="draft.begun").count() == 1
    supervisor = another(county, "case-manager")
    membership = county.users[supervisor].memberships.get()
    type(membership).objects.filter(pk=membership.pk).update(is_supervisor=True, site="north")
    seen = county.sign_in(supervisor).get(url(county, "contact", row)).content.decode()
    assert "SUM tea" not in seen


def test_typing_on_leaves_one_line_in_the_log(county: Cast) -> None:
    row = enrolled(county)
    for length in range(1, 4):
        post(county, url(county, "draft", row), {"note": NOTE[:length]})

    assert Event.objects.filter(verb="draft.begun").count() == 1
    assert not Event.objects.filter(verb="participant.viewed").exists()
    assert Draft.objects.get().fields["note"] == NOTE[:3]


def test_without_scripts_a_button_keeps_the_draft_and_logging_ends_it(county: Cast) -> None:
    row = enrolled(county)
    page = url(county, "contact", row)
    post(county, page, {"note": NOTE, "keep": "yes"})
    assert Draft.objects.count() == 1

    said = {"on": ago(0).isoformat(), "kind": "visit", "is_reached": "yes", "note": NOTE}
    post(county, page, said)

    assert (Draft.objects.count(), Contact.objects.get().note) == (0, NOTE)


@pytest.mark.parametrize(("language", "heading"), [("en", "Your rights"), ("es", "Sus derechos")])
def test_rights_are_printed_in_the_persons_language(
    county: Cast, language: str, heading: str
) -> None:
    page = reverse("people:rights", args=[county.slug])
    html = county.sign_in("case-manager").get(page, {"language": language}).content.decode()

    assert heading in html and "style=" not in html


def test_the_page_of_rights_says_what_is_kept_here_and_who_reads_it_by_name(county: Cast) -> None:
    """R147: it is made of the roles that are held, and leaves no question for the parties."""
    page = reverse("people:rights", args=[county.slug])

    told = county.sign_in("case-manager").get(page, {"language": "en"}).content.decode()

    assert "your Social Security number" in told and "stays in jail" in told
    provider = county.access("case-manager").organisations[0].name
    assert f"{provider}: your name, your telephone and address and notes about you" in told
    assert f"Alder Jail of {county.slug}, only if it referred you" in told
    assert f"Ivy Data Desk of {county.slug}: your name" in told
    assert "You are served all the same." in told and "Not agreed yet" not in told
    assert "Not known yet" not in told and "not known yet" not in told
    assert f"Kale Voices of {county.slug}" in told
