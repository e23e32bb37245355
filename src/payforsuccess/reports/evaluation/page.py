"""The evaluator's report: the study, its people, the effect, and what payments may rest on."""

from __future__ import annotations

from payforsuccess.reports.document import (
    Block,
    Document,
    Heading,
    ItemList,
    KeyFigure,
    KeyFigures,
    Particular,
    Particulars,
    paragraph,
)
from payforsuccess.reports.evaluation.baseline import baseline_blocks, overlap_blocks
from payforsuccess.reports.evaluation.beside import otherwise_blocks, several_blocks
from payforsuccess.reports.evaluation.course import course_blocks
from payforsuccess.reports.evaluation.effect import effect_blocks, effect_mark, take_up_blocks
from payforsuccess.reports.evaluation.facts import EvaluationFacts
from payforsuccess.reports.evaluation.names import FORMS
from payforsuccess.reports.evaluation.payable import APART, payable_blocks
from payforsuccess.reports.evaluation.people import people_blocks
from payforsuccess.reports.evaluation.small import HIDDEN, names_small_count, numbers_of
from payforsuccess.reports.evaluation.study import study_blocks
from payforsuccess.reports.evaluation.telling import Notes, Telling
from payforsuccess.reports.inline import Exactly
from payforsuccess.reports.note import Notice
from payforsuccess.reports.notices import PROVISIONAL, SMALL_NUMBERS, deal_notices
from payforsuccess.reports.numbers import day_text, listed
from payforsuccess.reports.rests_on import rests_on
from payforsuccess.reports.run_tables import records_table

_NO_CHECKSUMS = (
    "The checksums of estimates, of people's results and of the values that payments read stand in "
    "the report for those who may see small numbers: trying small counts in turn against a "
    "checksum would tell a hidden one."
)

# More effects than this are a table's work, not large figures.
_MOST_LARGE = 3


def evaluation_document(facts: EvaluationFacts) -> Document:
    """The evaluator's report in English, with the way back from each number to its computation.

    A part without facts is left out. With a threshold, counts from 1 to it are hidden, with others
    that would tell them and all that is computed from them; without, the report says for whom it
    is. What payments may rest on stands in a part of its own, after every effect.
    """
    notes = Notes(facts.run)
    numbers = numbers_of(facts.plans, threshold=facts.threshold, release=facts.given)
    tellings = [
        Telling(plan, at, own, notes)
        for at, (plan, own) in enumerate(zip(facts.plans, numbers, strict=True))
    ]
    blocks: list[Block] = [
        KeyFigures(tuple(_large(telling) for telling in tellings[:_MOST_LARGE])),
        Heading(2, "What was asked and found", "found"),
        ItemList(tuple(_found(telling) for telling in tellings)),
        *_whom(facts),
        *_data(facts),
    ]
    for telling in tellings:
        blocks += _plan(telling)
    blocks += [
        Heading(2, "The payment calculation", "payable"),
        Notice("Kept apart from the effect", APART, "information"),
    ]
    # A plan that another one pools or falls back to pays nothing by itself.
    paying = [telling for telling in tellings if telling.plan.outcomes] or tellings
    for telling in paying:
        blocks += payable_blocks(telling)
    blocks += _again(facts, tellings)
    document_notes = tuple(notes.kept.values())
    return Document(
        title=f"{facts.deal}: evaluation",
        language="en",
        subtitle=f"The evaluator's report, with data as of {day_text(facts.as_of)}",
        notices=_notices(facts),
        blocks=tuple(blocks),
        notes=document_notes,
    )


def _notices(facts: EvaluationFacts) -> tuple[Notice, ...]:
    own = (*deal_notices(facts.standing, is_certified=facts.is_certified), PROVISIONAL)
    if facts.threshold is None:
        return (*own, SMALL_NUMBERS)
    return (
        *own,
        Notice(
            "Small numbers are hidden",
            f"Counts from 1 to {facts.threshold} people are hidden, with others that would tell "
            f"them and all that is computed from them. {_given_out(facts)}",
            "information",
        ),
    )


def _given_out(facts: EvaluationFacts) -> str:
    if facts.release is not None:
        return f"This is release {facts.release} of the deal, checked against all before it."
    if facts.given is None:
        return "The report was not checked against what was given out of the deal before."
    return (
        "The report was checked against what was given out of the deal before, and is for the "
        "parties. What is given out is recorded first, with the option --release."
    )


def _large(telling: Telling) -> KeyFigure:
    effect, estimate = telling.estimate.effect, telling.estimate
    interval = (
        f"{telling.confidence} interval {telling.interval(effect)}; " if effect.interval else ""
    )
    people = listed(
        [f"{telling.numbers.count(f'analysed/{arm.arm}')} in {arm.arm}" for arm in estimate.arms]
    )
    as_of = day_text(telling.plan.shown.as_of)
    return KeyFigure(
        f"{telling.title}: {FORMS[effect.form]}",
        telling.effect(effect),
        (f"{interval}outcome known of {people}; as of {as_of}", effect_mark(telling)),
    )


def _found(telling: Telling) -> tuple[str, ...]:
    estimate, effect = telling.estimate, telling.estimate.effect
    interval = ""
    if effect.interval is not None:
        interval = f" ({telling.confidence} interval {telling.interval(effect)})"
    says = telling.plan.shown.says.rstrip()
    says = says if says.endswith((".", "!", "?")) else f"{says}."
    found = f"{FORMS[effect.form]} {telling.effect(effect)}{interval}"
    return (f"{telling.title}. {says} Found: {found}; {estimate.design} design.",)


def _whom(facts: EvaluationFacts) -> tuple[Block, ...]:
    if not facts.whom:
        return ()
    return (
        Heading(2, "Whom it is about", "whom"),
        ItemList(tuple((sentence,) for sentence in facts.whom)),
    )


def _data(facts: EvaluationFacts) -> tuple[Block, ...]:
    if not facts.data:
        return ()
    return (
        Heading(2, "The records", "records"),
        records_table(facts.data, facts.as_of),
        *_findings(facts),
    )


def _findings(facts: EvaluationFacts) -> tuple[Block, ...]:
    """What the run found about the records; what it found of an estimate stands with that."""
    said = dict.fromkeys(each.what for each in facts.findings if each.topic != "estimate")
    limit = facts.threshold
    kept = [what for what in said if limit is None or not names_small_count(what, limit)]
    if len(kept) < len(said):
        kept.append(f"A finding that names a small number is {HIDDEN}.")
    return (ItemList(tuple((what,) for what in kept)),) if kept else ()


def _plan(telling: Telling) -> list[Block]:
    title = f"{telling.title}: the evaluation"
    return [
        Heading(2, title, f"plan-{telling.at + 1}"),
        *study_blocks(telling),
        *people_blocks(telling),
        *baseline_blocks(telling),
        *overlap_blocks(telling),
        *take_up_blocks(telling),
        *effect_blocks(telling),
        *several_blocks(telling),
        *course_blocks(telling),
        *otherwise_blocks(telling),
        *_careful(telling),
    ]


def _careful(telling: Telling) -> tuple[Block, ...]:
    notes = telling.estimate.notes
    if not notes:
        return ()
    said = [note for note in notes if telling.numbers.says_words(note)]
    items = [(note,) for note in said]
    if len(said) < len(notes):
        items.append((f"A note that names a small number is {HIDDEN}.",))
    return (Heading(3, "What a careful reader should know"), ItemList(tuple(items)))


def _again(facts: EvaluationFacts, tellings: list[Telling]) -> list[Block]:
    record = facts.record
    libraries = ", ".join(f"{name} {version}" for name, version in record.library_versions)
    told = [
        Particular("Run", (Exactly(facts.run),)),
        Particular("Deal file", (Exactly(record.deal_fingerprint),)),
        Particular("Version of the program", (record.code_version,)),
        *((Particular("Libraries", (libraries,)),) if libraries else ()),
        *(Particular(name.capitalize(), (value,)) for name, value in record.settings if value),
    ]
    for telling in tellings:
        estimate = telling.estimate
        told.append(Particular(f"{telling.title}: plan", (Exactly(estimate.plan_fingerprint),)))
        for what, of_found in (
            ("people's results", estimate.evidence),
            ("estimate", estimate.fingerprint),
        ):
            if checksum := telling.checksum(of_found):
                told.append(Particular(f"{telling.title}: {what}", (Exactly(checksum),)))
        if estimate.draws is not None:
            seed = "none" if estimate.seed is None else f"{estimate.seed}"
            told.append(
                Particular(
                    f"{telling.title}: draws of chance", (f"{estimate.draws:,}, seed {seed}",)
                )
            )
    return [
        Heading(2, "How to do this again", "again"),
        paragraph(
            "On the same inputs the same program gives the same digits, draws of chance too. A "
            "checksum is a short text that changes when the content changes."
        ),
        Particulars(tuple(told)),
        *((paragraph(_NO_CHECKSUMS),) if facts.threshold is not None else ()),
        *rests_on(record.inputs),
    ]
