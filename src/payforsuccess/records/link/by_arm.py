"""Records as people, and people as the arm they were first assigned to."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir


def as_people(rows: ir.Table, linked: ir.Table) -> ir.Table:
    """The rows with each record's person in place of its key; linked: rows of `LINKED_PEOPLE`."""
    named = linked.select(record="record", linked_person="person")
    joined = rows.left_join(named, rows.person == named.record)
    return joined.mutate(person=joined.linked_person.fill_null(joined.person)).drop(
        "record", "linked_person"
    )


def first_arms(enrolments: ir.Table) -> ir.Table:
    """Each assigned person with the arm of their first assignment: `person`, `arm`."""
    assigned = enrolments.filter(enrolments.arm.notnull())
    first = ibis.window(
        group_by="person",
        order_by=[ibis.asc("assigned_on"), ibis.asc("enrolment"), ibis.asc("row")],
    )
    ordered = assigned.select("person", "arm", at=ibis.row_number().over(first))
    return ordered.filter(ordered.at == 0).select("person", "arm")
