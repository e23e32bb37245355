"""The sheets of returns and of cash by period: what the moves of the waterfall add up to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from payforsuccess.deal.capital import OWED_BACK, Tranche
from payforsuccess.finance.by_period import COLUMNS
from payforsuccess.finance.moves import Move, is_inside
from payforsuccess.finance.moves import tranche as account_of
from payforsuccess.reports.workbook.cash import LiveCash
from payforsuccess.reports.workbook.frame import Frame, head_by_day
from payforsuccess.reports.workbook.grid import FIRST, Row, Section, Sheet, letters, span
from payforsuccess.reports.workbook.live import Live, live, most

HEADS = (
    "Tranche",
    "Drawn",
    "Came back",
    "Lost",
    "Multiple",
    "First estimate (XIRR)",
    "Rate a year",
    "Worth at that rate",
    "First day with cash",
)
GUESSES = (0.1, -0.3, -0.7, -0.95, 1, 5)
"""Where the search for a rate begins, one after the other: programs give up early."""
DRAWN, BACK, LOST, MULTIPLE, ESTIMATE, RATE, WORTH, STARTS = range(2, 10)


def returns_sheet(frame: Frame, cash: LiveCash, sheet: Sheet) -> None:
    """Each tranche in the order of the deal, then all who gave money together."""
    table = sheet.section("Returns, by actual days over 365", heads=HEADS)
    calendar = Sheet(sheet.title, "")
    head_by_day(calendar, frame)
    sheet.sections += calendar.sections
    days = calendar.sections[0].rows[0]
    lost = {
        each.name: _of_tranche(each, cash, table, _Flow(frame, sheet.section(each.name), days))
        for each in frame.deal.capital
    }
    inside = [each for each in frame.deal.capital if each.kind != "deferred-fee"]
    if sum(each.kind != "guarantee" for each in inside) > 1:
        accounts = {account_of(each.name) for each in inside}
        flow = _Flow(frame, sheet.section(ALL), days)
        flow.rows_of(
            cash,
            drawn=lambda move: move.source in accounts and move.kind == "draw",
            is_theirs=lambda name: name in accounts,
        )
        told = _figures(table, ALL, flow)
        table.put(told, LOST, sum((lost[each.name] for each in inside), live(0)))


ALL = "All who gave capital"


def _of_tranche(tranche: Tranche, cash: LiveCash, table: Section, flow: _Flow) -> Live:
    """The rows of a tranche by day and its figures; gives the cell of what it lost."""
    account = account_of(tranche.name)
    gives, repays = _gives(tranche.kind), _repays(tranche.kind)

    def repaid(move: Move) -> bool:
        is_recycled = move.kind == "recycle" and move.of == tranche.name
        return is_recycled or (move.target == account and move.kind in repays)

    flow.rows_of(
        cash,
        drawn=lambda move: move.source == account and move.kind in gives,
        is_theirs=lambda name: name == account,
    )
    flow.row("Principal repaid or recycled", _by_day(cash, repaid))
    flow.row(
        "Made good by guarantors",
        _by_day(cash, lambda move: move.target == account and move.kind == "guarantee"),
    )
    row = _figures(table, tranche.name, flow, recycles=_recycles(tranche))
    return table.put(row, LOST, _lost(tranche.kind, flow, row))


def _gives(kind: str) -> tuple[str, ...]:
    return ("guarantee",) if kind == "guarantee" else ("draw", "deferred-cost")


def _repays(kind: str) -> tuple[str, ...]:
    own = ("return",) if kind == "provider-equity" else ()
    return ("principal", "deferred-fee", *own)


def _recycles(tranche: Tranche) -> bool:
    return tranche.recyclable or tranche.kind == "recyclable-grant"


def _lost(kind: str, flow: _Flow, row: Row) -> Live:
    """Principal unpaid that nobody made good; of a guarantor, all that it made good (`Stake`)."""
    if kind == "guarantee":
        drawn = row.cells[DRAWN]
        assert isinstance(drawn, Live)
        return drawn + 0
    if kind not in OWED_BACK:
        return live(0)
    unpaid = most(flow.total("Drawn") - flow.total("Principal repaid or recycled"), 0)
    return live(most(unpaid - flow.total("Made good by guarantors"), 0))


def _by_day(cash: LiveCash, chosen: Callable[[Move], bool]) -> dict[int, Any]:
    found: dict[int, Any] = {}
    for move in cash.flows.moves:
        if chosen(move):
            found[move.day] = live(move.amount) + found.get(move.day, 0)
    return found


class _Flow:
    """The rows of one tranche by day."""

    def __init__(self, frame: Frame, section: Section, days: Row) -> None:
        self.section, self.days = section, days
        self.count = len(frame.calendar.days)
        self.rows: dict[str, Row] = {}

    @property
    def last(self) -> int:
        """The last column."""
        return FIRST + self.count - 1

    def rows_of(
        self,
        cash: LiveCash,
        *,
        drawn: Callable[[Move], bool],
        is_theirs: Callable[[str], bool],
    ) -> None:
        """What accounts drew, gave and got; what moves among them, and a guarantee, is neither.

        What a payment term takes back from them is taken off what came back.
        """

        def given(move: Move) -> bool:
            among = is_theirs(move.source) and is_theirs(move.target)
            return is_theirs(move.source) and move.kind != "take-back" and not among

        def got(move: Move) -> bool:
            return is_theirs(move.target) and not is_theirs(move.source)

        def taken(move: Move) -> bool:
            return is_theirs(move.source) and move.kind == "take-back"

        back = _by_day(cash, got)
        for at, amount in _by_day(cash, taken).items():
            back[at] = back.get(at, live(0)) - amount
        self.row("Drawn", _by_day(cash, drawn))
        self.row("Given", _by_day(cash, given))
        self.row("Came back", back)
        self.net()

    def row(self, says: str, amounts: dict[int, Any]) -> None:
        """Amounts by day, in a row."""
        self.rows[says] = row = self.section.row(says)
        for at in range(self.count):
            self.section.put(row, FIRST + at, live(amounts.get(at, 0)))

    def net(self) -> None:
        """Received less given, and where it is not nothing."""
        given, back = (
            [row.cells[FIRST + at] for at in range(self.count)]
            for row in (self.rows["Given"], self.rows["Came back"])
        )
        self.row(
            "Received less given",
            {
                at: got - gave
                for at, (got, gave) in enumerate(zip(back, given, strict=True))
                if isinstance(got, Live) and isinstance(gave, Live)
            },
        )
        row = self.rows["Received less given"]
        self.rows["moves"] = marks = self.section.row("Moves on the day: 1", told="number")
        for at in range(self.count):
            cell = row.cells[FIRST + at]
            assert isinstance(cell, Live)
            self.section.put(marks, FIRST + at, _mark(cell))

    def all_of(self, says: str) -> str:
        """The cells of a row."""
        return span(self.rows[says], FIRST, self.last)

    def total(self, says: str) -> Live:
        """A row added up."""
        row = self.rows[says]
        value = sum((cell.value for cell in row.cells.values() if isinstance(cell, Live)), 0)
        return Live(value, lambda _: f"SUM({span(row, FIRST, self.last)})", is_loose=True)


def _mark(cell: Live) -> Live:
    return Live(int(cell.value != 0), lambda sheet: f"IF({cell.named(sheet)}<>0,1,0)")


def _figures(table: Section, name: str, flow: _Flow, *, recycles: bool = False) -> Row:
    row = table.row(name)
    drawn = table.put(row, DRAWN, flow.total("Drawn"))
    back = table.put(row, BACK, flow.total("Came back"))

    def cell(column: int) -> str:
        return f"{letters(column)}{row.number}"

    def days() -> str:
        return span(flow.days, FIRST, flow.last)

    def years() -> str:
        return f"({days()}-{letters(FIRST)}{flow.days.number})/365"

    def first_to_last(cells: Row) -> str:
        whole = span(cells, FIRST, flow.last)
        return f"INDEX({whole},1,{cell(STARTS)}):{letters(flow.last)}{cells.number}"

    def estimate(_: str) -> str:
        net = flow.rows["Received less given"]
        found = '"not found"'
        for guess in reversed(GUESSES):
            found = (
                f"IFERROR(XIRR({first_to_last(net)},{first_to_last(flow.days)},{guess}),{found})"
            )
        given = f"MIN({flow.all_of('Received less given')})>=0"
        nothing = f"MAX({flow.all_of('Received less given')})<=0"
        return f'IF({given},"nothing given",IF({nothing},-1,{found}))'

    def starts(_: str) -> str:
        return f"IFERROR(MATCH(1,{flow.all_of('moves')},0),1)"

    def rate(_: str) -> str:
        """One step of Newton's method from the estimate, which stops at the sixth decimal."""
        at, net = cell(ESTIMATE), flow.all_of("Received less given")
        worth = f"SUMPRODUCT({net}/(1+{at})^({years()}))"
        slope = f"SUMPRODUCT({years()}*{net}/(1+{at})^({years()}+1))"
        return f"IF(ISNUMBER({at}),IF({at}<=-1,{at},{at}+{worth}/{slope}),{at})"

    def left(_: str) -> str:
        at, net = cell(RATE), flow.all_of("Received less given")
        worth = f"ROUND(SUMPRODUCT({net}/(1+{at})^({years()})),4)"
        return f'IF(ISNUMBER({at}),IF({at}<=-1,"all lost",{worth}),"")'

    if not recycles:
        table.put(
            row,
            MULTIPLE,
            Live(
                back.value / drawn.value if drawn.value else 0,
                lambda _: f'IF({cell(DRAWN)}=0,"",{cell(BACK)}/{cell(DRAWN)})',
            ),
        )
    for column, writes in (
        (ESTIMATE, estimate),
        (RATE, rate),
        (WORTH, left),
        (STARTS, starts),
    ):
        table.put(row, column, Live(0, writes))
    row.formats = {
        MULTIPLE: "multiple",
        ESTIMATE: "share",
        RATE: "share",
        WORTH: "multiple",
        STARTS: "number",
    }
    return row


def by_period(frame: Frame, cash: LiveCash, sheet: Sheet) -> None:
    """Below the days of the sheet of cash: every kind of move by day, then by payment period."""
    by_day = sheet.section("All moves of a kind, by day")
    number = sheet.sections[0].rows[1]
    count = len(frame.calendar.days)
    rows: list[tuple[str, Row]] = []
    for says, kinds in COLUMNS:
        amounts = _by_day(cash, lambda move: move.kind in kinds)  # noqa: B023
        if amounts:
            rows.append((says, _fill(by_day, says.capitalize(), amounts, count)))
    change = _changes(cash)
    rows.append(("change", _fill(by_day, "Change in what is on account", change, count)))
    heads = ("Payment period", *(says.capitalize() for says, _ in rows[:-1]), "Left on account")
    table = sheet.section("Cash by payment period", heads=heads)
    said = [str(period) for period in frame.calendar.periods]
    said.append(f"after {frame.calendar.periods[-1].last_day}")
    left: Any = 0
    for at, says in enumerate(said, 1):
        row = table.row(says, key=str(at))
        for column, (_, of) in enumerate(rows, 2):
            total = _in_period(of, number, at, count, frame)
            if column == len(rows) + 1:
                total = left = total + left
                left = table.put(row, column, total)
            else:
                table.put(row, column, total)


def _changes(cash: LiveCash) -> dict[int, Any]:
    change: dict[int, Any] = {}
    for move in cash.flows.moves:
        sign = is_inside(move.target) - is_inside(move.source)
        if sign:
            amount = live(move.amount) if sign > 0 else -live(move.amount)
            change[move.day] = change[move.day] + amount if move.day in change else amount
    return change


def _fill(section: Section, says: str, amounts: dict[int, Any], count: int) -> Row:
    row = section.row(says)
    for at in range(count):
        section.put(row, FIRST + at, live(amounts.get(at, 0)))
    return row


def _in_period(of: Row, number: Row, at: int, count: int, frame: Frame) -> Live:
    last = FIRST + count - 1
    value = sum(
        (
            cell.value
            for column, cell in of.cells.items()
            if isinstance(cell, Live) and _number_at(number, column) == at
        ),
        0,
    )
    return Live(
        value,
        lambda _: f"SUMIF({span(number, FIRST, last)},{at},{span(of, FIRST, last)})",
        is_loose=True,
    )


def _number_at(number: Row, column: int) -> int:
    cell = number.cells[column]
    assert isinstance(cell, Live)
    return int(cell.value)
