"""What stands beside the plan's own effect: other outcomes, and the same looked at otherwise."""

from __future__ import annotations

from fractions import Fraction

from payforsuccess.deal.estimates import SecondaryFound, Varied
from payforsuccess.reports.document import Block, Heading, paragraph
from payforsuccess.reports.evaluation.effect import people_text, tests_blocks
from payforsuccess.reports.evaluation.names import (
    ADJUSTMENTS,
    FORMS,
    effect_text,
    error_text,
    interval_text,
)
from payforsuccess.reports.evaluation.small import HIDDEN
from payforsuccess.reports.evaluation.telling import Telling, marked
from payforsuccess.reports.numbers import name_text, p_value_text
from payforsuccess.reports.table import Column, Row, Table, cell


def several_blocks(telling: Telling) -> tuple[Block, ...]:
    """Other outcomes of the same people, with p-values by themselves and adjusted for all."""
    estimate = telling.estimate
    if not estimate.secondary:
        return ()
    adjusted = any(found.adjusted_p_value is not None for found in estimate.secondary)
    mark = telling.mark("several", "effects on other outcomes of the same people")
    plan = telling.plan.plan
    rule = None if plan is None else plan.several_outcomes

    def own() -> Row:
        test = estimate.test
        p_values = (None, None) if test is None else (test.p_value, test.adjusted_p_value)
        return (
            cell(f"The plan's own: {FORMS[estimate.effect.form]}"),
            marked(telling.effect(estimate.effect), mark),
            cell(telling.of_outcomes(error_text(estimate.effect))),
            cell(telling.interval(estimate.effect)),
            *(cell(telling.of_outcomes(_p_value(each))) for each in p_values),
        )

    def row(found: SecondaryFound) -> Row:
        p_value = _p_value(found.p_value)
        return (
            cell(f"{name_text(found.name)}: {found.says}"),
            marked(telling.of_outcomes(effect_text(found.effect)), mark),
            cell(telling.of_outcomes(error_text(found.effect))),
            cell(telling.interval(found.effect)),
            cell(telling.of_outcomes(p_value)),
            *((cell(telling.of_outcomes(_p_value(found.adjusted_p_value))),) if adjusted else ()),
        )

    columns = [
        Column("Outcome"),
        Column("Effect", is_number=True),
        Column("Standard error", is_number=True),
        Column(f"{telling.confidence} interval", is_number=True),
        Column("p-value", is_number=True),
    ]
    columns += [Column("p-value, adjusted", is_number=True)] if adjusted else []
    if adjusted:
        by = "the plan's rule" if rule is None else ADJUSTMENTS[rule]
        said = (
            f"The plan's own outcome and these are adjusted together by {by}. Where significance "
            "decides, the own p-value so adjusted does."
        )
    else:
        said = (
            "The plan adjusts no p-value for several outcomes: of many, one may stand out by "
            "chance alone. No payment rests on them."
        )
    return (
        Heading(3, "Several outcomes"),
        Table(
            f"{telling.title}: effects on other outcomes",
            tuple(columns),
            (*((own(),) if adjusted else ()), *(row(found) for found in estimate.secondary)),
        ),
        paragraph(said),
    )


def otherwise_blocks(telling: Telling) -> tuple[Block, ...]:
    """Tests and variations: exploratory, each named as such, and nothing rests on them."""
    estimate = telling.estimate
    tests = tests_blocks(telling)
    if not (tests or estimate.variations):
        return ()
    blocks: list[Block] = [Heading(3, "Tests, and looked at otherwise"), *tests]
    if estimate.variations:
        blocks += [
            paragraph(
                "Exploratory: the same estimate with one thing done otherwise, as the plan lists "
                "them. No payment rests on any."
            ),
            variations_table(telling),
        ]
    return tuple(blocks)


def variations_table(telling: Telling) -> Table:
    """The plan's own effect, then one row a variation."""
    estimate = telling.estimate
    known = sum(arm.rests_on for arm in estimate.arms)
    mark = telling.mark("variations", "the estimate with one thing done otherwise")

    def row(varied: Varied) -> Row:
        head = cell(f"{name_text(varied.name)}: {varied.says}")
        if varied.effect is None:
            why = varied.not_found or "nothing could be computed"
            return (head, marked(f"not computed: {why}", mark), cell("none"), cell("none"))
        # A few people more or less would be told by both rows together.
        says = not telling.numbers.hides(abs(known - varied.people))
        says = says and not telling.numbers.hides(varied.people)

        def told(text: str) -> str:
            return telling.of_outcomes(text) if says else HIDDEN

        return (
            head,
            marked(told(effect_text(varied.effect)), mark),
            cell(told(interval_text(varied.effect))),
            cell(f"{varied.people:,}" if says else HIDDEN),
        )

    own = (
        cell(f"The plan's own: {FORMS[estimate.effect.form]}"),
        marked(telling.effect(estimate.effect), mark),
        cell(telling.interval(estimate.effect)),
        cell(people_text(telling)),
    )
    return Table(
        f"{telling.title}: exploratory variations",
        (
            Column("What was done otherwise"),
            Column("Effect", is_number=True),
            Column(f"{telling.confidence} interval", is_number=True),
            Column("People", is_number=True),
        ),
        (own, *(row(varied) for varied in estimate.variations)),
    )


def _p_value(value: Fraction | None) -> str:
    return "none claimed" if value is None else p_value_text(float(value))
