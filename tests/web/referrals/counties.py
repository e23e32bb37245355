"""Initiatives on which referrals are tried: one whose provider answers, one in which chance."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from payforsuccess.web.referrals.actions import Circumstances, Person, refer
from payforsuccess.web.referrals.lottery import custody
from payforsuccess.web.referrals.models import Referral
from tests.lib.deals import a_deal
from tests.lib.folders import write_deal
from tests.lib.sealed import INITIATIVE, PARTIES, WORDS, Sealed, an_open_lottery
from tests.web.cast import EMPLOYERS, Cast, make_cast

RULE: dict[str, object] = {
    "says": "Adults leaving jail without a home",
    "start_event": "the day of release",
    "eligible": [
        {"field": "age", "test": "at-least", "value": "18", "clause": "Section 2"},
        {"field": "homeless", "test": "is", "value": "yes", "clause": "Section 2"},
    ],
    "head_count": {"least": "0", "most": "40"},
}
FOR_LONG = INITIATIVE.replace("expires_on: 2026-12-31", "expires_on: 2099-12-31")
IN_CUSTODY = FOR_LONG.replace(
    "  anyone_in_custody: false\n",
    "  anyone_in_custody: true\n  custody_basis: Subpart C, category 2 (made up)\n",
)
HOMELESS = {"homeless": "yes"}
FROM_PRISON = {"released-to-county": "yes"}


def put_away(slug: str) -> Path:
    """The folder of an initiative, empty."""
    home = Path(settings.DEALS) / slug
    shutil.rmtree(home, ignore_errors=True)
    return home


def by_answer(rule: dict[str, object] = RULE) -> Cast:
    """A county whose provider answers each referral; its rule asks for age and home."""
    home = put_away("answers")
    write_deal(home / "deal.yaml", a_deal(people=rule))
    return make_cast("answers", "Homes by Answer")


def by_lot(tmp: Path, *, initiative: str = IN_CUSTODY) -> Cast:
    """A county in which a sealed lottery decides, with both shares in custody of the server."""
    sealed = an_open_lottery(tmp, initiative=initiative)
    home = put_away("lots")
    shutil.copytree(sealed.deal, home)
    cast = make_cast("lots", "Coaching by Lot")
    keep_shares(cast, sealed)
    return cast


def keep_shares(cast: Cast, sealed: Sealed) -> None:
    """Each holder puts its share and its passphrase where the server finds them."""
    kept = custody(cast.initiative)
    shutil.rmtree(kept, ignore_errors=True)
    kept.mkdir(parents=True)
    for holder in PARTIES:
        (kept / f"{holder}.share").write_bytes(sealed.share(holder).read_bytes())
        (kept / f"{holder}.words").write_text(WORDS[holder] + "\n", "utf-8")
        for end in ("share", "words"):
            (kept / f"{holder}.{end}").chmod(0o600)


def referred(
    cast: Cast,
    *,
    role: str = "jail-liaison",
    given: str = "Sam",
    family: str = "Rowan",
    born: date = date(1990, 2, 3),
    facts: dict[str, str] | None = None,
    **more: object,
) -> Referral:
    """Someone referred by the office of a role."""
    release = timezone.localdate() + timedelta(days=5)
    said: dict[str, object] = {"release_expected_on": release, **more}
    return refer(
        by=cast.access(role),
        office=cast.organisations[EMPLOYERS[role]],
        person=Person(given, family, born),
        circumstances=Circumstances(
            "jail" if role == "jail-liaison" else "court",
            facts=facts if facts is not None else {**HOMELESS, **FROM_PRISON},
            **said,  # type: ignore[arg-type]
        ),
    )
