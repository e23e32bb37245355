"""The letter to a proposer that was not selected."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from payforsuccess.reports.debrief import _without_names, debrief_letter
from payforsuccess.reports.document import Block, inlines_of
from payforsuccess.reports.inline import plain_text
from payforsuccess.reports.table import Table
from payforsuccess.selection.rank import ranking_of
from tests.lib.competitions import a_proposal, a_reviewer, a_solicitation, scores


def letter(
    reviewers: list[str], lines: list[str], name: str = "b", *, on: date = date(2026, 3, 6)
) -> tuple[Block, ...]:
    solicitation = a_solicitation(
        panel=[a_reviewer(each) for each in reviewers],
        proposals=[a_proposal("a"), a_proposal("b")],
        intent_on="2026-03-05",
    )
    given = tuple(
        replace(one, comment=f"{one.reviewer} of Office {one.reviewer.upper()} liked it.")
        for one in scores(*lines)
    )
    ranking = ranking_of(solicitation, given, ())
    proposal = solicitation.proposal(name)
    return debrief_letter(solicitation, ranking, proposal, "a", on=on).blocks


def text_of(blocks: tuple[Block, ...]) -> str:
    told = [plain_text((part,)) for block in blocks for part in inlines_of(block)]
    return "\n".join([*told, *(each.title for each in columns_of(blocks))])


def columns_of(blocks: tuple[Block, ...]) -> list[object]:
    (table,) = (block for block in blocks if isinstance(block, Table))
    return list(table.columns)


THREE = ["one: a 4 4, b 1 2", "two: a 4 4, b 3 3", "three: a 4 4, b 2 2"]


def test_scores_are_shown_without_the_names_of_reviewers() -> None:
    told = text_of(letter(["one", "two", "three"], THREE))
    for name in ("one", "two", "three", "Office"):
        assert name not in told
    assert "[a reviewer] of [a reviewer] liked it." in told
    assert "Reviewer C" in told


def test_the_right_to_protest_is_said_as_it_stands_on_the_letters_day() -> None:
    """Announced on Thursday 5 March: notice until 12 March."""
    reviewers = ["one", "two", "three"]
    told = text_of(letter(reviewers, THREE, on=date(2026, 3, 12)))
    assert "You may give written notice of protest" in told
    told = text_of(letter(reviewers, THREE, on=date(2026, 3, 13)))
    assert "could be given to Example County until the end of 12 March 2026. That time" in told
    assert "You may give" not in told


def test_a_short_first_name_goes_and_the_word_it_is_stays() -> None:
    panel = [a_reviewer("auditor", person="Bo Sample", organisation="Audit Office")]
    solicitation = a_solicitation(panel=panel, proposals=[a_proposal("a")])
    one, other = scores("auditor: a 4 4")
    given = (replace(one, comment="Bo saw, said the Auditor-Controller, a bo tree."), other)
    ranking = ranking_of(solicitation, given, ())
    on = date(2026, 3, 6)
    told = text_of(
        debrief_letter(solicitation, ranking, solicitation.proposal("a"), None, on=on).blocks
    )
    assert "[a reviewer] saw, said the Auditor-Controller, a bo tree." in told


@pytest.mark.parametrize(
    ("comment", "left"),
    [
        ("Grace asked for a grace period.", "[a reviewer] asked for a grace period."),
        ("GRACE and Oak may agree.", "[a reviewer] and [a reviewer] may agree."),
        ("grace oak of the audit office", "[a reviewer] of the [a reviewer]"),
        ("The oak beams; panel-3 said so.", "The oak beams; [a reviewer] said so."),
        ("Grace-Ann was there.", "[a reviewer] was there."),
    ],
)
def test_a_word_goes_only_where_it_stands_as_a_name(comment: str, left: str) -> None:
    panel = [a_reviewer("panel-3", person="Grace Oak", organisation="Audit Office")]
    assert _without_names(comment, a_solicitation(panel=panel)) == left


def test_reviewers_stand_by_their_totals_and_not_in_the_order_of_the_panel() -> None:
    """b's totals are 75, 50 and 40."""
    (table,) = (x for x in letter(["one", "two", "three"], THREE) if isinstance(x, Table))
    assert [plain_text(each.parts) for each in table.footer[0][2:]] == ["75.00", "50.00", "40.00"]


def test_a_large_panel_is_told_in_one_column() -> None:
    reviewers = [f"r{number}" for number in range(20)]
    lines = [f"{name}: a 4 4, b {at % 5} 2" for at, name in enumerate(reviewers)]
    blocks = letter(reviewers, lines)
    assert len(columns_of(blocks)) == 4
    assert "4, 4, 4, 4, 3, 3, 3, 3, 2, 2, 2, 2, 1, 1, 1, 1, 0, 0, 0, 0" in text_of(blocks)


def test_place_score_and_the_last_day_of_protest_are_told() -> None:
    told = text_of(letter(["one", "two", "three"], THREE))
    assert "2 of 2" in told
    assert "55.00 of 100" in told
    assert "Proposal a (Department a), score 100.00 of 100" in told
    assert "until the end of 12 March 2026" in told
