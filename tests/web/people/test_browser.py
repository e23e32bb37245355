"""People's pages in a browser: open to all on desk and phone, by keyboard, drafts kept, quiet."""

from __future__ import annotations

from urllib.parse import parse_qsl

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Page, Route

from payforsuccess.web.people.actions import ask_follow_up, report_harm, report_wrong_record
from payforsuccess.web.people.basis import TELL_BOOKINGS
from payforsuccess.web.people.models import Draft, Enrolment
from tests.web.cast import Cast
from tests.web.looking import SITE, STICKING_OUT, a_page, answer_with, given_to
from tests.web.people.cases import ago, consented, enrolled, housed, placed, spoken_with

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.needs(program="chromium", package="chromium"),
]
HOSTILE = "<script>alert('x')</script>"


def a_caseload(county: Cast) -> Enrolment:
    """Someone with everything that a page can show, and others beside."""
    by = county.access("case-manager")
    row = housed(county, name=f"Ortega-{HOSTILE}", on=ago(80), enrolled_on=ago(90))
    spoken_with(county, row, ago(40))
    spoken_with(county, row, ago(3), is_reached=False)
    consented(county, row)
    consented(county, row, purpose=TELL_BOOKINGS, is_given=False)
    ask_follow_up(by=by, enrolment=row, owner=by.user, what=f"Call {HOSTILE}", due_on=ago(1))
    report_wrong_record(
        by=by, enrolment=row, feed="housing", what=HOSTILE, should_be="right", on=ago(4)
    )
    enrolled(county, name="Aster")
    placed(county, name="Birch")
    report_harm(by=by, kind="incident", on=ago(4), says=HOSTILE, stops_service=True)
    return row


def pages_of(county: Cast, row: Enrolment) -> list[str]:
    """The addresses looked at."""
    own = ("one", "contact", "consent", "correct", "leave", "wrong", "reach", "move-out", "ask")
    common = ("today", "follow-ups", "joining", "hand-over", "harm", "report-harm", "rights")
    return [
        *(reverse(f"people:{name}", args=[county.slug]) for name in common),
        *(reverse(f"people:{name}", args=[county.slug, row.public_id]) for name in own),
    ]


def heard(page: Page) -> list[str]:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("dialog", lambda dialog: said.append(dialog.message))
    return said


def looked_at(county: Cast, row: Enrolment, names: tuple[str, ...]) -> None:
    """Open to all at 1280 and 360, nothing sticking out at 320, and not a word in the console."""
    paths = [path for path in pages_of(county, row) if not names or path.endswith(names)]
    given = given_to(county.sign_in("case-manager"), paths)
    wrong: list[object] = []
    with a_page() as page:
        said = heard(page)
        answer_with(page, given)
        for path in given:
            for width in (1280, 360):
                page.set_viewport_size({"width": width, "height": 900})
                page.goto(SITE + path)
                found = Axe().run(page).response["violations"]
                wrong += [(path, width, each["id"], each["nodes"][0]["html"]) for each in found]
            page.set_viewport_size({"width": 320, "height": 700})
            wrong += [(path, out) for out in page.evaluate(STICKING_OUT)]

    assert (wrong, said) == ([], [])


def test_todays_pages_are_open_to_all_and_quiet(county: Cast) -> None:
    row = a_caseload(county)
    looked_at(county, row, ("/people/", f"/{row.public_id}/"))


@pytest.mark.deep
def test_every_page_is_open_to_all_and_quiet(county: Cast) -> None:
    looked_at(county, a_caseload(county), ())


def test_on_a_phone_someone_has_three_fields(county: Cast) -> None:
    row = a_caseload(county)
    path = reverse("people:today", args=[county.slug])
    given = given_to(county.sign_in("case-manager"), [path])
    with a_page() as page:
        answer_with(page, given)
        page.set_viewport_size({"width": 360, "height": 800})
        page.goto(SITE + path)
        shown = page.locator(".ppl-table tbody tr").first.locator("th, td")
        fields = [each.is_visible() for each in shown.all()]

    assert fields.count(True) == 3 and row.pk


def test_people_are_chosen_and_logged_by_keyboard_alone(county: Cast) -> None:
    a_caseload(county)
    path = reverse("people:today", args=[county.slug])
    given = given_to(county.sign_in("case-manager"), [path])
    sent: list[str] = []
    with a_page() as page:
        answer_with(page, given)
        page.goto(SITE + path)
        page.route("**/contacts/", lambda route: _kept(route, sent))
        page.locator(".ppl-choose").first.focus()
        page.keyboard.press("Space")
        while page.evaluate("document.activeElement.textContent").strip() != "Log the contact":
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_timeout(300)

    said = parse_qsl(sent[0])
    assert [name for name, _value in said].count("who") == 1
    assert dict(said)["kind"] == "visit"


def test_a_note_keeps_itself_while_it_is_written(county: Cast) -> None:
    row = a_caseload(county)
    path = reverse("people:contact", args=[county.slug, row.public_id])
    client = county.sign_in("case-manager")
    given = given_to(client, [path])
    sent: list[str] = []
    with a_page() as page:
        answer_with(page, given)
        page.route("**/draft/", lambda route: _kept(route, sent))
        page.goto(SITE + path)
        page.locator("#id_note").press_sequentially("The heater is broken")
        page.get_by_text("Kept as a draft").wait_for(timeout=5000)

    client.post(f"{path}draft/", dict(parse_qsl(sent[-1])))
    assert Draft.objects.get().fields["note"] == "The heater is broken"


def test_a_note_stays_where_it_is_when_the_session_has_ended(county: Cast) -> None:
    """The sentence stands beside it, and nobody takes the session for alive."""
    row = a_caseload(county)
    path = reverse("people:contact", args=[county.slug, row.public_id])
    given = given_to(county.sign_in("case-manager"), [path])
    with a_page() as page:
        answer_with(page, given)
        page.route(
            "**/draft/",
            lambda route: route.fulfill(status=401, body="Your session has ended."),
        )
        page.goto(SITE + path)
        page.evaluate("document.getElementById('session').hidden = false")
        page.locator("#id_note").press_sequentially("The heater is broken")
        page.locator("#kept", has_text="Your session has ended.").wait_for(timeout=5000)

        assert page.locator("#id_note").input_value() == "The heater is broken"
        assert page.evaluate("document.getElementById('session').hidden") is False


def _kept(route: Route, sent: list[str]) -> None:
    sent.append(route.request.post_data or "")
    route.fulfill(body="Kept as a draft", content_type="text/html")
