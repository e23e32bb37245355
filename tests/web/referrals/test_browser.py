"""The pages of referrals in a browser: open to all, on a desk and on a phone, and quiet."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone

from payforsuccess.web.referrals.actions import acknowledge, change_state, note_release, say
from payforsuccess.web.referrals.models import Referral
from tests.web.cast import Cast
from tests.web.looking import SITE, STICKING_OUT, a_page, answer_with, given_to
from tests.web.referrals.counties import by_answer, by_lot, referred

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.needs(program="chromium", package="chromium"),
]


def some_referrals(cast: Cast) -> dict[str, Referral]:
    """One of each kind that pages show in another way."""
    worker, liaison = cast.access("case-manager"), cast.access("jail-liaison")
    today = timezone.localdate()
    made = {
        name: referred(cast, given=name, family="Ortega", **more)  # type: ignore[arg-type]
        for name, more in {
            "Waits": {"hearing_on": today + timedelta(days=3)},
            "Unclear": {"facts": {}},
            "Housed": {"facts": {"homeless": "no"}},
            "Unmet": {},
            "Declined": {},
            "Placed": {"release_expected_on": today - timedelta(days=1)},
            "Anna": {},
            "Ana": {},
        }.items()
    }
    for name in ("Unmet", "Placed"):
        change_state(by=worker, referral=made[name], to="placed")
    change_state(by=worker, referral=made["Declined"], to="declined", reason="no-place")
    acknowledge(by=worker, referral=made["Unmet"])
    at = timezone.now() - timedelta(hours=80)
    note_release(by=liaison, referral=made["Unmet"], way="at-night", at=at)
    for access, role in ((liaison, "Alder Jail"), (worker, "Cedar Homes")):
        say(
            by=access,
            referral=made["Placed"],
            office=cast.organisations[role],
            text="The door opens at six.",
        )
    return made


def paths(cast: Cast, made: dict[str, Referral]) -> dict[str, list[str]]:
    base = f"/{cast.slug}/referrals/"

    def of(name: str, end: str = "") -> str:
        return f"{base}{made[name].public_id}/{end}"

    office = [
        base,
        f"{base}new/",
        f"{base}several/",
        f"{base}paper/",
        f"{base}releases/",
        of("Waits"),
        of("Waits", "receipt/"),
        of("Housed", "receipt/"),
        of("Unclear", "facts/"),
        of("Declined"),
        of("Placed"),
        of("Placed", "hearing/"),
        of("Placed", "release/"),
    ]
    worker = [base, of("Waits"), of("Unmet"), of("Waits", "answer/"), f"{base}flow/"]
    return {
        "jail-liaison": office,
        "case-manager": worker,
        "link-reviewer": [f"{base}same-person/"],
    }


def looked_at(
    cast: Cast, visits: dict[str, list[str]], keep: Callable[[str, str, int], Path] | None = None
) -> None:
    given = {role: given_to(cast.sign_in(role), urls) for role, urls in visits.items()}
    with a_page() as page:
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        for role, pages in given.items():
            answer_with(page, pages)
            for url in pages:
                for width in (1280, 360):
                    page.set_viewport_size({"width": width, "height": 900})
                    page.goto(SITE + url)
                    if keep:
                        page.screenshot(path=keep(role, url, width), full_page=True)
                    found = Axe().run(page).response["violations"]
                    told = [
                        (rule["id"], [n["html"][:120] for n in rule["nodes"]]) for rule in found
                    ]
                    assert told == [], (role, url, width)
                    assert page.evaluate(STICKING_OUT) == [], (role, url, width)
        assert said == []


def kept_in(folder: str) -> Callable[[str, str, int], Path] | None:
    if not folder:
        return None

    def keep(role: str, url: str, width: int) -> Path:
        name = "-".join((role, *url.strip("/").split("/")[1:], str(width)))
        return Path(folder) / f"{name}.png"

    return keep


def test_each_page_is_open_to_all() -> None:
    cast = by_answer()
    looked_at(cast, paths(cast, some_referrals(cast)), kept_in(os.environ.get("PFS_SHOTS", "")))


def test_the_page_of_the_draw_is_open_to_all(tmp_path: Path) -> None:
    cast = by_lot(tmp_path)
    url = f"/{cast.slug}/referrals/{referred(cast).public_id}/"
    looked_at(
        cast, {"jail-liaison": [url, f"{url}draw/"]}, kept_in(os.environ.get("PFS_SHOTS", ""))
    )
