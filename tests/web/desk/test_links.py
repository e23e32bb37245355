"""Uncertain matches: blind reviewers, two for each pair, dollars only once all is closed (R135)."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.urls import reverse

from payforsuccess.errors import Refusal
from payforsuccess.runs.folder import open_folder
from payforsuccess.runs.link.decisions import read_decisions
from payforsuccess.trail import RunInput
from payforsuccess.web.accounts.access import Refused
from payforsuccess.web.accounts.actions import add_member, add_user
from payforsuccess.web.audit.actions import SYSTEM
from payforsuccess.web.audit.models import Event
from payforsuccess.web.desk.actions import close_decisions, decide
from payforsuccess.web.desk.links import Queue, queue_of
from tests.lib.deals import PROVIDER
from tests.lib.run_folders import a_run
from tests.web.cast import Cast, another


def url(county: Cast, name: str, **parts: str) -> str:
    return reverse(f"desk:{name}", kwargs={"initiative": county.slug, **parts})


def waiting(county: Cast) -> Queue:
    return queue_of(county.initiative)


def answered(county: Cast, role: str, code: str, answer: str) -> int:
    page = url(county, "pair", code=code)
    return county.sign_in(role).post(page, {"answer": answer, "reason": ""}).status_code


def test_a_deal_that_matches_nobody_says_so(county: Cast) -> None:
    page = county.sign_in("link-reviewer").get(url(county, "links"))

    assert "This deal matches nobody" in page.content.decode()


def test_a_reviewer_sees_identifiers_and_nothing_else(matched_county: Cast) -> None:
    pair = waiting(matched_county).pairs[0]

    html = (
        matched_county.sign_in("link-reviewer")
        .get(url(matched_county, "pair", code=pair.code))
        .content.decode()
    )

    main = html[html.index("<main") : html.index("</main>")]
    assert "Date of birth" in main or "Family name" in main
    for word in ("referrals", "jail", "score", "$", "USD", "arm", pair.one, pair.other):
        assert word not in main.replace("alarm", "")


def test_looking_at_a_pair_is_logged_without_whose_it_is(matched_county: Cast) -> None:
    pair = waiting(matched_county).pairs[0]
    matched_county.sign_in("link-reviewer").get(url(matched_county, "pair", code=pair.code))

    (event,) = Event.objects.filter(verb="pair.viewed")
    assert event.subject == pair.code and pair.one not in str(event.sealed_content())


def test_two_reviewers_settle_a_pair_and_neither_sees_the_other(matched_county: Cast) -> None:
    second = another(matched_county, "link-reviewer")
    pair = waiting(matched_county).pairs[0]

    assert answered(matched_county, "link-reviewer", pair.code, "same") == 302
    page = matched_county.sign_in(second).get(url(matched_county, "pair", code=pair.code))
    assert "link-reviewer of" not in page.content.decode().split("<main")[1]
    assert answered(matched_county, second, pair.code, "same") == 302

    assert waiting(matched_county).pair(pair.code) is None
    kept = read_decisions(open_folder(matched_county.initiative.path).out / "links")
    assert [one.answer for one in kept] == ["same", "same"]


def test_nobody_decides_a_pair_twice(matched_county: Cast) -> None:
    pair = waiting(matched_county).pairs[0]
    answered(matched_county, "link-reviewer", pair.code, "different")

    assert answered(matched_county, "link-reviewer", pair.code, "same") == 302
    assert Event.objects.filter(verb="pair.decided").count() == 1
    assert Event.objects.filter(verb="pair.viewed").count() == 0
    queue = waiting(matched_county)
    again = queue.pair(pair.code)
    assert again is not None
    with pytest.raises(Refused, match="second person"):
        decide(
            by=matched_county.access("link-reviewer"),
            queue=queue,
            pair=again,
            answer="same",
            reason=None,
        )


def test_who_is_unsure_sees_the_pair_last_and_others_still_decide_it(matched_county: Cast) -> None:
    queue = waiting(matched_county)
    first = queue.for_reviewer("", frozenset())[0]

    assert answered(matched_county, "link-reviewer", first.code, "unsure") == 302

    assert queue.for_reviewer("", frozenset({first.code}))[-1].code == first.code
    assert waiting(matched_county).pair(first.code) is not None


def test_people_of_the_provider_never_review(matched_county: Cast) -> None:
    cast = matched_county
    cast.users["tied"] = add_user(
        by=SYSTEM, username="tied", full_name="Tied", password="a long enough password"
    )
    add_member(
        by=SYSTEM,
        user=cast.users["tied"],
        organisation=cast.organisations[PROVIDER],
        initiative=cast.initiative,
        role="link-reviewer",
        from_on=date(2020, 1, 1),
    )

    assert matched_county.sign_in("tied").get(url(matched_county, "links")).status_code == 403


def measured(county: Cast, name: str, links: str, *, due: int) -> None:
    """A run on a match, with what it told of dollars at risk."""
    run = a_run(
        county.initiative.path,
        name,
        periods=1,
        started_at=f"2028-01-0{name}T08:00:00+00:00",
        inputs=[RunInput("links", "", links)],
    )
    amounts = {"due": due, "least": due, "most": due, "thresholds": []}
    (run / "dollars-at-risk.json").write_text(json.dumps({"currency": "USD", **amounts}))


def test_dollars_at_risk_wait_for_the_decisions_to_close(matched_county: Cast) -> None:
    page = url(matched_county, "risk")
    before = matched_county.sign_in("validator").get(page).content.decode()
    assert "Reviewers still decide" in before

    steward, queue = matched_county.access("data-steward"), waiting(matched_county)
    with pytest.raises(Refusal, match="no reason"):
        close_decisions(by=steward, queue=queue)
    close_decisions(by=steward, queue=queue, reason="no-more-known")

    validator = matched_county.sign_in("validator")
    assert "next measurement" in validator.get(page).content.decode()
    measured(matched_county, "1", "sha256:of another match", due=1_00)
    assert "next measurement" in validator.get(page).content.decode()
    measured(matched_county, "2", waiting(matched_county).links, due=2_00)
    assert "USD 2.00" in validator.get(page).content.decode()
    assert matched_county.sign_in("link-reviewer").get(page).status_code == 403
    pair = waiting(matched_county).pairs[0]
    assert answered(matched_county, "link-reviewer", pair.code, "same") == 404


def test_only_the_data_desk_closes_decisions(matched_county: Cast) -> None:
    page = url(matched_county, "close")

    assert matched_county.sign_in("link-reviewer").get(page).status_code == 403
    steward = matched_county.sign_in("data-steward")
    assert steward.post(page, {"confirmed": "yes"}).status_code == 200  # no reason is given
    assert not Event.objects.filter(verb="decisions.closed").exists()
    assert "Why do you close them while pairs wait?" in steward.get(page).content.decode()
    assert steward.post(page, {"reason": "results-due"}).status_code == 302
    assert Event.objects.filter(verb="decisions.closed").count() == 1
