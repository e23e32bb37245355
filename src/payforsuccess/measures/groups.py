"""Who belongs to which group: the facts about people by which rates are broken down."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from payforsuccess.measures.lazily import ibis, ir
from payforsuccess.measures.tables import Tables

NOT_KNOWN = "not known"
STAGES = ("referred", "assigned", "enrolled", "exited")
SITE = "site"
"""The grouping by where people are served, which is a column of the enrolment."""
_BAND = 10


def compile_groups(tables: Tables, *, trait: str) -> ir.Table:
    """One row an enrolment: enrolment, and the fact as a `label` or a `value`, missing if unknown.

    A fact that changes is taken as it was last known up to the day of referral, or of assignment
    or enrolment where there was no referral, so that what the programme learnt later moves no one
    between groups. Of several facts of one day the first word in the alphabet is taken.
    """
    people = tables.enrolments.select(
        "enrolment",
        "person",
        known_by=ibis.coalesce(
            tables.enrolments.referred_on,
            tables.enrolments.assigned_on,
            tables.enrolments.enrolled_on,
        ),
    )
    if trait == SITE:
        return tables.enrolments.select(
            "enrolment", label="site", value=ibis.null("decimal(38, 9)")
        )
    facts = tables.traits.filter(tables.traits.trait == trait).select(
        "as_of", "label", "value", of="person"
    )
    joined = people.left_join(
        facts,
        [
            people.person == facts.of,
            facts.as_of.isnull() | people.known_by.isnull() | (facts.as_of <= people.known_by),
        ],
    )
    first = ibis.date("0001-01-01")
    order = [ibis.desc(joined.as_of.fill_null(first)), joined.label, joined.value]
    given = joined.label.notnull() | joined.value.notnull()
    return joined.group_by("enrolment").aggregate(
        label=joined.label.first(where=given, order_by=order, include_null=True),
        value=joined.value.first(where=given, order_by=order, include_null=True),
    )


def compile_stages(tables: Tables, groups: ir.Table) -> ir.Table:
    """One row a group and arm: how many enrolments reached each of `STAGES`."""
    rows = tables.enrolments.join(groups, "enrolment")
    reached = {stage: rows[f"{stage}_on"].notnull().sum().fill_null(0) for stage in STAGES}
    return (
        rows.group_by("label", "value", "arm")
        .aggregate(people=rows.count(), **reached)
        .order_by("label", "value", "arm")
    )


def compile_found(tables: Tables, groups: ir.Table, persons: ir.Table) -> ir.Table:
    """One row a group and arm: enrolments, and those of people who are among `persons`.

    persons: one column, `person`.
    """
    among = persons.distinct().select(found="person")
    rows = tables.enrolments.join(groups, "enrolment")
    rows = rows.left_join(among, rows.person == among.found)
    return (
        rows.group_by("label", "value", "arm")
        .aggregate(people=rows.count(), found=rows.found.notnull().sum().fill_null(0))
        .order_by("label", "value", "arm")
    )


def compile_by_group(results: ir.Table, groups: ir.Table) -> ir.Table:
    """One row a group and arm: enrolments, those with a known result, those with one of 1 or more.

    results: the rows of a measure, as its compiler gives them.
    """
    rows = results.join(groups, "enrolment")
    return (
        rows.group_by("label", "value", "arm")
        .aggregate(
            people=rows.count(),
            known=rows.quantity.notnull().sum().fill_null(0),
            reached=(rows.quantity >= 1).sum().fill_null(0),
        )
        .order_by("label", "value", "arm")
    )


@dataclass(frozen=True)
class GroupCounts:
    """One group of one arm (None without arms) and its counts by name."""

    group: str
    arm: str | None
    counts: Mapping[str, int]


def in_groups(rows: Iterable[Mapping[str, object]], counted: Sequence[str]) -> list[GroupCounts]:
    """The rows of `compile_stages` or `compile_by_group` with groups named for people.

    Words stay as they are. Numbers that are all 0 or 1 are no and yes; others, such as ages, fall
    into bands of ten. What is not known is a group of its own, the last.
    """
    listed = list(rows)
    numbers = {row["value"] for row in listed if row["label"] is None and row["value"] is not None}
    is_yes_no = numbers <= {Decimal(0), Decimal(1)}
    added: dict[tuple[str, str | None], dict[str, int]] = {}
    for row in listed:
        arm = row["arm"]
        key = (_name(row["label"], row["value"], is_yes_no), None if arm is None else str(arm))
        sums = added.setdefault(key, dict.fromkeys(counted, 0))
        for name in counted:
            sums[name] += int(str(row[name]))
    return [
        GroupCounts(group, arm, counts)
        for (group, arm), counts in sorted(added.items(), key=lambda item: _order(item[0]))
    ]


def _name(label: object, value: object, is_yes_no: bool) -> str:
    if label is not None:
        return str(label)
    if value is None:
        return NOT_KNOWN
    number = Decimal(str(value))
    if is_yes_no:
        return "yes" if number else "no"
    least = int(number // _BAND) * _BAND
    return f"{least} to {least + _BAND - 1}"


def _order(key: tuple[str, str | None]) -> tuple[bool, int, str, str]:
    group, arm = key
    head = group.split(" ", 1)[0]
    number = int(head) if head.isdecimal() else 0
    return (group == NOT_KNOWN, number, group, arm or "")
