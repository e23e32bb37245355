"""The feeds that are recorded here, written out up to the day through which the deal reads them.

A deal says of each feed through which day it is complete. What happened later is not in the extract
of that day: it comes with the next one, once the deal reads on.
"""

from __future__ import annotations

import csv
import io
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path

from payforsuccess.deal.data import DataSource
from payforsuccess.deal.deal import Deal
from payforsuccess.web.initiatives.models import Initiative
from payforsuccess.web.people.extracts import IDENTIFIERS, write_homes, write_register
from payforsuccess.web.referrals.lottery import arms_of
from payforsuccess.web.referrals.models import Referral

REGISTER, HOMES = "programme-enrolments", "housing-subsidy"
Line = dict[str, str]


def own_feeds(initiative: Initiative) -> tuple[DataSource, ...]:
    """The deal's feeds whose source is this application; none before anyone is referred here."""
    sources = [s for s in initiative.deal.data if s.layout in (REGISTER, HOMES)]
    if not sources or not Referral.objects.filter(initiative=initiative).exists():
        return ()
    return tuple(sources)


def write_own_feeds(initiative: Initiative) -> tuple[str, ...]:
    """Write them where the deal looks for them, each file whole; their names."""
    sources = own_feeds(initiative)
    for source in sources:
        to = initiative.path / source.path
        with tempfile.TemporaryDirectory(dir=initiative.path, prefix=".feeds-") as beside:
            made = Path(beside) / to.name
            if source.layout == REGISTER:
                named = names_in(initiative.deal, source)
                write_register(initiative, made, arms=arms_of(initiative), identifiers=named)
                _cut(made, register_through(source.complete_through))
            else:
                write_homes(initiative, made)
                _cut(made / "leases.csv", homes_through(source.complete_through))
            _put(made, to)
    return tuple(source.feed for source in sources)


def names_in(deal: Deal, source: DataSource) -> tuple[str, ...]:
    """The identifiers that a feed of ours carries: none, but where the deal matches people by name.

    Then they are those that the agreement on the feed permits.
    """
    linkage, agreement = deal.linkage, source.agreement
    if linkage is None or linkage.method != "names" or agreement is None:
        return ()
    if source.feed not in (linkage.anchor, *linkage.feeds):
        return ()
    return tuple(name for name in IDENTIFIERS if name in agreement.permitted_columns)


def register_through(through: date) -> Callable[[Line], Line | None]:
    """The rows of the register as they stood at the end of a day: what came later is not there."""

    def cut(line: Line) -> Line | None:
        if _is_after(line["referred_on"], through) or _is_after(line["assigned_on"], through):
            return None
        return _without_later(line, ("enrolled_on", "exited_on", "eligible_on", "accepted_on"))

    def _without_later(line: Line, days: Iterable[str]) -> Line:
        later = {name: "" for name in days if _is_after(line[name], through)}
        return {**line, **later}

    return cut


def homes_through(through: date) -> Callable[[Line], Line | None]:
    """The rows of homes as they stood at the end of a day."""

    def cut(line: Line) -> Line | None:
        if _is_after(line["moved_in_on"], through):
            return None
        if _is_after(line["moved_out_on"], through):
            return {**line, "moved_out_on": "", "moved_out_to": ""}
        return line

    return cut


def _is_after(text: str, day: date) -> bool:
    return bool(text) and date.fromisoformat(text) > day


def _cut(path: Path, keep: Callable[[Line], Line | None]) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        kept = [line for each in reader if (line := keep(each)) is not None]
        columns = list(reader.fieldnames or ())
    path.write_text(_text(columns, kept), "utf-8")


def _text(columns: list[str], lines: Iterable[Mapping[str, str]]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(lines)
    return text.getvalue()


def _put(made: Path, to: Path) -> None:
    """Each file takes the place of the one before it; what else lies in a folder stays."""
    if made.is_file():
        to.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        made.chmod(0o600)
        os.replace(made, to)
        return
    to.mkdir(mode=0o700, parents=True, exist_ok=True)
    for file in sorted(made.iterdir()):
        file.chmod(0o600)
        shutil.move(file, to / file.name)
