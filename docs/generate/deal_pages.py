"""The reference pages of the deal file, from the models: each key, what it takes, what it means."""

from __future__ import annotations

import inspect
import re
import typing
from collections.abc import Iterable
from dataclasses import dataclass

from pydantic import BaseModel

from docs.generate.examples import example_text, examples_in
from docs.generate.values import models_in, takes
from payforsuccess.deal import evaluation, measures, terms
from payforsuccess.deal.assumptions import Assumptions
from payforsuccess.deal.budget import BudgetFile
from payforsuccess.deal.capital_record import CapitalRecord
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.elsewhere import ElsewhereFile
from payforsuccess.deal.results import PaymentsFile, Results
from payforsuccess.deal.stream import Stream
from payforsuccess.deal.value import ValueFile
from payforsuccess.evaluation.estimable import FORMULAS
from payforsuccess.governance.blueprint import Blueprint
from payforsuccess.governance.capacity import CapacityFile
from payforsuccess.governance.initiative import Initiative
from payforsuccess.selection.concept import ConceptFile
from payforsuccess.selection.solicitation import SolicitationFile

MADE = "<!-- Made from the code by `make generated`; do not edit. -->"


@dataclass(frozen=True)
class Page:
    """One page: its file, what stands at its top, and the models that it explains."""

    file: str
    title: str
    opening: str
    shared: tuple[type[BaseModel], ...]
    kinds: tuple[type[BaseModel], ...]
    key: str = "kind"
    """The key that tells `kinds` apart; empty where nothing does."""
    has_uncomputed: bool = False
    example: str = ""
    """A file beside this one that shows every key once; it closes the page."""
    apart: tuple[str, ...] = ()
    """Keys it leaves out because they stand in place of others, such as `Motion.adopted_between`.
    """


def kinds_of(union: object) -> tuple[type[BaseModel], ...]:
    """The models of a union that is told apart by kind, as the code lists them."""
    return tuple(models_in(union))


PAGES = (
    Page(
        "measures.md",
        "Measures",
        "A measure turns records into a number. It stands under `outcomes`, or in the plan of an\n"
        "evaluation. Kinds marked *not yet computed* can be stated in a deal; asking for their\n"
        "numbers is refused.",
        (measures.MeasureBase,),
        kinds_of(measures.Measure),
        has_uncomputed=True,
    ),
    Page(
        "evaluation.md",
        "Evaluation plans",
        "A plan fixes, before results are known, how an effect is estimated and how it decides.\n"
        "It stands under `evaluation`. Designs marked *not yet computed* can be stated in a deal;\n"
        "asking for their estimate is refused.",
        (evaluation.PlanBase, evaluation.ComparisonBase, evaluation.TwoArmBase),
        kinds_of(evaluation.EvaluationPlan),
        "design",
        has_uncomputed=True,
    ),
    Page(
        "payment-terms.md",
        "Payment terms",
        "What is paid for what. Each entry under `payments` is of one kind.",
        (terms.PaymentTermBase,),
        kinds_of(terms.PaymentTerm),
    ),
    Page(
        "deal-file.md",
        "The deal file",
        "Every key of `deal.yaml`. All values are read as text and typed by the key they belong\n"
        "to; see [why](../explanation/one-file.md). Money is written in whole currency units,\n"
        "such as `15.12`; a share as `0.4` or `40%`; a day as `2026-07-01`; a length of time as\n"
        "`12 months`.",
        (Deal,),
        (),
    ),
    Page(
        "results-file.md",
        "The results file",
        "Every key of `results.yaml`: values by outcome, for one period or one measurement point.\n"
        "They are provisional until `pfs determine` has them signed; a measured zero is stated\n"
        "as `0`. Results by person stand in `people.csv` instead; see\n"
        "[State results by person](../how-to/state-results-by-person.md).",
        (Results,),
        (),
    ),
    Page(
        "payments-file.md",
        "The payments file",
        "Every key of `payments.yaml`: the money that moved on issued statements. Each new\n"
        "statement reads it for its balance, and remembers what it read: a payment that was\n"
        "counted once cannot vanish from the file.",
        (PaymentsFile,),
        (),
    ),
    Page(
        "assumptions-file.md",
        "The assumptions file",
        "Every key of `assumptions.yaml`: what people, costs and outcomes may come to, for\n"
        "[`pfs forecast`](commands/forecast.md) and all else that looks ahead. [Look ahead]"
        "(../how-to/look-ahead.md)\nshows one. Amounts are in whole currency units, outcomes "
        "in\ntheir own; a share is `0.4` or `40%`, another number, such as a yearly rate, `0.03`.",
        (Assumptions,),
        (),
        key="",
        example="assumptions.yaml",
    ),
    Page(
        "budget-file.md",
        "The budget file",
        "Every key of `budget.yaml`: the payors' funds, sources, entries and requests, for\n"
        "[`pfs budget`](commands/budget.md) and vouchers. [Provide for payments]"
        "(../how-to/provide-for-payments.md)\nshows one.",
        (BudgetFile,),
        (),
    ),
    Page(
        "value-file.md",
        "The value file",
        "Every key of `value.yaml`: what outcomes change in each budget, and what was found of\n"
        "it, for [`pfs value`](commands/value.md), for the target `paid=value` of [`pfs price`]"
        "(commands/price.md)\nand for the rule on federal money of [`pfs budget`]"
        "(commands/budget.md).\n[Say what outcomes are worth]"
        "(../how-to/say-what-outcomes-are-worth.md) shows how to\nfill it. Amounts are in whole "
        "currency units.",
        (ValueFile,),
        (),
        key="",
        example="value.yaml",
    ),
    Page(
        "capital-file.md",
        "The capital file",
        "Every key of `capital.yaml`: what happened to the up-front money, for `pfs capital` and\n"
        "`pfs wind-down`. Facts alone stand in it. [Keep the books of capital]"
        "(../how-to/keep-the-books-of-capital.md)\nshows one.",
        (CapitalRecord,),
        (),
        key="",
    ),
    Page(
        "stream-file.md",
        "The stream file",
        "Every key of `stream.yaml`: the contracts of a funding stream and the deal file whose\n"
        "terms they share, for [`pfs stream`](commands/stream.md).",
        (Stream,),
        (),
        key="",
    ),
    Page(
        "initiative-file.md",
        "The initiative file",
        "Every key of `initiative.yaml`: what people did and decided for one initiative, from\n"
        "the idea to sustained funding, for [`pfs gate`](commands/gate.md) and the documents.\n"
        "Nothing in it is computed: a record put right is a condition put right. What is not\n"
        "known is left out, and shows as open. [Decision 11]"
        "(../decisions/0011-files-beside-the-deal.md) says why it is\na file of its own. The file "
        "at the end is made up.",
        (Initiative,),
        (),
        key="",
        example="initiative.yaml",
        apart=(
            "Motion.adopted_between",
            "Motion.report_dated_on",
            "Between.first",
            "Between.last",
            "Between.source",
            "Handover.nobody",
            "NobodyInServices.by",
            "NobodyInServices.on",
            "NobodyInServices.paper",
        ),
    ),
    Page(
        "blueprint-file.md",
        "The blueprint file",
        "Every key of `blueprint.yaml`: how a government finds, contracts, funds and runs\n"
        "initiatives that pay for outcomes, for [`pfs blueprint`](commands/blueprint.md). It lies\n"
        "beside `initiative.yaml`. Whatever names no source is a proposal, and shown as one. The\n"
        "file at the end is made up.",
        (Blueprint,),
        (),
        key="",
        example="blueprint.yaml",
    ),
    Page(
        "capacity-file.md",
        "The capacity file",
        "Every key of `capacity.yaml`: what the government and each provider can do, by level,\n"
        "and how they come to a higher one. It lies beside `initiative.yaml`. The file at the end\n"
        "is made up.",
        (CapacityFile,),
        (),
        key="",
        example="capacity.yaml",
    ),
    Page(
        "concept-file.md",
        "The concept file",
        "Every key of `concept.yaml`: a concept with what assessors say of it, for [`pfs assess`]"
        "(commands/assess.md).\nThe file at the end is made up, and so are its scores.",
        (ConceptFile,),
        (),
        key="",
        example="concept.yaml",
    ),
    Page(
        "elsewhere-file.md",
        "The file of results made elsewhere",
        "Every key of the file that [`pfs determine --from`](commands/determine.md) reads: an\n"
        "estimate of R, Stata or an enclave, or totals that an agency released. The file at the\n"
        "end is made up.",
        (ElsewhereFile,),
        (),
        key="",
        example="elsewhere.yaml",
        apart=("EffectElsewhere.period", "TotalElsewhere.point"),
    ),
    Page(
        "solicitation-file.md",
        "The solicitation file",
        "Every key of `solicitation.yaml`: a competition, fixed and sealed before it opens. The\n"
        "file at the end is made up.",
        (SolicitationFile,),
        (),
        key="",
        example="solicitation.yaml",
        apart=("SolicitationFile.tie_lot_seed",),
    ),
)
COMPUTED = {*measures.COMPUTED_KINDS, *(design for design, _ in FORMULAS), "verified-count"}


def hints_of(model: type[BaseModel]) -> dict[str, object]:
    """The types of a model's fields, with all that is noted on them."""
    found = typing.get_type_hints(model, include_extras=True)
    return {name: found[name] for name in model.model_fields}


def models_below(
    roots: Iterable[type[BaseModel]], taken: set[type[BaseModel]]
) -> list[type[BaseModel]]:
    """The models that these speak of, first met first, without those explained elsewhere."""
    found: list[type[BaseModel]] = []
    queue = list(roots)
    while queue:
        model = queue.pop(0)
        if model in found or model in taken:
            continue
        found.append(model)
        queue += [part for hint in hints_of(model).values() for part in models_in(hint)]
    return found


def deal_pages() -> dict[str, str]:
    """Each reference page of the deal file, by its file name."""
    home: dict[type[BaseModel], Page] = {}
    parts: dict[str, list[type[BaseModel]]] = {}
    for page in PAGES:
        met = models_below([*page.shared, *page.kinds], set(home))
        home.update(dict.fromkeys(met, page))
        parts[page.file] = [m for m in met if m not in page.shared and m not in page.kinds]
    texts = {page.file: _text_of(page, parts[page.file], home) for page in PAGES}
    texts["evaluation.md"] += _formulas()
    return texts


def _formulas() -> str:
    """What goes with each estimator, from the table that decides what is computed."""
    rows = [
        "",
        "## What is computed",
        "",
        "By design and estimator. Anything else can be stated in a plan; asking for its estimate",
        "is refused, with what to do. Forms in brackets need `standard_errors: bootstrap`.",
        "",
        "| design | estimator | forms | errors | tests | covariates |",
        "|---|---|---|---|---|---|",
    ]
    for (design, estimator), one in FORMULAS.items():
        forms = [*one.forms, *(f"({form})" for form in one.forms_by_draws)]
        cells = [
            f"`{design}`",
            f"`{estimator}`",
            ", ".join(forms),
            ", ".join(one.errors) or "none",
            ", ".join(one.tests) or "none",
            "yes" if one.adjusts else "no",
        ]
        rows.append(f"| {' | '.join(cells)} |")
    return "\n".join(rows) + "\n"


def heading_of(model: type[BaseModel], key: str) -> str:
    """`unit-price` for a kind; words for a part."""
    field = model.model_fields.get(key)
    if field is not None and typing.get_origin(field.annotation) is typing.Literal:
        kinds = typing.get_args(field.annotation)
        if len(kinds) == 1:  # with several the key says something of a part, and not what it is
            return str(kinds[0])
    words = re.sub(r"(?<!^)(?=[A-Z])", " ", model.__name__.removesuffix("Base")).lower()
    return words[0].upper() + words[1:]


def _text_of(page: Page, parts: list[type[BaseModel]], home: dict[type[BaseModel], Page]) -> str:
    def link(model: type[BaseModel]) -> str:
        target = home[model]
        if target.kinds and model in target.kinds and target is not page:
            return f"[{target.title.removesuffix('s').lower()}]({target.file})"
        heading = heading_of(model, target.key)
        anchor = heading.lower().replace(" ", "-")
        return f"[{heading.lower()}]({'' if target is page else target.file}#{anchor})"

    lines = [f"# {page.title}", "", MADE, "", page.opening, ""]
    for model in page.shared:
        title = "What all kinds share" if model is page.shared[0] and page.kinds else None
        lines += _section(model, page, link, "##", title)
    for model in page.kinds:
        lines += _section(model, page, link, "##")
    if parts:
        lines += ["## Parts", ""]
        for model in sorted(parts, key=lambda part: heading_of(part, page.key)):
            lines += _section(model, page, link, "###")
    if page.example:
        lines += ["## A file with every key", "", "```yaml"]
        lines += [*example_text(page.example).splitlines(), "```", ""]
    return "\n".join(lines).rstrip() + "\n"


def _section(
    model: type[BaseModel], page: Page, link: typing.Any, level: str, title: str | None = None
) -> list[str]:
    heading = title or heading_of(model, page.key)
    summary = _summary(model)
    lines = [f"{level} {heading}", "", *([] if summary == f"{heading}." else [summary, ""])]
    if model in page.kinds and page.has_uncomputed and heading not in COMPUTED:
        lines += ["*Not yet computed.*", ""]
    inherited = {
        name
        for base in page.shared
        if base is not model and issubclass(model, base)
        for name in base.model_fields
    }
    hints = hints_of(model)
    examples = examples_in(page.example, page.shared[0]) if page.example else None
    rows = []
    for name, field in model.model_fields.items():
        if name in inherited:
            continue
        if field.is_required():
            standing = "yes"
        elif field.default in (None, ()) or field.default_factory is not None:
            standing = "no"
        else:
            standing = "no; " + _default(field.default)
        meaning = (field.description or "").replace("|", r"\|")
        if name == page.key and model in page.kinds:
            meaning, standing = meaning or "Tells this kind from the others.", "yes"
        row = f"| `{field.alias or name}` | {takes(hints[name], link)} | {standing} | {meaning} |"
        if examples is not None:
            example = examples.get((model, name), "")
            row += f" `{example}` |" if example else " |"
        rows.append(row)
    if rows:
        heads = "| key | takes | needed | meaning |" + (" example |" if page.example else "")
        lines += [heads, "|---" * (heads.count("|") - 1) + "|", *rows, ""]
    return lines


def _summary(model: type[BaseModel]) -> str:
    """A model's docstring, without what speaks to programmers."""
    text = inspect.cleandoc(model.__doc__ or "")
    return re.sub(r"\s*A subclass adds [^.]*\.", "", text)


def _default(value: object) -> str:
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return f"else `{text}`"
