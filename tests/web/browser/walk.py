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
BY_LOT = "/coaching-by-lot"
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
    page.select_option("[name=fact_home]", "none")
    page.get_by_text("The person knows of this referral", exact=False).click()
    visit.press("Look it over")


def jail_sends(visit: Visit) -> None:
    visit.press("Send the referral")


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
    visit.follow(visit.page.get_by_role("link", name="Lark Newcomer"))


def case_looks_at_today(visit: Visit) -> None:
    visit.sign_in("case")


def opens_a_person(visit: Visit) -> None:
    visit.follow(visit.page.locator("main table tbody a").first)


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
    visit.press("Check all of it now")


def board_opens(visit: Visit) -> None:
    visit.sign_in("board")


def board_asks_for_the_look(visit: Visit) -> None:
    visit.press("Read the look")


def reviews(visit: Visit, who: str) -> None:
    visit.sign_in(who)
    visit.press("Look at the next pair")


def one_reviews(visit: Visit) -> None:
    reviews(visit, "reviewer")


def says_one_person(visit: Visit) -> None:
    visit.page.get_by_text("One person", exact=True).first.click()
    visit.press("Keep my answer")


def another_agrees(visit: Visit) -> None:
    reviews(visit, "reviewer2")
    says_one_person(visit)


def desk_closes(visit: Visit) -> None:
    visit.sign_in("data")
    visit.go(f"{BY_LOT}/data/matches/")
    visit.press("Close the decisions")
    visit.page.get_by_text("The results are due by the contract").click()
    visit.press("Close the decisions")


def validator_weighs(visit: Visit) -> None:
    visit.sign_in("validator")
    visit.go(f"{BY_LOT}/data/risk/")


def releases_opens(visit: Visit) -> None:
    visit.sign_in("releases")
    visit.press("Open the referral")
    visit.press("Ask for the draw")


def releases_draws(visit: Visit) -> None:
    visit.page.get_by_text("The person was told how chance decides", exact=False).click()
    visit.press("Ask for the draw")


def payor_sees_the_standing(visit: Visit) -> None:
    visit.sign_in("payor")
    visit.go(f"{SLUG}/overview/")


def payor_reads_the_amendment(visit: Visit) -> None:
    visit.go(f"{SLUG}/amendments/")
    visit.follow(visit.page.locator("main table tbody a").first)


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
    Step(auditor_pays, "It is paid.", "paid"),
    Step(follows_the_dollar, "How the amount was computed", "line"),
    Step(checks_the_chain, "All of the log is being checked", "log"),
    Step(payor_sees_the_standing, "On or off track", "standing"),
    Step(payor_reads_the_amendment, "Waits for consents", "amendment"),
    Step(releases_opens, "cannot be looked at first", "draw"),
    Step(releases_draws, "is no condition of a plea"),
    Step(board_opens, "first-look", "looks"),
    Step(board_asks_for_the_look, "Pass nothing on"),
    Step(one_reviews, "Are these one person?", "pair"),
    Step(says_one_person, "A second person decides without seeing it"),
    Step(another_agrees, "Two people agree"),
    Step(desk_closes, "The decisions are closed"),
    Step(validator_weighs, "Least it could be", "risk"),
)
