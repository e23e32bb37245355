"""The tables of an estimate: other forms of the effect, tests of no effect, traits before."""

from __future__ import annotations

from payforsuccess.deal.estimates import Estimate
from payforsuccess.reports.evaluation.names import FORMS, TESTS, p_values_text
from payforsuccess.reports.numbers import decimal_text
from payforsuccess.reports.table import Column, Table, cell


def forms_table(estimate: Estimate) -> tuple[Table, ...]:
    """The same effect stated otherwise."""
    if not estimate.also:
        return ()
    rows = tuple(
        (
            cell(FORMS[effect.form].capitalize()),
            cell(decimal_text(float(effect.value))),
            cell(effect.unit),
            cell(
                f"{decimal_text(float(effect.interval[0]))} to "
                f"{decimal_text(float(effect.interval[1]))}"
                if effect.interval
                else "none given"
            ),
        )
        for effect in estimate.also
    )
    columns = (
        Column("Form"),
        Column("Effect", is_number=True),
        Column("Unit"),
        Column("Interval", is_number=True),
    )
    return (Table("The same effect in other forms", columns, rows),)


def tests_table(estimate: Estimate) -> tuple[Table, ...]:
    """The test that the plan names, then the others, which are only shown; none without a test."""
    tests = (*((estimate.test,) if estimate.test else ()), *estimate.sensitivity)
    if not tests:
        return ()
    rows = tuple(
        (
            cell(TESTS[test.test]),
            cell("only shown" if test.is_exploratory else "named in the plan"),
            cell("none" if test.statistic is None else decimal_text(float(test.statistic), 3)),
            cell(p_values_text(test)),
        )
        for test in tests
    )
    columns = (
        Column("Test"),
        Column("Standing"),
        Column("Statistic", is_number=True),
        Column("p-value", is_number=True),
    )
    return (Table("Tests of no effect, two-sided", columns, rows),)


def balance_table(estimate: Estimate) -> tuple[Table, ...]:
    """How alike the arms were before the programme, with the Clearinghouse's reading."""
    if not estimate.balance:
        return ()
    rows = tuple(
        (
            cell(trait.trait),
            cell(_optional(trait.treated_mean)),
            cell(_optional(trait.control_mean)),
            cell(_optional(trait.standardised_difference)),
            cell(_optional(trait.effect_size)),
            cell(trait.reading),
        )
        for trait in estimate.balance
    )
    columns = (
        Column("Fact about people"),
        Column("Treated, mean", is_number=True),
        Column("Control, mean", is_number=True),
        Column("Standardised difference", is_number=True),
        Column("Effect size", is_number=True),
        Column("Effect size lies"),
    )
    return (Table("The people before the programme, by arm", columns, rows),)


def _optional(value: object) -> str:
    return "not known" if value is None else decimal_text(float(value), 3)  # type: ignore[arg-type]
