"""An initiative whose people were matched once, with pairs that wait for two people."""

from __future__ import annotations

import shutil
from pathlib import Path

from django.conf import settings

from payforsuccess.deal.deal import Deal
from payforsuccess.runs.link.link import link_people
from payforsuccess.store import open_store
from tests.lib.deals import PARTIES
from tests.lib.folders import write_deal
from tests.lib.linking import a_linked_deal, a_snapshot, two_feeds
from tests.web.cast import EMPLOYERS, Cast, make_cast

REVIEWERS = EMPLOYERS["link-reviewer"]


def match_once(folder: Path, *, records: int = 60) -> Path:
    """A deal's folder in which nearly every pair waits."""
    plain = a_linked_deal(review={"from": "0.05", "to": "0.999"})
    parties = [*PARTIES, {"name": REVIEWERS, "roles": ["adviser"]}]
    stated = plain.model_dump(by_alias=True, exclude_none=True)
    deal = Deal.model_validate({**stated, "parties": parties})
    write_deal(folder / "deal.yaml", deal)
    out = folder / "out"
    with open_store() as store:
        snapshot = a_snapshot(out, store, *two_feeds(records).values())
        link_people(deal, snapshot, store=store, folder=out / "links")
    return folder


def a_matched_cast(matched: Path, slug: str = "matched") -> Cast:
    """The initiative on a copy of a matched folder."""
    home = Path(settings.DEALS) / slug
    if home.exists():
        shutil.rmtree(home)
    shutil.copytree(matched, home)
    return make_cast(slug, "Homes matched", home)
