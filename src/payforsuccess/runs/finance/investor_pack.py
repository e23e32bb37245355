"""Write the investors' page of a quarter, on the draws that the payor sees."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from payforsuccess.errors import Problem, Refusal
from payforsuccess.finance.summary import summarise
from payforsuccess.reports import Document, write_html
from payforsuccess.reports.investor_pack import PackFacts, investor_pack
from payforsuccess.runs.files import json_bytes, read_bytes
from payforsuccess.runs.finance.files import Financed, open_financed
from payforsuccess.runs.finance.recorded import keep, told_from
from payforsuccess.runs.finance.simulate import HEADS, Simulated, simulate
from payforsuccess.runs.finance.words import ratio_figure, repaid_figure, share_figure, units_text
from payforsuccess.trail import RunInput, fingerprint_bytes

if TYPE_CHECKING:
    from payforsuccess.runs.finance.capital import CapitalStatus


def write_pack(status: CapitalStatus, *, root: Path, record: Path) -> tuple[Path, ...]:
    """`out/capital/NAME/investors.html` with its numbers and the record of the run."""
    financed = open_financed(root)
    simulated = _simulated(financed, status)
    files = {
        "investors.html": write_html(investor_pack(_facts(financed, status, simulated))),
        "capital.json": json_bytes(status.as_plain()),
    }
    read = RunInput(record.name, told_from(record, root), fingerprint_bytes(read_bytes(record)))
    settings = (("as_of", str(status.as_of)), ("seed", str(simulated.seed)))
    return keep(financed, "capital", files, settings=settings, also=(read,))


def pack_of(status: CapitalStatus, *, root: Path) -> Document:
    """The same page as a document; nothing is kept of it."""
    financed = open_financed(root)
    return investor_pack(_facts(financed, status, _simulated(financed, status)))


def _simulated(financed: Financed, status: CapitalStatus) -> Simulated:
    """The simulation of `pfs simulate` without further flags: the same draws for everyone.

    Refuses a day before the last determination, since a look ahead from then would already know
    what came later.
    """
    _refuse_later(financed, status)
    return simulate(financed.folder.root)


def _facts(financed: Financed, status: CapitalStatus, simulated: Simulated) -> PackFacts:
    return PackFacts(
        summary=summarise(financed.history, financed.assumptions, known=financed.known),
        as_of=status.as_of,
        is_made_up=status.is_made_up,
        results=tuple(sorted(financed.known, key=lambda r: (r.outcome, r.period or 0, r.slot))),
        held=status.held,
        tranches=status.tranches,
        bank=status.bank,
        notices=status.notices,
        findings=status.findings,
        recycled=status.recycled,
        simulated=_tables(simulated),
        drawn_by=(
            f"{simulated.scrambles} scrambles of {simulated.worlds:,} worlds from seed "
            f"{simulated.seed}, around the {simulated.case} case: the draws that the payor and the "
            "provider see. ± is the error between scrambles, not how uncertain the future is."
        ),
    )


def _refuse_later(financed: Financed, status: CapitalStatus) -> None:
    last = max((each.on for each in financed.determinations), default=status.as_of)
    if last > status.as_of:
        raise Refusal(
            Problem(
                f"Results were determined on {last}, after {status.as_of}: a page of that day "
                "would know what came later.",
                f"Make it for {last} or later.",
            )
        )


def _tables(found: Simulated) -> tuple[tuple[str, list[tuple[str, ...]]], ...]:
    paid: list[tuple[str, ...]] = [("success payments", *HEADS)]
    for one in found.payments:
        figures = (*one.percentiles, one.mean, one.worst)
        paid.append((one.says, *(units_text(each.value, found.currency) for each in figures)))
    if not found.tranches:
        return (("Success payments over the worlds", paid),)
    odds: list[tuple[str, ...]] = [("", *(one.name for one in found.tranches))]
    odds += [
        ("principal repaid in full", *(repaid_figure(one) for one in found.tranches)),
        ("some is lost", *(share_figure(one.loses) for one in found.tranches)),
        (
            "lost in the worst 5% of worlds, mean",
            *(units_text(one.shortfall.value, found.currency) for one in found.tranches),
        ),
        ("multiple, mean", *(ratio_figure(one.multiple) for one in found.tranches)),
        ("rate of the mean flows", *(share_figure(one.rate_of_mean) for one in found.tranches)),
    ]
    return (("Success payments over the worlds", paid), ("Who gave capital", odds))
