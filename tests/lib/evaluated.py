"""A made-up experiment with everything an evaluation can see, and plans over it.

a_plan(estimator="ancova", covariates=["age"])     a randomised plan with keys changed
feeds()                                            the deal's data: register, court and deaths
an_experiment(people=60)                           the records, in memory
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from payforsuccess.measures import EnrolmentRow, EventRow, PlainRecords, TraitRow

START = date(2026, 1, 5)
MEASURE: dict[str, Any] = {
    "kind": "event-count",
    "event": "arrest",
    "counts": "days",
    "population": {"says": "Everyone assigned"},
    "starts_at": "assignment",
    "window": "182 days",
    "on_death": "censor",
    "on_move": "censor",
    "on_custody": "succeed",
    "feeds": ["court", "deaths"],
}
PLAN: dict[str, Any] = {
    "design": "randomised",
    "says": "Everyone as assigned.",
    "assignment": "individual",
    "arms": {"treated": "aid", "control": "none"},
    "measure": MEASURE,
    "estimand": "itt",
    "estimator": "difference-in-means",
    "as": "difference",
    "standard_errors": "hc1",
    "confidence": "95%",
    "test": "wald",
    "decision": {"pays_on": "point-estimate"},
}
LAYOUTS = {"register": "programme-enrolments", "court": "court-cases", "deaths": "deaths"}


def a_plan(**changes: Any) -> dict[str, Any]:
    """The plan with keys changed, added, or (None) left out; so are those of its measures."""
    plain = {key: value for key, value in {**PLAN, **changes}.items() if value is not None}
    for key in ("measure", "before"):
        if key in plain:
            plain[key] = {name: value for name, value in plain[key].items() if value is not None}
    return plain


def feeds(*, since: str | None = "2024-01-01", through: str = "2027-06-30") -> list[dict[str, Any]]:
    """The three feeds as the deal lists them."""
    return [
        {
            "feed": feed,
            "layout": layout,
            "says": "Made up",
            "held_by": [{"name": "Alder County"}],
            "public": {"licence": "public domain", "source": "Made up for tests"},
            "refreshed": "quarter",
            "complete_through": through,
            **({} if since is None else {"complete_from": since}),
        }
        for feed, layout in LAYOUTS.items()
    ]


def an_experiment(people: int = 60, *, seed: int = 7) -> PlainRecords:
    """People by turns in two arms, most of the first taking part, with arrests before and after.

    Each has an age and a language; the third of those with aid never took part; one died. Aid and
    taking part make arrests fewer. Days of assignment go over two months.
    """
    rng = Random(seed)
    enrolments, events, traits = [], [], []
    for number in range(people):
        person = f"p{number:04}"
        has_aid = number % 2 == 0
        takes_part = has_aid and number % 6 != 4
        on = START + timedelta(days=number % 60)
        enrolments.append(
            EnrolmentRow(
                f"e{number:04}",
                person,
                assigned_on=on,
                enrolled_on=on + timedelta(days=3) if takes_part else None,
                arm="aid" if has_aid else "none",
                site=rng.choice(["north", "south"]),
                feed="register",
                row=number + 1,
            )
        )
        likely = rng.choice([1, 2, 4])
        for first, times in ((-182, likely), (0, likely - (1 if takes_part else 0))):
            for _ in range(times):
                day = on + timedelta(days=first + rng.randrange(182))
                events.append(EventRow("arrest", person, day, feed="court", row=len(events) + 1))
        age, language = Decimal(20 + rng.randrange(40)), rng.choice(["English", "Spanish", "Twi"])
        traits += [
            TraitRow("age", person, value=age, feed="register", row=number + 1),
            TraitRow("language", person, label=language, feed="register", row=number + 1),
        ]
    died = EventRow("death", "p0003", START + timedelta(days=30), feed="deaths", row=1)
    return PlainRecords(tuple(enrolments), (), (*events, died), tuple(traits))
