"""An INDIGO record as a comparator: what it states, cited to it, and nothing that it does not.

The standard knows no design of an evaluation and no lessons. The design is given as not published,
with the methods of validation in words; lessons are the changes that the record itself describes.
"""

from __future__ import annotations

import re

from payforsuccess.deal.indigo.comparator_money import (
    capital,
    currencies,
    invested,
    most,
    paid,
    terms,
)
from payforsuccess.deal.indigo.parts import IndigoPart, IndigoRecord
from payforsuccess.deal.record import (
    Fact,
    Lesson,
    PolicyArea,
    Record,
    RecordParty,
    RecordResult,
    ResultKind,
    Role,
    State,
    Years,
)
from payforsuccess.errors import Place, Problem, Refusal
from payforsuccess.units import CURRENCY_DIGITS, grouped

AREAS: dict[str, PolicyArea] = {
    "Employment and training": "employment",
    "Child and family welfare": "child and family welfare",
    "Health": "health",
    "Homelessness": "housing and homelessness",
    "Education": "education",
    "Criminal justice": "public safety",
    "Agriculture and environment": "environment",
}
"""The standard's sectors that are areas of ours; another, poverty reduction, is told as a fact."""
STATES: dict[str, State] = {
    "Contracted": "in operation",
    "Implementation": "in operation",
    "Service delivery complete": "in repayment",
    "Complete": "complete",
}
COUNTRIES = {
    "CD": "Democratic Republic of the Congo",
    "CM": "Cameroon",
    "GB": "United Kingdom",
    "IN": "India",
    "KE": "Kenya",
    "KH": "Cambodia",
    "ML": "Mali",
    "NG": "Nigeria",
    "US": "United States",
}
"""Names as the library writes them; other countries keep the two letters of ISO 3166."""

IMPORTED = "imported"
"""What is cited for an imported figure: the record itself, whoever gave it out."""

_NOT_STATED = "Not stated in the record"


def comparator_of(record: IndigoRecord, *, file: str) -> Record:
    """The comparator; raises Refusal with everything that one needs and the record leaves out."""
    project, cited = record.project, (f"{IMPORTED}:{record.id}",)
    start = project.year("dates.start_date_of_service_provision", "dates.outcomes_contract_signed")
    found = currencies(project)
    needed = (
        ("name", "its name", bool(project.text("name"))),
        (
            "dates.start_date_of_service_provision",
            "when service began or the contract was signed",
            bool(start),
        ),
        (
            "stage_development",
            "at which stage it stands",
            project.text("stage_development") in STATES,
        ),
        (
            "overall_project_finance",
            "in which one currency outcomes are paid, of those this version knows",
            len(found) == 1 and found[0] in CURRENCY_DIGITS,
        ),
    )
    problems = [
        Problem(
            f"The record {record.id} does not say {what}.",
            "A comparator needs it: add it to the record, with its source.",
            Place(file, field=field),
        )
        for field, what, is_there in needed
        if not is_there
    ]
    if problems or start is None:
        raise Refusal(problems)
    end = project.year("dates.actual_end_date_of_service_provision", "dates.actual_completion_date")
    methods = [row.text("outcome_validation_method") for row in project.rows("outcome_metrics")]
    outcomes = [row.text("definition") for row in project.rows("outcome_metrics")]
    sector = project.text("purpose_and_classifications.policy_sector")
    return Record(
        id=record_id(record.id),
        name=project.text("name"),
        place=_place(project),
        countries=_countries(project),
        years=Years(from_=start, to=None if end is None else max(end, start)),
        policy_areas=(AREAS[sector],) if sector in AREAS else (),
        population=project.text("service_and_beneficiaries.target_population") or _NOT_STATED,
        outcomes=_once(outcomes) or (_NOT_STATED,),
        designs=("not published",),
        design_says=" ".join(_once(methods)) or None,
        state=STATES[project.text("stage_development")],
        result=_result(project, found[0]),
        currency=found[0],
        parties=_parties(record),
        capital=capital(record, found[0], cited),
        payment_terms=terms(project, cited),
        facts=_facts(project, found[0], cited),
        lessons=_lessons(project, cited),
        gaps=_gaps(project),
        indigo=(record.id,),
        read_from=f"INDIGO record {record.id}; nobody has held it against other sources.",
    )


def record_id(indigo: str) -> str:
    """The id of the comparator: `indigo-poj-0099`."""
    plain = re.sub(r"[^a-z0-9]+", "-", indigo.casefold()).strip("-")
    return plain if plain[:1].isalpha() else f"indigo-{plain}"


def _once(texts: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))


def _place(project: IndigoPart) -> str:
    names = _once([row.text("location_name") for row in project.rows("delivery_locations")])
    return ", ".join(names) or project.text("jurisdiction.notes") or _NOT_STATED


def _countries(project: IndigoPart) -> tuple[str, ...]:
    codes = [row.text("location_country") for row in project.rows("delivery_locations")]
    found = _once(codes) or _once([project.text("jurisdiction.jurisdiction")])
    return tuple(COUNTRIES.get(code, code) for code in found)


def _result(project: IndigoPart, currency: str) -> RecordResult:
    amount, ceiling = paid(project), most(project)
    if amount is None:
        return RecordResult(
            kind="not published", says="The record states no sum of outcome payments made."
        )
    kind: ResultKind = "paid" if amount else "nothing paid"
    if ceiling is not None and amount == ceiling and amount:
        kind = "paid at the ceiling"
    says = f"The record states {grouped(amount)} {currency} of outcome payments made."
    return RecordResult(kind=kind, says=says)


def _parties(record: IndigoRecord) -> tuple[RecordParty, ...]:
    roles: dict[str, list[Role]] = {}
    listed: tuple[tuple[str, Role], ...] = (
        ("outcome_payment_commitments", "payor"),
        ("service_provisions", "provider"),
        ("intermediary_services", "intermediary"),
        ("investments", "investor"),
    )
    for name, role in listed:
        for row in record.project.rows(name):
            if organisation := row.text("organisation_id"):
                roles.setdefault(record.named(organisation), []).append(role)
    for row in record.project.rows("results"):
        for organisation in row.text("outcomes_validator_organisation_ids").split(","):
            if organisation.strip():
                roles.setdefault(record.named(organisation.strip()), []).append("validator")
    return tuple(
        RecordParty(name=name, roles=tuple(dict.fromkeys(held))) for name, held in roles.items()
    )


def _facts(project: IndigoPart, currency: str, cited: tuple[str, ...]) -> tuple[Fact, ...]:
    ceiling = most(project)
    sector = project.text("purpose_and_classifications.policy_sector")
    planned = project.number(
        "service_and_beneficiaries.targeted_number_service_users_or_beneficiaries_total"
    )
    served = project.number(
        "service_and_beneficiaries.actual_number_service_users_or_beneficiaries_total"
    )
    told = [
        ("Most it pays", "" if ceiling is None else f"{grouped(ceiling)} {currency}"),
        ("Invested", invested(project)),
        ("People planned", "" if planned is None else grouped(planned)),
        ("People served", "" if served is None else grouped(served)),
        ("Policy sector", "" if sector in AREAS else sector),
        ("Intervention", project.text("purpose_and_classifications.intervention")),
        *(("Result", text) for text in _once(_results(project))),
    ]
    return tuple(
        Fact(label=label, value=value, standing="published", sources=cited)
        for label, value in told
        if value
    )


def _results(project: IndigoPart) -> list[str]:
    return [
        f"{metric}: {achieved}" if (metric := row.text("outcome_metric_id")) else achieved
        for row in project.rows("results")
        if (achieved := row.text("outcomes_achieved"))
    ]


def _lessons(project: IndigoPart, cited: tuple[str, ...]) -> tuple[Lesson, ...]:
    """What the record says was changed, and why; nothing is concluded from it."""
    found: list[Lesson] = []
    for name in ("service_provisions", "outcome_payment_commitments"):
        for row in project.rows(name):
            says = row.text("alterations.description")
            if says:
                reason = row.text("alterations.reason")
                whole = f"{says} Reason: {reason}" if reason else says
                found.append(Lesson(about="amended", says=whole, sources=cited))
    covid = project.text("changes_to_project_due_to_covid19")
    if covid and covid != "Continue on outcomes contract without variations":
        about = "stalled" if covid == "Pause project" else "amended"
        says = f"Because of COVID-19, as the standard words it: {covid}."
        found.append(Lesson(about=about, says=says, sources=cited))
    return tuple(found)


def _gaps(project: IndigoPart) -> tuple[str, ...]:
    wanted = {
        "Prices.": bool(project.rows("outcome_pricings")),
        "Results.": bool(project.rows("results")),
        "Investments.": bool(project.rows("investments")),
        "Outcome payments made.": paid(project) is not None,
        "The design of the evaluation.": False,
    }
    return tuple(gap for gap, is_there in wanted.items() if not is_there)


def sector_of(areas: tuple[PolicyArea, ...]) -> str | None:
    """The standard's one sector: that of the first area for which it has a word."""
    words = {area: sector for sector, area in AREAS.items()}
    return next((words[area] for area in areas if area in words), None)
