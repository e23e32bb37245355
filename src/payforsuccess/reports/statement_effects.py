"""How sure an effect is that a statement pays on, and which rules of its plan chose it."""

from __future__ import annotations

from fractions import Fraction

from payforsuccess.deal.estimates.followed import RuleFollowed
from payforsuccess.deal.results import Result, Statement
from payforsuccess.reports.document import Block, ItemList, paragraph
from payforsuccess.reports.numbers import decimal_text, listed, name_text, p_value_text
from payforsuccess.units import exact_text

_COUNTED = {
    "sample-below-floor": "{found} people against a floor of {limit}",
    "attrition-above": "{found} lost against at most {limit}",
    "crossover-above": "{found} changed arms against at most {limit}",
    "match-rate-below": "{found} matched against at least {limit}",
}


_MINUS = "\N{MINUS SIGN}"


def effect_sentences(result: Result, *, minus: str = _MINUS) -> tuple[str, ...]:
    """What a result says of its interval, p-value, fall-backs and parts; none for a plain count.

    minus: the sign of numbers below 0, a hyphen on a terminal.
    """
    said = []
    if result.interval is not None:
        low, high = (decimal_text(float(end), 4) for end in result.interval)
        said.append(f"Interval {low} to {high}.")
    if result.p_value is not None:
        said.append(f"p-value {p_value_text(float(result.p_value))}.")
    if result.no_p_value is not None:
        said.append(f"No p-value: {result.no_p_value}")
    said += [_followed(step) for step in result.followed]
    if result.parts:
        parts = [
            f"{exact_text(part.weight * 100)}% of {part.plan} "
            f"({decimal_text(float(part.value), 4)})"
            for part in result.parts
        ]
        said.append(f"Made of {listed(parts)}.")
    return tuple(sentence.replace(_MINUS, minus) for sentence in said)


def effects_blocks(statement: Statement) -> tuple[Block, ...]:
    """A line for each effect that the statement pays on; nothing where there is none."""
    items = []
    for used in statement.results:
        said = () if used.result is None else effect_sentences(used.result)
        if said:
            items.append((f"{name_text(used.outcome)}, {used.slot}: {' '.join(said)}",))
    if not items:
        return ()
    return (paragraph("How sure these are, and how they were come to:"), ItemList(tuple(items)))


def _followed(step: RuleFollowed) -> str:
    said = "" if step.says is None else f" {step.says.rstrip('.')}"
    found = _COUNTED.get(step.when, "{found} against {limit}").format(
        found=_number(step, step.found), limit=_number(step, step.limit)
    )
    return f"Fall-back of {step.plan} followed:{said} ({found})."


def _number(step: RuleFollowed, value: Fraction) -> str:
    """People as they are, shares in percent."""
    if step.when in ("attrition-above", "crossover-above", "match-rate-below"):
        return f"{decimal_text(100 * float(value), 1)}%"
    return decimal_text(float(value), 1)
