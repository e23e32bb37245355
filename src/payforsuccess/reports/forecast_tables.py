"""The tables of a forecast, made from its summary; amounts in full, cases side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from payforsuccess.deal.assumptions import Assumptions, Case
from payforsuccess.finance.by_period import COLUMNS
from payforsuccess.finance.simulate.sensitivity import assumed_in
from payforsuccess.finance.sources import Entry
from payforsuccess.finance.summary import CaseSummary, Summary
from payforsuccess.finance.tranches import TrancheReturn
from payforsuccess.reports.forecast_words import assumed_text, rate_text, ratio_text
from payforsuccess.reports.numbers import amount_text
from payforsuccess.reports.table import Cell, Column, Table, cell

Lines = list[tuple[str, ...]]
NO_SUCCESS = "no success"
NO_MORE_SUCCESS = "no more success"
"""Where results are determined, they stand."""


def side_by_side(summary: Summary) -> Lines:
    """The few figures of each case: a heading row, then one row a figure."""
    currency = summary.forecast.deal.currency
    cases = tuple(summary.cases.values())
    rows: Lines = [("", *(one.case for one in cases))]

    def add(says: str, told: Iterable[str]) -> None:
        rows.append((says, *told))

    def money(minor: int) -> str:
        return amount_text(minor, currency)

    add("People who start", (f"{sum(one.forecast.people.started):,}" for one in cases))
    add("Success payments", (money(one.forecast.paid) for one in cases))
    for says, amounts in _earned_against_paid(cases):
        add(says, map(money, amounts))
    add("Success payments, worth at the start", (money(one.present_value) for one in cases))
    add("Costs of the project", (money(_costs(one)) for one in cases))
    if summary.forecast.deal.capital:
        add("Capital drawn", (money(_drawn(one)) for one in cases))
        add("Capital lost", (money(sum(lost for _, lost in one.risk.lost)) for one in cases))
        if any(one.risk.given for one in cases):
            given = (sum(amount for _, amount in one.risk.given) for one in cases)
            add("Grants, not owed back", map(money, given))
        for at, each in enumerate(cases[0].returns):
            add(f"{each.name}: multiple", (ratio_text(c.returns[at].multiple) for c in cases))
            add(f"{each.name}: rate a year", (rate_text(c.returns[at]) for c in cases))
        for at, cover in enumerate(cases[0].coverage):
            add(
                f"{cover.tranche}: times that what is owed is covered",
                (ratio_text(c.coverage[at].ratio) for c in cases),
            )
    for at, cash in enumerate(cases[0].providers):
        if any(c.providers[at].working_capital for c in cases) and _is_provider_only(summary, at):
            add(
                f"{cash.party}: out of pocket by up to",
                (money(c.providers[at].working_capital) for c in cases),
            )
    if any(one.sources.uses[-1].amount for one in cases):
        add("Left on account in the end", (money(one.sources.uses[-1].amount) for one in cases))
    return rows


def _earned_against_paid(cases: Sequence[CaseSummary]) -> Iterator[tuple[str, list[int]]]:
    """What was paid and taken back; what statements say was earned, and what makes it differ."""
    flows = [one.forecast.flows for one in cases]
    back = [int(each.total(each.of("take-back"))) for each in flows]
    if any(back):
        yield "  paid", [one.forecast.paid + less for one, less in zip(cases, back, strict=True)]
        yield "  taken back", back
    earned = [one.forecast.earned for one in cases]
    if earned == [one.forecast.paid for one in cases]:
        return
    yield "  earned, by the statements", earned
    for says, amounts in (
        ("  overpaid and still credited in the end", [each.open_credit for each in flows]),
        ("  overpaid and forgiven", [each.forgiven for each in flows]),
        ("  earned and past the payors' ceilings", [each.unfunded for each in flows]),
    ):
        if any(amounts):
            yield says, [int(amount) for amount in amounts]


def borne(summary: Summary) -> Lines:
    """What each is left with, case by case and without any success: a heading row first."""
    currency = summary.forecast.deal.currency
    shown = [*summary.cases.values()]
    heads = [str(one.case) for one in shown]
    if summary.without_success is not None:
        shown.append(summary.without_success)
        heads.append(NO_MORE_SUCCESS if summary.forecast.determined else NO_SUCCESS)
    names = dict.fromkeys((each.who, each.role) for one in shown for each in one.borne)
    rows: Lines = [("", "as", *heads)]
    for who, role in names:
        nets = (
            next((each.net for each in one.borne if (each.who, each.role) == (who, role)), 0)
            for one in shown
        )
        rows.append((who, role, *(amount_text(net, currency) for net in nets)))
    return rows


def liability(summary: Summary) -> Lines:
    """What payors may owe by fiscal year: a heading row first.

    A deal that states nothing provided has a dash there: a budget beside it may provide.
    """
    currency = summary.forecast.deal.currency
    states = bool(summary.forecast.deal.budget.provided)
    cases: tuple[Case, ...] = tuple(summary.cases)
    rows: Lines = [("fiscal year", *(f"paid, {case}" for case in cases), "at most", "provided")]
    for year in summary.liability.years:
        most = "unbounded" if year.most is None else amount_text(year.most, currency)
        rows.append(
            (
                str(year.fiscal_year),
                *(amount_text(year.paid[case], currency) for case in cases),
                most,
                amount_text(year.provided, currency) if states else "-",
            )
        )
    return rows


def periods(one: CaseSummary, currency: str) -> Lines:
    """Cash by period, without the columns in which nothing moves: a heading row first."""
    used = [at for at in range(len(COLUMNS)) if any(row.amounts[at] for row in one.periods)]
    rows: Lines = [("period", *(COLUMNS[at][0] for at in used), "left")]
    for row in one.periods:
        amounts = (amount_text(row.amounts[at], currency) for at in used)
        rows.append((row.says, *amounts, amount_text(row.left, currency)))
    return rows


def sources_and_uses(one: CaseSummary, currency: str) -> Lines:
    """Both sides with their equal totals; what never passes through the project comes after."""
    rows: Lines = [("", "sources", "uses")]
    rows += [(entry.says, amount_text(entry.amount, currency), "") for entry in one.sources.sources]
    rows += [(entry.says, "", amount_text(entry.amount, currency)) for entry in one.sources.uses]
    total = amount_text(one.sources.total, currency)
    rows.append(("Total" if one.sources.closes else "DOES NOT CLOSE", total, total))
    return rows


def sources_table(one: CaseSummary, currency: str) -> Table:
    """The same for a page, which has no empty cells: what comes in, then what goes out."""
    sides = (
        ("source", "Sources in all", one.sources.sources),
        ("use", "Uses in all", one.sources.uses),
    )
    rows = [
        (cell(entry.says), cell(side), cell(amount_text(entry.amount, currency)))
        for side, _, entries in sides
        for entry in entries
    ]
    totals = [
        (Cell((says,), spans=2), cell(amount_text(sum(e.amount for e in entries), currency)))
        for _, says, entries in sides
    ]
    caption = f"Sources and uses in the {one.case} case"
    if not one.sources.closes:
        caption += ": DOES NOT CLOSE"
    columns = (Column("What"), Column("Side"), Column("Amount", is_number=True))
    return Table(caption, columns, tuple(rows), footer=tuple(totals))


def outside(one: CaseSummary) -> tuple[Entry, ...]:
    """What others bear and base pay."""
    return one.sources.outside


def tranches(one: CaseSummary, currency: str) -> Lines:
    """What each tranche gave and got back: a heading row first.

    Principal that was recycled, or that a guarantor made good, has its column where there is any.
    """
    shown: list[tuple[str, Callable[[TrancheReturn], int]]] = [
        ("drawn", lambda each: each.drawn),
        ("came back", lambda each: each.came_back),
    ]
    if any(each.stake.recycled for each in one.returns):
        shown.append(("recycled", lambda each: int(each.stake.recycled)))
    shown.append(("principal unpaid", lambda each: each.unpaid))
    if any(each.stake.made_good for each in one.returns):
        shown.append(("made good", lambda each: int(each.stake.made_good)))
    shown.append(("lost", lambda each: each.loss))
    rows: Lines = [("tranche", *(says for says, _ in shown), "multiple", "rate a year")]
    for each in one.returns:
        amounts = (amount_text(read(each), currency) for _, read in shown)
        rows.append((each.name, *amounts, ratio_text(each.multiple), rate_text(each)))
    return rows


def assumed(assumptions: Assumptions) -> Lines:
    """Every number with cases: what it is in each, how firm it is, and where it comes from."""
    rows: Lines = [("assumption", "low", "base", "high", "standing", "source")]
    for path, value in assumed_in(assumptions):
        told = [assumed_text(value.in_case(case)) for case in ("low", "base", "high")]
        rows.append(
            (" ".join(map(str, path)).replace("_", " "), *told, value.standing, value.source)
        )
    return rows


def as_table(
    caption: str,
    rows: Lines,
    *,
    first: str = "Figure",
    texts: Sequence[int] = (0,),
    total: bool = False,
) -> Table:
    """Rows with their heading row as a table; columns not in `texts` are numbers.

    `first` is what stands over the first column where its heading is empty.
    """
    heads, *body = rows
    columns = tuple(
        Column((head or first).capitalize(), is_number=at not in texts)
        for at, head in enumerate(heads)
    )
    cells = tuple(tuple(_cell(text) for text in row) for row in body)
    if total:
        return Table(caption, columns, cells[:-1], footer=(_footer(body[-1]),))
    return Table(caption, columns, cells)


def _footer(row: tuple[str, ...]) -> tuple[Cell, ...]:
    """The last row: its name runs over the empty cells that follow it."""
    name, *rest = row
    empty = next((at for at, text in enumerate(rest) if text.strip()), len(rest))
    return (Cell((name,), spans=1 + empty), *(_cell(text) for text in rest[empty:]))


def _cell(text: str) -> Cell:
    return cell(text.strip() or "none")


def _costs(one: CaseSummary) -> int:
    return sum(int(move.amount) for move in one.forecast.flows.of("cost"))


def _drawn(one: CaseSummary) -> int:
    return sum(int(move.amount) for move in one.forecast.flows.of("draw"))


def _is_provider_only(summary: Summary, at: int) -> bool:
    """A payor that also provides is out of pocket by what it pays, which stands elsewhere."""
    name = summary.cases["base"].providers[at].party
    return name not in {payor.party for payor in summary.forecast.deal.payors}
