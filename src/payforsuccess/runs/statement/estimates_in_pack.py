"""What an auditor's pack holds of the estimates behind a statement."""

from __future__ import annotations

from collections.abc import Sequence

from payforsuccess.reports.spreadsheet import csv_text
from payforsuccess.reports.statement_effects import effect_sentences
from payforsuccess.runs.files import read_bytes
from payforsuccess.runs.statement.estimate_behind import EstimateBehind
from payforsuccess.runs.statement.estimate_people import EstimatePeople

PEOPLE = "estimate_people.csv"
_COLUMNS = (
    "drawn",
    "person",
    "plan",
    "arm",
    "status",
    "quantity",
    "first_day",
    "last_day",
    "source",
)


def estimate_files(
    behind: Sequence[EstimateBehind], people: EstimatePeople, drawn: Sequence[str]
) -> dict[str, bytes]:
    """The records of each estimate as the run wrote them, and the people of it who were drawn."""
    files = {
        f"estimates/{one.outcome}/{name}": read_bytes(one.run / name)
        for one in behind
        if one.run is not None
        for name in one.files
    }
    place = {key: at for at, key in enumerate(drawn, 1)}
    rows = sorted(
        (
            place[row.person],
            row.person,
            row.plan,
            row.arm,
            row.status,
            row.quantity,
            row.start_on,
            row.last_day,
            row.source,
        )
        for row in people.people
        if row.person in place
    )
    if rows:
        files[PEOPLE] = csv_text(_COLUMNS, rows).encode()
    return files


def estimates_plain(behind: Sequence[EstimateBehind], people: EstimatePeople) -> dict[str, object]:
    """For `pack.json`: plan, estimand, value, rules and checksums of each, and what came again."""
    return {
        "results": [
            {
                "outcome": one.outcome,
                "slot": one.slot,
                "plan": one.plan,
                "says": one.says,
                "estimand": one.estimand,
                "result": one.result.as_plain(),
                "in_words": list(effect_sentences(one.result, minus="-")),
                "run": None if one.run is None else one.run.name,
                "files": [f"estimates/{one.outcome}/{name}" for name in one.files],
                "estimates": [
                    {
                        "plan": each.plan,
                        "fingerprint": each.fingerprint,
                        "evidence": each.evidence,
                    }
                    for each in one.estimates
                ],
            }
            for one in behind
        ],
        "made_again": [{"plan": name, "is_same": same} for name, same in people.remade],
        "people": len({row.person for row in people.people}),
        "people_missing": list(people.missing),
    }


def told_of_estimates(
    behind: Sequence[EstimateBehind], estimated: EstimatePeople, drawn: Sequence[str]
) -> tuple[str, ...]:
    """What the pack holds of the estimates, a sentence each."""
    if not behind:
        return ()
    named = ", ".join(dict.fromkeys(one.plan for one in behind))
    said = [f"It rests on what the plan{'s' if ', ' in named else ''} {named} found."]
    if estimated.people:
        mine = {row.person: row.arm for row in estimated.people if row.person in set(drawn)}
        arms = [
            f"{list(mine.values()).count(arm):,} of {arm}" for arm in sorted(set(mine.values()))
        ]
        said.append(f"Of those drawn, a result in the estimate have: {', '.join(arms) or 'none'}.")
    for name, is_same in estimated.remade:
        if not is_same:
            said.append(f"The estimate of {name} did not come out again from the same records.")
    return (*said, *estimated.missing)
