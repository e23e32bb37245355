"""The walk of the tutorial, from a referral in the jail to a paid statement, as steps to press.

The tutorial's page tells the same in words; a test walks it, and `python -m tests.web.pictures`
takes its pictures on the way.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from tests.web.browser.visit import Visit

SLUG = "/homes-from-jail"
WAITING = 5
"""The period whose results nobody signed yet."""


@dataclass(frozen=True)
class Step:
    """What is done, what then stands on the page, and the name of its picture."""

    walk: Callable[[Visit], None]
    then: str
    picture: str = ""


def a_day() -> date:
    """Today where the county is."""
    return datetime.now(ZoneInfo("America/Los_Angeles")).date()


def jail_opens(visit: Visit) -> None:
    visit.sign_in("jail")


def jail_fills(visit: Visit) -> None:
    visit.press("Refer someone")
    page = visit.page
    for name, text in (
        ("given_name", "Lark"),
        ("family_name", "Newcomer"),
        ("born_on", "1990-05-17"),
        ("release_expected_on", (a_day() + timedelta(2)).isoformat()),
        ("fact_jail-stays-in-two-years", "3"),
    ):
        page.fill(f"[name={name}]", text)
    page.get_by_text("Jail", exact=True).last.click()
    page.select_option("[name=fact_home]", "none")
    page.get_by_text("The person knows of this referral", exact=False).click()
    visit.press("Look it over")


def jail_sends(visit: Visit) -> None:
    visit.press("Send the referral")
    visit.page.wait_for_url("**/receipt/")


def code_of(visit: Visit) -> str:
    """The code on the receipt, which the address has too."""
    return visit.page.url.rstrip("/").split("/")[-2]


def case_answers(visit: Visit) -> None:
    code = code_of(visit)
    visit.sign_in("supervisor")
    visit.go(f"{SLUG}/referrals/{code}/")
    visit.press("Answer")
    visit.page.get_by_text("Placed", exact=True).last.click()
    visit.press("Keep it")


def case_enrols(visit: Visit) -> None:
    visit.sign_in("case")
    visit.go(f"{SLUG}/people/joining/")
    visit.page.get_by_role("link", name="Lark Newcomer").click()


def case_looks_at_today(visit: Visit) -> None:
    visit.sign_in("case")


def opens_a_person(visit: Visit) -> None:
    visit.page.locator("main table tbody a").first.click()


def payment(visit: Visit, who: str) -> None:
    visit.sign_in(who)
    visit.go(f"{SLUG}/payments/{WAITING}/")


def evaluator_looks(visit: Visit) -> None:
    payment(visit, "evaluator")


def evaluator_signs(visit: Visit) -> None:
    visit.press("Sign the results")
    visit.press("Sign the results")


def coordinator_states(visit: Visit) -> None:
    payment(visit, "coordinator")
    visit.press("Issue the statement")
    visit.press("Issue the statement")


def county_approves(visit: Visit) -> None:
    payment(visit, "payor")
    visit.press("Approve the payment")
    visit.press("Approve the payment")


def state_approves(visit: Visit) -> None:
    payment(visit, "state")
    visit.press("Approve the payment")
    visit.press("Approve the payment")


def auditor_pays(visit: Visit) -> None:
    payment(visit, "auditor")
    visit.press("Enter the warrant")
    visit.page.fill("[name=reference]", "W-2026-005")
    visit.press("Enter the warrant")


def follows_the_dollar(visit: Visit) -> None:
    visit.press("homes")


def checks_the_chain(visit: Visit) -> None:
    visit.go(f"{SLUG}/audit/")
    visit.press("Check the chain")
    visit.press("Check it now")


WALK = (
    Step(jail_opens, "Refer someone", "referrals"),
    Step(jail_fills, "Nothing is sent yet", "look-it-over"),
    Step(jail_sends, "What happens next", "receipt"),
    Step(case_answers, "Placed"),
    Step(case_enrols, "Enrol", "enrol"),
    Step(case_looks_at_today, "Gone quiet", "today"),
    Step(opens_a_person, "Your look at this page is logged", "person"),
    Step(evaluator_looks, "Results measured", "results"),
    Step(evaluator_signs, "The results are signed"),
    Step(coordinator_states, "The statement is issued", "statement"),
    Step(county_approves, "Your approval is on record"),
    Step(state_approves, "Your approval is on record"),
    Step(auditor_pays, "All is done for this period", "paid"),
    Step(follows_the_dollar, "How the amount was computed", "line"),
    Step(checks_the_chain, "whole", "log"),
)
