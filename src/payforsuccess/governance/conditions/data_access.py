"""Data: access to each source with its critical path, and the systems they come from (R92, R95)."""

from __future__ import annotations

from collections.abc import Iterator

from payforsuccess.deal.words.phrases import counted
from payforsuccess.errors import Finding, Problem
from payforsuccess.governance.conditions.condition import Condition, Met, Theme, Unmet
from payforsuccess.governance.critical_path import DataPath, circles_in, data_path
from payforsuccess.governance.facts import Facts
from payforsuccess.governance.initiative.agreements import System


def path_on(facts: Facts) -> DataPath | None:
    """The critical path on the day; None where sources wait for each other."""
    accesses = facts.initiative.data_access
    return None if circles_in(accesses) else data_path(accesses, on=facts.on)


def days_beyond(system: System, facts: Facts) -> int:
    """How many days a system is older than its interval; 0 where it is not, or never told."""
    last = system.last_refreshed_on
    if last is None:
        return 0
    return max((facts.on - last).days - system.refreshed_every_days, 0)


def told_of(path: DataPath) -> str:
    """The critical path as a sentence; empty once every file is there."""
    if all(one.is_here for one in path.sources):
        return ""
    chain = ", then ".join(path.chain) if path.chain else "it cannot be told"
    untold = f" Nobody said how long these take: {', '.join(path.untold)}." if path.untold else ""
    if path.ready_on is not None:
        return (
            f"The critical path to data: {chain}; the last file on {path.ready_on} at the earliest."
        )
    return f"The critical path to data, as far as it is known: {chain}.{untold}"


def _agreed(facts: Facts) -> Met | Unmet:
    accesses = facts.initiative.data_access
    if not accesses:
        return Unmet(
            "No source of data is on file.",
            "State holder, law, agreement needed and status of each under `data_access`.",
        )
    open_ = [
        number for number, each in enumerate(accesses) if each.status not in ("signed", "received")
    ]
    if open_:
        listed = ", ".join(f"{accesses[at].source} ({accesses[at].status})" for at in open_)
        return Unmet(
            f"Access is not agreed: {listed}.",
            "Have the agreement signed; `pfs registers` shows the critical path.",
            facts.initiative.place_of("data_access", open_[0]),
        )
    sources = "the one source" if len(accesses) == 1 else f"all {len(accesses)} sources"
    return Met(f"access to {sources} is agreed")


def _problems(facts: Facts) -> Iterator[Problem]:
    initiative = facts.initiative
    accesses = initiative.data_access
    names = [each.source for each in accesses]
    circles = circles_in(accesses)
    for number, each in enumerate(accesses):
        where = initiative.place_of("data_access", number)
        for name in each.waits_for:
            if name not in names:
                yield Problem(
                    f"{each.source} waits for `{name}`, which is no source on file.",
                    f"Name one of: {', '.join(names)}.",
                    where,
                )
        if each.source in circles:
            yield Problem(
                f"{each.source} waits for itself, by way of what it waits for.",
                "Take one of the waits out.",
                where,
            )
        if each.asked_on and each.first_file_on and each.first_file_on < each.asked_on:
            yield Problem(
                f"The first file of {each.source} came before it was asked for.",
                "Correct a day.",
                where,
            )
        if (each.status == "received") != (each.first_file_on is not None):
            yield Problem(
                f"{each.source} is `{each.status}`, and the day of the first file "
                + ("is given." if each.first_file_on else "is not given."),
                "Write `received` with `first_file_on`, or neither.",
                where,
            )


def _findings(facts: Facts) -> Iterator[Finding]:
    initiative = facts.initiative
    path = path_on(facts)
    if path is not None and initiative.data_access:
        said = told_of(path)
        if said:
            yield Finding("data-access", said, initiative.place_of("data_access"))
    for number, system in enumerate(initiative.systems):
        where = initiative.place_of("systems", number)
        beyond = days_beyond(system, facts)
        if system.last_refreshed_on is None:
            yield Finding("systems", f"Nobody said when {system.name} was last refreshed.", where)
        elif beyond:
            yield Finding(
                "systems",
                f"{system.name} is {counted(beyond, 'day')} older than its interval of "
                f"{counted(system.refreshed_every_days, 'day')}.",
                where,
            )


THEME = Theme(
    "data-access",
    (
        Condition(
            "data-access-agreed",
            ("R95",),
            "Access to every source of data is agreed.",
            _agreed,
        ),
    ),
    _problems,
    _findings,
)
