"""How many people an outcome counts in each period, at one site and at the others."""

from __future__ import annotations

from payforsuccess.measures.lazily import ir


def compile_course(
    results: ir.Table, sites: ir.Table | None, site: str | None, *, has_known: bool
) -> ir.Table:
    """One row a period and side (own site or not): reached, known (missing without), total.

    results: one row an enrolment, or a part of one, with `period`. sites: `enrolment`, `site`.
    """
    if site is not None and sites is not None:
        of_sites = sites.select("site", of="enrolment").distinct()
        joined = results.left_join(of_sites, results.enrolment == of_sites.of)
        rows = joined.mutate(is_own=(joined.site == site).fill_null(False).cast("int64"))
    else:
        rows = results.mutate(is_own=0)
    rows = rows.filter(rows.period.notnull())
    did = (rows.quantity != 0).fill_null(False)
    if has_known:
        counts = {"reached": did.sum(), "known": rows.quantity.notnull().sum()}
    else:
        counts = {"reached": rows.enrolment.nunique(where=did)}
    return (
        rows.group_by("period", "is_own")
        .aggregate(**counts, total=rows.quantity.sum().fill_null(0))
        .order_by("period", "is_own")
    )
