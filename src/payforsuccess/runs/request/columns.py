"""Which columns of a layout an agency is asked for, and what each is needed for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import PurePosixPath

from payforsuccess.deal.data import DataSource
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.needs import Need, needs_of
from payforsuccess.deal.tables import ENROLMENTS
from payforsuccess.records.agreement import permitted_columns
from payforsuccess.records.feed import FeedColumn, FeedFile, FeedLayout
from payforsuccess.records.uses import Use, uses_of
from payforsuccess.records.written import own_codes, own_name
from payforsuccess.reports.request_facts import ColumnAside, ColumnAsked, FeedAsked, FileAsked

_EXAMPLE = date(2026, 7, 31)
_PARTS = {
    "outcome": "outcome {name}",
    "plan": "evaluation plan {name}",
    "linkage": "matching people with other feeds",
    "consents": "knowing who consented",
    "equity": "equity tables",
    "eligibility": "eligibility",
}


def feed_asked(deal: Deal, source: DataSource, layout: FeedLayout) -> FeedAsked:
    """What is asked of the holder of a feed: permitted by its agreement and needed by the deal.

    A column is needed when an outcome, a plan, linkage or another part of the deal rests on it, and
    when the files cannot be read without it. What is permitted and not needed is not asked for;
    what is needed and not permitted is listed as lacking.
    """
    needs = [need for need in needs_of(deal) if source.feed in need.feeds]
    if not _may_be_linked(source):
        needs = [need for need in needs if need.part != "linkage"]
    uses = uses_of(layout)
    rests = {
        (file.name, column.name): _reasons(needs, uses.get((file.name, column.name), frozenset()))
        for file in layout.files
        for column in file.columns
    }
    sent = _files_sent(source, layout, rests)
    files: list[FileAsked] = []
    unasked: list[ColumnAside] = []
    lacking: list[ColumnAside] = []
    for file in layout.files:
        permitted = permitted_columns(source, file)
        holds_together = _structure(file, sent)
        columns = []
        for column in file.columns:
            shown = f"{file.name}.{column.name}" if len(layout.files) > 1 else column.name
            reasons = (*holds_together.get(column.name, ()), *rests[file.name, column.name])
            if file in sent and not reasons and not column.may_be_missing:
                reasons = ("the files cannot be read without it",)
            if file not in sent or not reasons:
                if column in permitted and column.name not in holds_together:
                    unasked.append(ColumnAside(shown, ("nothing in the deal rests on it",)))
            elif column not in permitted:
                lacking.append(ColumnAside(shown, reasons, not column.may_be_missing))
            else:
                columns.append(_asked(source, layout, file, column, reasons))
        if columns:
            files.append(_file(source, layout, file, tuple(columns)))
    linkage = deal.linkage
    linked = (linkage.anchor, *linkage.feeds) if linkage is not None else ()
    is_linked = source.feed in linked and _may_be_linked(source)
    return FeedAsked(
        source=source,
        layout=layout.name,
        says=layout.says,
        files=tuple(files),
        unasked=tuple(unasked),
        lacking=tuple(lacking),
        linked_with=tuple(feed for feed in linked if feed != source.feed) if is_linked else (),
        match_method=linkage.method if linkage is not None and is_linked else "",
        keys_destroyed_on=linkage.key_destroyed_on if linkage is not None else None,
        holds=tuple(
            hold
            for hold in deal.legal_holds
            if hold.lifted_on is None and (not hold.feeds or source.feed in hold.feeds)
        ),
    )


def _may_be_linked(source: DataSource) -> bool:
    permitted = source.agreement is None or source.agreement.may_be_linked
    return permitted and not source.is_victim_service


def _reasons(needs: Iterable[Need], uses: frozenset[Use]) -> tuple[str, ...]:
    """What rests on a column, one reason for each part of the deal."""
    found: dict[str, set[str]] = {}
    for need in needs:
        words = {
            "" if table == ENROLMENTS.name else use.word or word
            for use in uses
            for table, word in need.takes
            if use.table == table and (not word or use.word in ("", word))
        }
        if words:
            reason = _PARTS[need.part].format(name=need.name)
            found.setdefault(reason, set()).update(words - {""})
    return tuple(
        f"{reason} ({', '.join(sorted(words))})" if words else reason
        for reason, words in found.items()
    )


def _files_sent(
    source: DataSource, layout: FeedLayout, rests: dict[tuple[str, str], tuple[str, ...]]
) -> tuple[FeedFile, ...]:
    """The files that must come, and those of which something permitted is needed.

    What only tells rows and people apart, or joins them, is needed with a file, not for itself.
    """
    return tuple(
        file
        for file in layout.files
        if not file.may_be_missing
        or any(
            rests[file.name, column.name]
            for column in permitted_columns(source, file)
            if column.may_be_missing or column.name not in _structure(file, layout.files)
        )
    )


def _structure(file: FeedFile, sent: tuple[FeedFile, ...]) -> dict[str, tuple[str, ...]]:
    """What a column does for its file: tells people or rows apart, joins files, withdraws rows."""
    does: dict[str, list[str]] = {}
    if file.person:
        does.setdefault(file.person, []).append("telling people apart")
    for name in file.key:
        does.setdefault(name, []).append("telling rows apart")
    for reference in file.references:
        does.setdefault(reference.column, []).append(f"joining rows to {reference.file}")
    for other in sent:
        for reference in other.references:
            if reference.file == file.name:
                does.setdefault(reference.to_column, []).append(f"joining {other.name} to its rows")
    if file.deleted:
        does.setdefault(file.deleted, []).append("leaving out rows that were withdrawn")
    return {name: tuple(dict.fromkeys(each)) for name, each in does.items()}


def _asked(
    source: DataSource,
    layout: FeedLayout,
    file: FeedFile,
    column: FeedColumn,
    reasons: tuple[str, ...],
) -> ColumnAsked:
    agreement = source.agreement
    regimes = agreement.column_regimes if agreement is not None else {}
    general = agreement.regime if agreement is not None else "none"
    own = own_codes(source, file, column.name)
    return ColumnAsked(
        name=own_name(source, layout, file, column.name),
        column=column.name,
        kind=_kind(source, column),
        says=column.says,
        sensitivity=column.sensitivity,
        law=regimes.get(f"{file.name}.{column.name}", regimes.get(column.name, general)),
        values=tuple(written for code in column.codes for written in written_codes(own, code)),
        unknown=tuple(written for code in column.unknown for written in written_codes(own, code)),
        limits=_limits(column),
        may_be_empty=column.may_be_missing,
        reasons=reasons,
    )


def written_codes(own: dict[str, str], code: str) -> tuple[str, ...]:
    """How an agency writes a code of the layout: its own codes for it, or the code itself."""
    return tuple(theirs for theirs, ours in own.items() if ours == code) or (code,)


def _kind(source: DataSource, column: FeedColumn) -> str:
    match column.type:
        case "text":
            return "text"
        case "whole":
            return "whole number"
        case "decimal":
            return "number, with a point for decimals"
        case "day":
            return f"day, written as {_EXAMPLE.strftime(source.written.days)} for 31 July 2026"


def _limits(column: FeedColumn) -> str:
    said = []
    if column.least is not None:
        said.append(f"at least {column.least}")
    if column.most is not None:
        said.append(f"at most {column.most}")
    if column.pattern is not None:
        said.append(f"of the form {column.pattern}")
    if column.may_lie_ahead:
        said.append("may lie ahead")
    return "; ".join(said)


def file_name(source: DataSource, layout: FeedLayout, file: FeedFile) -> str:
    """What the file is called when it is sent: a name, never a way to another folder."""
    if len(layout.files) > 1:
        stated = source.written.files.get(file.name, f"{file.name}.csv")
    else:
        stated = source.path if PurePosixPath(source.path).suffix else f"{source.feed}.csv"
    return PurePosixPath(stated.replace("\\", "/")).name or f"{file.name}.csv"


def _file(
    source: DataSource, layout: FeedLayout, file: FeedFile, columns: tuple[ColumnAsked, ...]
) -> FileAsked:
    asked = {column.column for column in columns}
    names = {column.column: column.name for column in columns}
    return FileAsked(
        name=file.name,
        path=file_name(source, layout, file),
        says=file.says,
        columns=columns,
        key=tuple(names[name] for name in file.key) if set(file.key) <= asked else (),
        rules=(
            *(rule.says for rule in file.rules if set(rule.columns) <= asked),
            *(
                order.says
                for reference in file.references
                for order in reference.order
                if order.day in asked
            ),
        ),
        may_be_left_out=file.may_be_missing,
    )
