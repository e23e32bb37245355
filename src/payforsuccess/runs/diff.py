"""What an amendment changes, in words and in money, whose consent it needs, what it reaches."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from payforsuccess.deal.checks import check_deal
from payforsuccess.deal.checks.amendments import NeededConsent, consents_needed
from payforsuccess.deal.contract import Touches
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.reading import places_of, read_as
from payforsuccess.deal.reading.reader import build
from payforsuccess.deal.results import Results, Statement
from payforsuccess.deal.whole_file import Source
from payforsuccess.deal.words.phrases import counted, day, listed, money, named
from payforsuccess.errors import Finding, Refusal, sentence
from payforsuccess.payments.differences import LEVELS, Moved, moved_at_levels, moved_at_results
from payforsuccess.payments.history import DealHistory, put_in_order
from payforsuccess.payments.words.changes import Change, changes_between
from payforsuccess.runs.columns import in_columns
from payforsuccess.runs.files import read_bytes
from payforsuccess.runs.folder import DealFolder, DealPath, open_folder
from payforsuccess.runs.measure.people_rows import read_people
from payforsuccess.units import CURRENCY_DIGITS

_WIDTH = 96
_SAID = {
    "money": sentence("money"),
    "data": sentence("data"),
    "duty": sentence("a duty"),
    "plan": sentence("the evaluation plan"),
}


@dataclass(frozen=True, repr=False)
class Diff:
    """What changes between two versions: words, money, consents, and issued periods it reaches."""

    old: Deal
    new: Deal
    changes: tuple[Change, ...]
    money: tuple[Moved, ...]
    consents: tuple[NeededConsent, ...]
    reached: tuple[int, ...]
    findings: tuple[Finding, ...]

    @property
    def touches(self) -> tuple[Touches, ...]:
        """Whose concern the changes are, by what they change."""
        return tuple(dict.fromkeys(c.touches for c in self.changes if c.touches is not None))

    def as_plain(self) -> dict[str, object]:
        """The difference in plain parts."""
        return {
            "deal": self.new.deal,
            "in_force_from": self.new.in_force_from,
            "touches": list(self.touches),
            "changes": list(self.changes),
            "currency": self.new.currency,
            "money": [
                {"line": m.line, "at": m.at, "old": m.old, "new": m.new, "change": m.change}
                for m in self.money
            ],
            "consents": [
                {
                    "of": one.of,
                    "party": one.party,
                    "touches": one.touches,
                    "above": one.above,
                    "given_on": one.given_on,
                }
                for one in self.consents
            ],
            "issued_periods_reached": list(self.reached),
            "findings": list(self.findings),
        }

    def lines(self) -> list[str]:
        """The difference as text, line by line."""
        title = f"{self.new.deal}: what changes from {day(self.new.in_force_from)} on"
        lines = [title, "=" * min(len(title), _WIDTH)]
        if not self.changes:
            return [*lines, "Nothing changes."]
        lines += ["", "In words", "--------"]
        for change in self.changes:
            lines += _change(change)
        lines += ["", "In money", "--------", *_money(self)]
        lines += ["", "Consents", "--------", *_consents(self)]
        if self.findings:
            lines += ["", "Findings", "--------"]
            lines += [line for finding in self.findings for line in _item(finding.what)]
        return lines

    def __str__(self) -> str:
        return "\n".join(self.lines())

    __repr__ = __str__


def diff(
    old: Deal | DealPath, new: Deal | DealPath, results: Results | DealPath | None = None
) -> Diff:
    """What `new` changes in `old`.

    The money is that of `results` where they are given: what statements would pay in all, the new
    version from its first day on; rows by person are taken from beside the old deal. Without
    results it is each line alone at no success, a little, half-way and the most. Raises Refusal
    with every problem of either deal and of the results, but for consents not recorded yet.
    """
    before = old if isinstance(old, Deal) else _read_draft(old)
    after = new if isinstance(new, Deal) else _read_draft(new)
    findings: list[Finding] = []
    changes = changes_between(before, after)
    moved: tuple[Moved, ...] = moved_at_levels(before, after)
    folder = None if isinstance(old, Deal) else _folder_of(old)
    if results is not None:
        moved = _at_results(before, after, results, folder)
    reached = () if folder is None else _reached(after, folder.statements())
    findings += _undeclared(after, changes)
    findings += _reaching(after, reached)
    return Diff(
        old=before,
        new=after,
        changes=changes,
        money=moved,
        consents=consents_needed(after, by=before),
        reached=reached,
        findings=tuple(findings),
    )


def _read_draft(path: DealPath) -> Deal:
    """A deal file whose consents may still be missing: they are asked for on seeing this."""
    file = open_folder(path).deal_file
    built = build(Deal, read_bytes(file), file=str(file))
    deal = built.model.with_source(Source(str(file), places_of(built.tree, str(file))))
    problems = (*built.problems, *check_deal(deal, is_draft=True))
    if problems:
        raise Refusal(problems)
    return deal


def _folder_of(path: DealPath) -> DealFolder:
    """The folder that holds the deal's results and statements, also for one of its amendments."""
    folder = open_folder(path)
    above = folder.root.parent / "deal.yaml"
    return DealFolder(above) if folder.root.name == "amendments" and above.is_file() else folder


def _at_results(
    before: Deal, after: Deal, results: Results | DealPath, folder: DealFolder | None
) -> tuple[Moved, ...]:
    if not isinstance(results, Results):
        path = Path(results)
        results = read_as(Results, read_bytes(path), file=str(path))
    people_file = None if folder is None else folder.people_file()
    people = None if people_file is None else read_people(people_file)[0]
    is_amended = after.amendment is not None and after.in_force_from > before.in_force_from
    history = put_in_order((before, after)) if is_amended else DealHistory((after,))
    return moved_at_results(DealHistory((before,)), history, results, people)


def _reached(after: Deal, statements: tuple[Statement, ...]) -> tuple[int, ...]:
    """The issued periods that the new version governs."""
    return tuple(s.period for s in statements if s.period_start >= after.in_force_from)


def _undeclared(after: Deal, changes: tuple[Change, ...]) -> list[Finding]:
    """What the amendment changes without saying that it touches it."""
    amendment = after.amendment
    if amendment is None:
        if not changes:
            return []
        return [
            Finding(
                "consent",
                sentence(
                    "The new file does not say that it is an amendment, so it names no consent."
                ),
                after.place_of("amendment"),
            )
        ]
    found = []
    for touched in dict.fromkeys(change.touches for change in changes):
        if touched is not None and touched not in amendment.touches:
            which = [c.what.rstrip(".") for c in changes if c.touches == touched]
            found.append(
                Finding(
                    "consent",
                    sentence(
                        "The amendment does not say that it touches {touched}, and it changes: "
                        "{which}.",
                        touched=_SAID[touched],
                        which="; ".join(which[:5]),
                    ),
                    after.place_of("amendment", "touches"),
                )
            )
    return found


def _reaching(after: Deal, reached: tuple[int, ...]) -> list[Finding]:
    if not reached:
        return []
    periods = listed([str(period) for period in reached])
    periods = (
        sentence("period {periods}", periods=periods)
        if len(reached) == 1
        else sentence("periods {periods}", periods=periods)
    )
    what = sentence(
        "It reaches {periods}, already stated: the next statement corrects them.", periods=periods
    )
    if after.amendment is None:
        what = sentence(
            "It would change {periods}, already stated, and is no amendment: statements are "
            "refused until the old file is back.",
            periods=periods,
        )
    if after.amendment is not None and not after.amendment.retroactive:
        what = sentence(
            "It governs {periods}, already stated, and does not say that it reaches back: "
            "such an amendment needs `retroactive: true`.",
            periods=periods,
        )
    return [Finding("retroactive", what, after.place_of("in_force_from"))]


def _change(change: Change) -> list[str]:
    touches = f" ({_SAID[change.touches]})" if change.touches is not None else ""
    lines = _item(f"{change.what}{touches}")
    for sign, texts in (("was", change.was), ("now", change.now)):
        for text in texts:
            lines += textwrap.wrap(
                text,
                _WIDTH,
                initial_indent=f"    {sign}: ",
                subsequent_indent=" " * 9,
                break_long_words=False,
                break_on_hyphens=False,
            )
    return lines


def _money(found: Diff) -> list[str]:
    currency = found.new.currency

    def text(minor: int | None) -> str:
        if minor is None:
            return "-"
        return money(Fraction(minor, 10 ** CURRENCY_DIGITS[currency]), currency)

    at_levels = all(moved.at in LEVELS for moved in found.money)
    shown = [moved for moved in found.money if moved.change or not at_levels]
    if not shown:
        return _item(
            "At no success, a little, half-way and at the most every line pays the same as before; "
            "what lies between was not looked at."
        )
    heads = ("line", "at", "old", "new", "change")
    rows = [(named(m.line), m.at, text(m.old), text(m.new), text(m.change)) for m in shown]
    if not at_levels:
        sums = [
            sum(amount or 0 for amount in column)
            for column in zip(*((m.old, m.new, m.change) for m in shown), strict=True)
        ]
        old, new, change = (text(whole) for whole in sums)
        rows.append(("all lines", "these results", old, new, change))
    lines = [f"  {line}" for line in in_columns((heads, *rows), right=(2, 3, 4))]
    if at_levels:
        every = found.new.periods.every
        lines += _item(
            f"Each line alone in one {every} or at one point, before limits over several lines; "
            "lines that pay the same are left out. A dash: no such line, or no bounds."
        )
    return lines


def _consents(found: Diff) -> list[str]:
    if not found.consents:
        if found.new.amendment is None:
            return _item("The new file is not an amendment.")
        return _item("By the deal's own rules it needs no one's consent.")
    lines: list[str] = []
    for one in found.consents:
        above = (
            f", if it moves more than {money(one.above, found.new.currency)}"
            if one.above is not None
            else ""
        )
        given = f"given on {day(one.given_on)}" if one.given_on is not None else "not on record"
        lines += _item(f"{one} (it touches {_SAID[one.touches]}){above}: {given}.")
    missing = sum(one.given_on is None and one.above is None for one in found.consents)
    if missing:
        lines += _item(f"Not in force: {counted(missing, 'consent')} missing.")
    return lines


def _item(text: str) -> list[str]:
    return textwrap.wrap(
        text,
        _WIDTH,
        initial_indent="  - ",
        subsequent_indent="    ",
        break_long_words=False,
        break_on_hyphens=False,
    )
