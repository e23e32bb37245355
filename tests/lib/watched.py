"""A made-up lottery of 120 people in two waves, watched for half a year, with one planned look.

Half of each wave were sent to the arm `coach`. The first sixty started on 1 January 2024: 3 of 30
coached people were booked, and 20 of 30 others. The other sixty started on 1 July 2024 and are seen
to the end of their half year only with data through the year's end: 12 and 15 of 30 were booked.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.lib.deals import CITY, COUNTY, EVALUATOR, PARTIES, a_deal, a_term, an_outcome

BOARD = "Fir Monitoring Board"
MIDDLE, END = "2024-08-31", "2025-01-31"
WAVES = (("2024-01-01", 3, 20), ("2024-07-01", 12, 15))
EACH = 30
LOOK = {"name": "halfway", "on": "2024-07-15", "can_stop": "true", "pays": "false"}
MONITORING = {
    "board": BOARD,
    "bounds": "lan-demets-obrien-fleming",
    "convention": "each-side",
    "level": "5%",
    "people": "120",
}
MEASURE: dict[str, Any] = {
    "kind": "event-count",
    "event": "booking",
    "counts": "days",
    "at_most_each_person": "1",
    "population": {"says": "Everyone in the lottery"},
    "starts_at": "assignment",
    "window": "182 days",
    "on_death": "censor",
    "on_move": "censor",
    "on_custody": "succeed",
    "feeds": ["register", "jail"],
}
PLAN: dict[str, Any] = {
    "says": "The share booked within half a year, everyone as drawn.",
    "design": "randomised",
    "assignment": "individual",
    "arms": {"treated": "coach", "control": "none"},
    "measure": MEASURE,
    "estimand": "itt",
    "estimator": "difference-in-proportions",
    "as": "difference",
    "standard_errors": "unpooled",
    "confidence": "95%",
    "test": "z-pooled",
    "looks": [LOOK],
    "monitoring": MONITORING,
    "decision": {"pays_on": "point-estimate"},
}
POINT = {"name": "final", "determined_by": "2025-06-30"}


def a_watched_deal(
    folder: Path,
    *,
    through: str = MIDDLE,
    plan: dict[str, Any] | None = None,
    others: dict[str, Any] | None = None,
    **changes: Any,
) -> Path:
    """The deal's folder with its feeds; keys of its plan changed, or (None) left out.

    others: more outcomes, by name.
    """
    stated = {key: value for key, value in {**PLAN, **(plan or {})}.items() if value is not None}
    deal = a_deal(
        outcomes={
            "reduction": an_outcome(
                "reduction",
                unit="percentage point",
                tick="0.1",
                rounding="half-up",
                reported_as="point",
                estimate="bookings",
            ),
            **(others or {}),
        },
        payments=[a_term("schedule", reads="points", points=[POINT])],
        evaluation={"bookings": stated},
        parties=[*PARTIES, {"name": BOARD, "roles": ["adviser"]}],
        in_force_from="2024-01-01",
        ends_on="2026-12-31",
        periods={"every": "year", "from": "2024-01-01"},
        data=[_source("register", "programme-enrolments", through), _jail(through)],
        consents=[{"touches": "plan", "of": ["payor", "evaluator"]}],
        **changes,
    )
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "deal.yaml").write_text(json.dumps(deal.as_plain(), indent=1))
    _write(folder / "feeds")
    return folder


def amend(folder: Path, *, consents: bool = True, **plan: Any) -> None:
    """Put an amendment beside the deal that changes keys of its plan."""
    stated = json.loads((folder / "deal.yaml").read_text())
    stated["in_force_from"] = "2025-01-01"
    stated["evaluation"]["bookings"] |= plan
    stated["amendment"] = {
        "number": 1,
        "says": "Another plan.",
        "touches": ["plan"],
        "signed_on": "2024-02-20",
        "consents": [
            {"of": "payor", "party": COUNTY, "on": "2024-02-20"},
            {"of": "evaluator", "party": EVALUATOR, "on": "2024-02-20"},
        ][: 2 if consents else 1],
    }
    (folder / "amendments").mkdir(exist_ok=True)
    (folder / "amendments" / "1.yaml").write_text(json.dumps(stated, indent=1))


def edit_plan(folder: Path, **plan: Any) -> None:
    """Change keys of the plan in the deal file itself."""
    stated = json.loads((folder / "deal.yaml").read_text())
    stated["evaluation"]["bookings"] |= plan
    (folder / "deal.yaml").write_text(json.dumps(stated, indent=1))


def see_through(folder: Path, day: str) -> None:
    """Let the feeds be complete through a later day."""
    for file in (folder / "deal.yaml", *folder.glob("amendments/*.yaml")):
        text = file.read_text()
        file.write_text(text.replace(f'"{MIDDLE}"', f'"{day}"'))


def _source(feed: str, layout: str, through: str) -> dict[str, Any]:
    return {
        "feed": feed,
        "layout": layout,
        "says": f"The {feed} of a made-up county",
        "held_by": [{"name": CITY}],
        "public": {"licence": "public domain", "source": "Made up"},
        "refreshed": "month",
        "complete_through": through,
    }


def _jail(through: str) -> dict[str, Any]:
    return {**_source("jail", "jail-bookings", through), "ids_of": "register", "file": "feeds/jail"}


def _write(feeds: Path) -> None:
    rows, bookings = [], []
    for wave, (day, coached, others) in enumerate(WAVES):
        for at in range(2 * EACH):
            key = f"{wave}-{at}"
            arm = "coach" if at % 2 == 0 else "none"
            rows.append(f"e{key},p{key},{day},{day},{arm},{day if arm == 'coach' else ''}")
            if at // 2 < (coached if arm == "coach" else others):
                booked = day.replace("-01-01", "-02-01").replace("-07-01", "-08-01")
                bookings.append(f"b{key},p{key},{booked},{booked},actual")
    (feeds / "jail").mkdir(parents=True, exist_ok=True)
    header = "enrolment_id,person_ref,referred_on,assigned_on,arm,enrolled_on"
    (feeds / "register.csv").write_text("\n".join([header, *rows]) + "\n")
    header = "booking_id,person_ref,booked_at,released_at,release_type"
    (feeds / "jail" / "bookings.csv").write_text("\n".join([header, *bookings]) + "\n")
