"""What pages of counts showed month by month, so that no two months or pages tell of a few people.

Each month's counts are recorded as given out when they are first shown, in a register beside the
deal that holds hidden numbers and is private. All pages have one register, since a reader has them
all. Against the three months before it, and what other pages showed last, a month is protected as a
whole, sums and all; against those before them count by count, since what could be worked out from
ever more tables takes ever longer to tell.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from payforsuccess.disclosure import Facts, Release, suppress_next
from payforsuccess.errors import Refusal
from payforsuccess.runs.files import locked, read_json
from payforsuccess.runs.measure.releases import Given, releases_of, write_release
from payforsuccess.web.initiatives.models import Initiative

KIND = "referral-flow"
WHOLE = 3
"""How many months back a table is held against as a whole."""
BESIDE = 2
"""How many of the last tables of other pages it is held against as a whole."""


def released(
    initiative: Initiative,
    count: Callable[[], Facts],
    *,
    as_of: date,
    threshold: int,
    kind: str = KIND,
) -> Release:
    """What may be shown of a month: what was shown already, or what may be beside all before.

    count: what works out the counts, asked when a month is first looked at. kind: of which page;
    what one page shows, another must not tell. Nothing is shown where the register was changed
    after it was written, and nothing is recorded of a month without a count.
    """
    folder = register_of(initiative)
    with locked(folder / "writing"):
        try:
            earlier = releases_of(folder)
        except Refusal:
            return Release({}, frozenset(count().cells), {})
        given = [_page(path) for path in sorted(folder.glob("[0-9][0-9][0-9][0-9]-*.json"))]
        if (kind, as_of) in given:
            return earlier[given.index((kind, as_of))][1]
        facts = count()
        if not facts.cells:
            return Release({}, frozenset(), {})
        own = [at for at, (page, _) in enumerate(given) if page == kind][-WHOLE:]
        others = [at for at, (page, _) in enumerate(given) if page != kind][-BESIDE:]
        beside = sorted((*own, *others))
        older = [each for at, each in enumerate(earlier) if at not in beside]
        near = _near(facts, older, threshold)
        whole = replace(facts, never_shown=facts.never_shown | near, first=facts.first - near)
        release = suppress_next([earlier[at] for at in beside], whole, threshold=threshold)
        write_release(folder, kind, whole, release, as_of=as_of)
    return release


def register_of(initiative: Initiative) -> Path:
    """Where the one register of an initiative's pages lies, named after the first of them."""
    return initiative.path / "out" / f"private-register-of-{KIND}-{initiative.public_id}"


def _near(facts: Facts, earlier: Sequence[Given], threshold: int) -> frozenset[str]:
    """The counts that are a few away from one that was shown, and would tell of those few."""
    return frozenset(
        name
        for name, cell in facts.cells.items()
        for _, release in earlier
        if name in release.shown and 1 <= abs(cell.value - release.shown[name]) <= threshold
    )


def _page(path: Path) -> tuple[str, date]:
    """Of which page a release is, and as of which day."""
    plain = read_json(path)
    assert isinstance(plain, dict)
    release = plain["release"]
    return str(release["kind"]), date.fromisoformat(release["as_of"])
