"""How alike the arms were before the programme, and what a comparison pool rests on."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from payforsuccess.deal.estimates import Overlap, TraitBalance
from payforsuccess.disclosure import by_group, suppress
from payforsuccess.reports.charts.overlap import ScoreBin, ScoreOverlap, score_overlap
from payforsuccess.reports.document import (
    Block,
    Heading,
    ItemList,
    Particular,
    Particulars,
    paragraph,
)
from payforsuccess.reports.evaluation.small import HIDDEN
from payforsuccess.reports.evaluation.telling import Telling
from payforsuccess.reports.inline import Exactly
from payforsuccess.reports.numbers import decimal_text, name_text, p_value_text, percent_text
from payforsuccess.reports.table import Cell, Column, Row, Table, cell

_CLASSES = "The last column is the class that the What Works Clearinghouse gives an effect size: "
_ASKED = (
    "at most 0.05 needs nothing, 0.05 to 0.25 needs an adjustment, above 0.25 is too far apart."
)
_NOT_ASKED = (
    "at most 0.05, 0.05 to 0.25, or above 0.25. Of a randomised study that loses few people it "
    "asks for no likeness at the start, so here a class tells what chance did, and decides nothing."
)
_ASKED_BY_SOME = (
    f"{_ASKED} Of a randomised study it is asked only where attrition is high, which it is here "
    "under cautious assumptions alone."
)


def baseline_blocks(telling: Telling) -> tuple[Block, ...]:
    """A row for each fact: means by arm, differences before and after weighting, the class."""
    estimate = telling.estimate
    if not estimate.balance:
        return ()
    hidden = _hidden_facts(telling)
    has_after = any(trait.after is not None for trait in estimate.balance)
    labels = [arm.arm for arm in estimate.arms]
    mark = telling.mark(
        "balance",
        "standardised difference: means apart over the root of the mean of both variances; effect "
        "size: Hedges' g, or the Cox index for yes and no (What Works Clearinghouse 5.0)",
    )
    after = (Column("After weighting", is_number=True),) if has_after else ()
    columns = (
        Column("Fact about people"),
        Column(f"Mean in “{labels[0]}”", is_number=True),
        *(Column(f"Mean in “{label}”", is_number=True) for label in labels[1:2]),
        Column("Not known", is_number=True),
        Column("Standardised difference", is_number=True),
        *after,
        Column("Effect size", is_number=True),
        Column("Class"),
    )

    def row(trait: TraitBalance) -> Row:
        said = trait.trait.partition(": ")[0] not in hidden

        def number(value: Fraction | None) -> Cell:
            return cell(_number(value) if said else HIDDEN)

        missing = HIDDEN if telling.numbers.hides(trait.missing) else f"{trait.missing:,}"
        return (
            Cell((name_text(trait.trait), mark)),
            number(trait.treated_mean),
            *((number(trait.control_mean),) if len(labels) > 1 else ()),
            cell(missing),
            number(trait.standardised_difference),
            *((number(trait.after),) if has_after else ()),
            number(trait.effect_size),
            cell(trait.reading if said else HIDDEN),
        )

    table = Table(
        f"{telling.title}: the people before the programme, by arm",
        columns,
        tuple(row(trait) for trait in estimate.balance),
    )
    return (
        Heading(3, "The people before the programme"),
        table,
        *_compared(telling, hidden),
        paragraph(_classes(telling)),
        *_together(telling),
        *_standards(telling),
    )


def _compared(telling: Telling, hidden: frozenset[str]) -> tuple[Block, ...]:
    """The same facts of those who are compared, with the weights of matching or weighting."""
    estimate = telling.estimate
    told = [(trait, trait.means_after) for trait in estimate.balance]
    kept = [(trait, means) for trait, means in told if means is not None]
    if not kept:
        return ()

    mark = telling.mark(
        "compared",
        "means by weight of those who are compared; their difference over the standard deviation "
        "of everyone served",
    )

    def row(trait: TraitBalance, means: tuple[Fraction, Fraction]) -> Row:
        fact = trait.trait.partition(": ")[0]
        said = fact not in hidden and all(
            telling.numbers.says_compared(*other)
            for each, other in kept
            if each.trait.partition(": ")[0] == fact
        )
        numbers = (*means, trait.after)
        return (
            Cell((name_text(trait.trait), mark)),
            *(cell(_number(value) if said else HIDDEN) for value in numbers),
        )

    return (
        Table(
            f"{telling.title}: the people compared, by arm, as matched or weighted",
            (
                Column("Fact about people"),
                *(Column(f"Mean in “{arm.arm}”", is_number=True) for arm in estimate.arms),
                Column("Standardised difference", is_number=True),
            ),
            tuple(row(trait, means) for trait, means in kept),
        ),
    )


def _classes(telling: Telling) -> str:
    """What the classes mean here: likeness at the start is not asked of every study."""
    estimate = telling.estimate
    lost = estimate.attrition.reading if estimate.design == "randomised" else ""
    asked = {
        "low under both": _NOT_ASKED,
        "low under optimistic assumptions only": _ASKED_BY_SOME,
    }.get(lost, _ASKED)
    return _CLASSES + asked


def _together(telling: Telling) -> tuple[Block, ...]:
    """The one test of all facts at once."""
    found = telling.estimate.all_facts
    if found is None:
        return ()
    if telling.numbers.hides(found.left_out):
        # Its degrees of freedom would tell how many people are left out.
        return (paragraph(f"Do the arms differ in all facts together? {HIDDEN.capitalize()}."),)
    facts = "one fact" if found.facts == 1 else f"all {found.facts:,} facts together"
    first, second = found.freedom
    said = f"Do the arms differ in {facts}? F({first:,}, {second:,}) = "
    said += decimal_text(float(found.statistic), 3)
    if found.p_value is not None:
        said += f", p = {p_value_text(float(found.p_value))}"
    if found.p_by_chance is not None:
        share = percent_text(float(found.p_by_chance))
        said += f"; as much is seen in {share} of {found.draws:,} draws by the design"
    if found.left_out:
        said += f"; people with an unknown fact, who are left out: {found.left_out:,}"
    mark = telling.mark(
        "all-facts", "F of the regression of the arm on the facts of the table, strata taken out"
    )
    return (paragraph(f"{said}.", mark),)


def _standards(telling: Telling) -> tuple[Block, ...]:
    """How the Clearinghouse's rules would read the study."""
    said = [each for each in telling.estimate.standards if telling.numbers.says_words(each)]
    if not said:
        return ()
    return (
        Heading(4, "How the Clearinghouse's rules would read it"),
        ItemList(tuple((each,) for each in said)),
    )


def overlap_blocks(telling: Telling) -> tuple[Block, ...]:
    """How far the pool covers the people served: the scores drawn, who is used, the weights."""
    overlap = telling.estimate.overlap
    if overlap is None:
        return ()
    return (
        Heading(3, "The comparison pool"),
        *_scores(telling, overlap),
        Particulars(tuple(_of_pool(telling, overlap))),
    )


def _of_pool(telling: Telling, overlap: Overlap) -> list[Particular]:
    mark = telling.mark("pool", "people of the pool, and the effective number of them (Kish)")

    def count(people: int) -> str:
        return HIDDEN if telling.numbers.hides(people) else f"{people:,}"

    near = telling.numbers.hides(overlap.pool - overlap.used)
    told = [
        Particular("People in the pool", (count(overlap.pool), mark)),
        Particular("Of them used", (HIDDEN if near else count(overlap.used), mark)),
        Particular("Served, left without a match", (count(overlap.unmatched), mark)),
    ]
    if overlap.effective is not None:
        text = decimal_text(float(overlap.effective), 1)
        told.append(Particular("Effective number of comparison people", (text, mark)))
    if overlap.largest_weight is not None:
        text = percent_text(float(overlap.largest_weight))
        told.append(Particular("Largest share of all weight", (text, mark)))
    if overlap.match is not None:
        said = " the match was made from records without any outcome"
        told.append(Particular("Checksum of the match", (Exactly(overlap.match), f":{said}")))
    return told


def _scores(telling: Telling, overlap: Overlap) -> tuple[Block, ...]:
    """The stretches of the score from the first with people to the last."""
    ends = [0.0, *(float(each.below) for each in overlap.bins)]
    threshold = telling.numbers.threshold
    treated = _said({f"{at}": each.treated for at, each in enumerate(overlap.bins)}, threshold)
    control = _said({f"{at}": each.control for at, each in enumerate(overlap.bins)}, threshold)
    bins = [
        ScoreBin(low, high, treated[f"{at}"], control[f"{at}"])
        for at, (low, high) in enumerate(pairwise(ends))
    ]
    peopled = [at for at, each in enumerate(overlap.bins) if each.treated or each.control]
    if not peopled:
        return ()
    title = f"{telling.title}: the chance of being served, by arm"
    arm = telling.estimate.arms[0].arm
    kept = tuple(bins[peopled[0] : peopled[-1] + 1])
    return (score_overlap(ScoreOverlap(title, arm, "the pool", kept)),)


def _said(counts: dict[str, int], threshold: int | None) -> dict[str, int | None]:
    """The counts that may be said beside their total."""
    if threshold is None:
        return dict(counts)
    shown = suppress(by_group(counts, name="score"), threshold=threshold).shown
    return {name: shown.get(f"score/{name}") for name in counts}


def _hidden_facts(telling: Telling) -> frozenset[str]:
    """Facts of which one word, and so all of them, would tell of few people."""
    return frozenset(
        trait.trait.partition(": ")[0]
        for trait in telling.estimate.balance
        if not telling.numbers.says_trait(trait.treated_mean, trait.control_mean)
    )


def _number(value: Fraction | None) -> str:
    return "not known" if value is None else decimal_text(float(value), 3)
