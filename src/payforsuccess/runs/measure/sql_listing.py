"""The SQL of one measure for an auditor, with its sentences, before any record is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.measures import Measure, MeasureBase
from payforsuccess.deal.words import measure_in_words
from payforsuccess.errors import Place, Problem, Refusal
from payforsuccess.runs.folder import DealPath, open_folder, read_deal


@dataclass(frozen=True, repr=False)
class SqlListing:
    """The commented SQL of one outcome or plan; prints as text."""

    name: str
    sql: str

    def __str__(self) -> str:
        return self.sql.rstrip("\n")

    __repr__ = __str__


def sql_of(deal: Deal | DealPath, name: str) -> SqlListing:
    """The SQL of an outcome's or a plan's measure, as a run would compile it for this deal.

    Refuses a name that states no measure, and a measure that this version does not compute. No
    record is read; an empty engine only writes the statement down.
    """
    if not isinstance(deal, Deal):
        folder = open_folder(deal)
        is_whole_folder = folder.deal_file.name == "deal.yaml" and folder.amendment_files
        deal = folder.history().latest if is_whole_folder else read_deal(deal)
    measure, where = _measure_of(deal, name)
    from payforsuccess.deal.tables import TABLES
    from payforsuccess.measures import Tables
    from payforsuccess.runs.measure.measuring import compiled_people
    from payforsuccess.store import empty_table, open_store

    of = measure if isinstance(measure, MeasureBase) else measure.of
    with open_store() as store:
        tables = Tables.of(
            store.tables_from({layout.name: empty_table(layout) for layout in TABLES})
        )
        sql = store.sql_of(compiled_people(deal, of, tables, excused_as=(name,), where=where))
    return SqlListing(name, listing(deal, name, sql))


def listing(deal: Deal, name: str, sql: str) -> str:
    """A statement as it is filed with a run: commented, with what the deal says of the measure."""
    from payforsuccess.measures.listing import commented_sql

    measure, _ = _measure_of(deal, name)
    of = measure if isinstance(measure, MeasureBase) else measure.of
    through = {source.feed: source.complete_through for source in deal.data}
    return commented_sql(
        sql,
        title=f"{deal.deal}: {name}, the measure {of.kind}.",
        says=measure_in_words(measure),
        deal_fingerprint=deal.terms_fingerprint,
        parameters=_parameters(deal, name, of, through),
    )


def _measure_of(deal: Deal, name: str) -> tuple[Measure, Place]:
    if name in deal.outcomes and (measure := deal.outcomes[name].measure) is not None:
        return measure, deal.place_of("outcomes", name, "measure")
    if name in deal.evaluation:
        return deal.evaluation[name].measure, deal.place_of("evaluation", name, "measure")
    stated = [key for key, outcome in deal.outcomes.items() if outcome.measure is not None]
    raise Refusal(
        Problem(
            f"No outcome or plan with the name {name} states a measure.",
            f"Name one of: {', '.join([*stated, *deal.evaluation]) or 'none does'}.",
            deal.place_of("outcomes"),
        )
    )


def _parameters(
    deal: Deal, name: str, measure: MeasureBase, through: Mapping[str, date]
) -> dict[str, str]:
    excused = [
        f"{fact.from_} to {fact.to} ({fact.effect})"
        for fact in deal.excused
        if not fact.outcomes or name in fact.outcomes
    ]
    feeds = ", ".join(f"{feed} {through[feed]}" for feed in measure.feeds if feed in through)
    return {
        "Window": f"{measure.window} from {measure.start_event or measure.starts_at}",
        "Feeds complete through": feeds,
        **({"Excused": "; ".join(excused)} if excused else {}),
    }
