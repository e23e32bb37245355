"""Wrong records have a list with clocks, and nobody whose worker left stays behind unseen."""

from __future__ import annotations

import pytest
from django.urls import reverse

from payforsuccess.web.accounts.models import Membership
from payforsuccess.web.initiatives.waiting import waiting_for
from tests.lib.deals import PROVIDER
from tests.web.cast import Cast
from tests.web.people.cases import a_wrong_record, ago, enrolled

pytestmark = pytest.mark.django_db


def told(county: Cast, role: str) -> str:
    """What waits for a role, as one text."""
    return " ".join(text for text, _, _ in waiting_for(county.access(role)))


def supervise(county: Cast, site: str) -> None:
    """The auditor's person works for the provider now, as supervisor of a site."""
    member = Membership.objects.get(user=county.users["validator"])
    member.role, member.is_supervisor, member.site = "case-manager", True, site
    member.organisation = county.organisations[PROVIDER]
    member.save()


def test_an_open_report_is_told_to_the_case_manager_and_the_data_desk(county: Cast) -> None:
    """R141."""
    assert "wrong record" not in told(county, "case-manager")
    a_wrong_record(county)

    for role in ("case-manager", "data-steward"):
        assert "Tell the holder of a wrong record by" in told(county, role)
    assert "wrong record" not in told(county, "payor")
    today = county.sign_in("case-manager").get(reverse("people:today", args=[county.slug]))
    assert today.context["lists"]["wrong"] == 1


def test_the_data_desk_lists_reports_without_names_or_words(county: Cast) -> None:
    """R117, R141."""
    a_wrong_record(county)
    url = reverse("people:wrong-records", args=[county.slug])

    own = county.sign_in("case-manager").get(url).content.decode()
    desk = county.sign_in("data-steward").get(url).content.decode()

    assert "Rowan" in own and "Rowan" not in desk
    assert "housing" in desk and "a wrong day" not in desk


def test_who_can_hand_over_is_told_until_nobody_is_left_behind(county: Cast) -> None:
    """R68: the supervisor of the site, and where there is none, the provider and the data desk."""
    row = enrolled(county)
    assert "no case manager any more" not in told(county, "provider") + told(county, "data-steward")
    Membership.objects.filter(user=county.users["case-manager"]).update(until_on=ago(1))

    assert "Ask the data desk" in told(county, "provider")
    assert "Give someone the role" in told(county, "data-steward")

    supervise(county, "north")

    assert "1 person of case-manager of homes has no case manager" in told(county, "validator")
    assert "no case manager" not in told(county, "provider") + told(county, "data-steward")
    today = county.sign_in("validator").get(reverse("people:today", args=[county.slug]))
    assert "has no case manager any more" in today.content.decode()

    row.case_manager = county.users["validator"]
    row.save()
    assert "no case manager" not in told(county, "validator")
