"""A clause of the eligibility rule in plain words."""

from __future__ import annotations

from payforsuccess.deal.people import Criterion
from payforsuccess.errors import listed, sentence

_TESTS = {
    "is": sentence("is"),
    "is-not": sentence("is not"),
    "at-least": sentence("is at least"),
    "at-most": sentence("is at most"),
    "one-of": sentence("is one of"),
    "known": sentence("is known"),
    "unknown": sentence("is not known"),
}
_WORDS = {
    "age": sentence("age"),
    "sex": sentence("sex"),
    "race": sentence("race"),
    "language": sentence("language"),
    "yes": sentence("yes"),
    "no": sentence("no"),
}
"""Facts and answers that every deal writes alike; all others are the deal's own words."""


def rule_of(criterion: Criterion) -> str:
    """What must hold: `“age” is at least 18 (Section 2)`."""
    name = criterion.field.replace("_", " ").replace("-", " ")
    rule = sentence("“{name}” {test}", name=_WORDS.get(name, name), test=_TESTS[criterion.test])
    values = [_WORDS.get(each, each) for each in criterion.values]
    value = listed(values, last="or") if values else _WORDS.get(criterion.value or "", "")
    value = value or criterion.value or ""
    if value:
        rule = sentence("{rule} {value}", rule=rule, value=value)
    if criterion.clause is not None:
        rule = sentence("{rule} ({clause})", rule=rule, clause=criterion.clause)
    return rule
