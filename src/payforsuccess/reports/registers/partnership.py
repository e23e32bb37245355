"""The partnership test: three conditions with what shows them, and the five beside (R53, R74)."""

from __future__ import annotations

from payforsuccess.governance.facts import Facts
from payforsuccess.governance.partnership import (
    TestFound,
    five_conditions,
    groups_found,
    parts_found,
    three_conditions,
)
from payforsuccess.reports.document import Block, Document, Heading, paragraph
from payforsuccess.reports.registers.page import blank_in, register_page, rows_or, words


def partnership_entries(facts: Facts) -> tuple[TestFound, ...]:
    """The three conditions."""
    return three_conditions(facts)


def partnership_document(facts: Facts) -> Document:
    """The three conditions, leadership by group, the parts, and the five conditions as a view."""
    return register_page(
        facts,
        "The partnership",
        (
            paragraph(
                "The three conditions are those of Living Cities (2014). A gate asks for them, and "
                "not for the five further down."
            ),
            _tests("The three conditions", partnership_entries(facts), blank_in(facts, "nothing")),
            *_groups(facts),
            *_parts(facts),
            Heading(2, "The five conditions of the wider literature", "five"),
            _tests(
                "The five conditions, as a view",
                five_conditions(facts),
                blank_in(facts, "nothing"),
            ),
        ),
    )


def _tests(caption: str, found: tuple[TestFound, ...], unshown: str) -> Block:
    return rows_or(
        caption,
        ("Condition", "Standing", "Shown by", "Missing"),
        (
            (
                each.title,
                each.standing,
                "; ".join(each.evidence) or unshown,
                "; ".join(each.missing) or "nothing",
            )
            for each in found
        ),
        empty="",
    )


def _groups(facts: Facts) -> tuple[Block, ...]:
    return (
        Heading(2, "Leadership by group", "groups"),
        rows_or(
            "Champions and owners",
            ("Group", "Champions", "Owners", "Missing"),
            (
                (
                    words(each.group),
                    ", ".join(each.champions),
                    ", ".join(each.owners),
                    ", ".join(each.gaps) or "nothing",
                )
                for each in groups_found(facts)
            ),
            empty="",
            blank=blank_in(facts),
        ),
    )


def _parts(facts: Facts) -> tuple[Block, ...]:
    return (
        Heading(2, "The parts", "parts"),
        rows_or(
            "Parts of the partnership with decision-makers and doers",
            ("Part", "Parties", "Decision-makers", "Doers", "Missing"),
            (
                (
                    each.part,
                    ", ".join(each.parties),
                    ", ".join(each.decision_makers),
                    ", ".join(each.doers),
                    ", ".join(each.gaps) or "nothing",
                )
                for each in parts_found(facts)
            ),
            empty="",
            blank=blank_in(facts),
        ),
    )
