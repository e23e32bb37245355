"""The blueprint report: drafts, issued versions, and what is refused."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from payforsuccess.errors import Refusal
from payforsuccess.reports import Document, Figure, Heading, NoteReference, Notice, Table
from payforsuccess.reports.blueprint import blueprint_document
from payforsuccess.reports.document import KeyFigures, inlines_of
from payforsuccess.reports.inline import plain_text
from payforsuccess.reports.numbers import amount_text
from payforsuccess.runs.blueprint.blueprint import blueprint, issue_blueprint, reopen_blueprint
from payforsuccess.runs.blueprint.issued import version_folder
from payforsuccess.runs.blueprint.read import open_blueprint
from payforsuccess.runs.finance.forecast import forecast
from payforsuccess.runs.initiative.gate import gate
from payforsuccess.runs.initiative.registers import register
from tests.lib.blueprints import change_blueprint, write_blueprint

ON = date(2026, 6, 1)
EXAMPLES = Path(__file__).parents[3] / "examples"
LOS_ANGELES = EXAMPLES / "los-angeles-blueprint"
JUST_IN_REACH = EXAMPLES / "just-in-reach"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_blueprint(tmp_path)


def document_of(folder: Path, on: date = ON) -> Document:
    return blueprint_document(open_blueprint(folder, on=on).facts)


def text_of(document: Document) -> str:
    said = [notice.title for notice in document.notices]
    for block in document.blocks:
        said += [block.text] if isinstance(block, Heading) else []
        said.append(plain_text(tuple(inlines_of(block))))
    return "\n".join(said)


def test_the_four_parts_stand_in_order(folder):
    """R27: the exported document shows the four parts in order."""
    headings = [
        block.text
        for block in document_of(folder).blocks
        if isinstance(block, Heading) and block.text.startswith("Part ")
    ]
    assert [text[:6] for text in headings] == ["Part a", "Part b", "Part c", "Part d"]


def test_a_draft_says_on_every_page_what_is_empty(tmp_path):
    """R27: a draft shows the empty parts."""
    found = document_of(write_blueprint(tmp_path, without="bd"))
    assert found.notices[0].title == "Draft: parts b and d are empty"
    assert "part b is empty" in text_of(found).lower() or "No options are stated yet" in text_of(
        found
    )


def test_issue_is_refused_while_a_part_is_empty_and_says_what_is_missing(tmp_path):
    """R14, R27: contractual and financing guidelines, an approved set, all four parts."""
    folder = write_blueprint(tmp_path, without="abcd")
    with pytest.raises(Refusal) as refused:
        issue_blueprint(folder, on=ON)
    said = [problem.what for problem in refused.value.problems]
    assert "Part a has no set of criteria." in said
    assert "Part b has no contractual guidelines." in said
    assert "Part c has no financing guidelines." in said
    assert "Part d has no policy of the group fiscal." in said
    assert not (folder / "out").exists()


def test_a_set_approved_later_is_not_approved_yet(folder):
    """R14: approval counts from its day."""
    with pytest.raises(Refusal, match="no set of criteria that a body approved"):
        issue_blueprint(folder, on=date(2026, 2, 1))


def test_an_issued_version_opens_again_unchanged(folder, tmp_path):
    """R13: any past version can be reopened unchanged."""
    issue_blueprint(folder, on=ON)
    first = version_folder(folder, 1)
    before = {path.name: path.read_bytes() for path in first.iterdir() if path.is_file()}
    more = "open:\n- {part: whole, says: A new question.}\n"
    change_blueprint(folder, on="2026-06-05", reason="A question", more=more)
    issue_blueprint(folder, on=date(2026, 6, 10))
    target = tmp_path / "again.html"
    reopened = reopen_blueprint(folder, 1, to=(target,))
    assert target.read_bytes() == before["blueprint.html"]
    assert b"A new question" not in target.read_bytes()
    assert reopened.version.change.by == "A. Writer"
    assert b"A new question" in (version_folder(folder, 2) / "blueprint.html").read_bytes()


def test_each_version_keeps_what_it_was_made_from(folder):
    """R13: every version with its sources, by checksum."""
    record = issue_blueprint(folder, on=ON).issued[0]
    names = {each.name for each in record.files}
    assert {"sources/blueprint.yaml", "sources/initiative.yaml", "blueprint.html"} <= names
    kept = version_folder(folder, 1) / "sources" / "blueprint.yaml"
    assert kept.read_bytes() == (folder / "blueprint.yaml").read_bytes()


def test_a_change_without_author_and_reason_cannot_be_issued(folder):
    """R13: every change has author, date and reason."""
    issue_blueprint(folder, on=ON)
    with pytest.raises(Refusal, match="Nothing says what changed since version 1"):
        issue_blueprint(folder, on=date(2026, 6, 10))


def test_the_changes_of_an_issued_version_stay_as_they_were(folder):
    """R13: what was said of a change is not rewritten."""
    issue_blueprint(folder, on=ON)
    path = folder / "blueprint.yaml"
    path.write_text(path.read_text("utf-8").replace("First version", "Other words"), "utf-8")
    with pytest.raises(Refusal, match="not those with which it was issued"):
        issue_blueprint(folder, on=date(2026, 6, 10))


def test_a_file_of_a_version_that_was_edited_is_refused(folder):
    issue_blueprint(folder, on=ON)
    page = version_folder(folder, 1) / "blueprint.html"
    page.write_bytes(page.read_bytes() + b" ")
    with pytest.raises(Refusal, match="changed after it was issued"):
        reopen_blueprint(folder, 1)


def test_a_version_that_was_taken_away_is_missed(folder):
    issue_blueprint(folder, on=ON)
    version_folder(folder, 1).rename(folder / "elsewhere")
    with pytest.raises(Refusal, match="not here"):
        blueprint(folder, on=ON)


def test_a_version_that_there_is_not_is_refused(folder):
    with pytest.raises(Refusal, match="No version was issued yet"):
        reopen_blueprint(folder, 1)


def test_the_group_stays_incomplete_until_all_are_seated(folder):
    """R16: the four named offices and at least one external expert."""
    said = text_of(document_of(folder))
    assert "Incomplete." in said
    assert "County Counsel, the Director of Internal Services" in said


def test_advisers_and_their_affiliates_are_listed_as_barred(folder):
    """R19: the person, the organisation and its affiliates."""
    assert "by this service: E, Example Advisers, Example Capital." in text_of(document_of(folder))


def test_directions_show_owner_status_and_evidence_and_overdue_ones_are_counted(folder):
    """R15: text, owner, due date, status and evidence; overdue ones stand out."""
    document = document_of(folder)
    rows = [
        [plain_text(cell.parts) for cell in row]
        for block in document.blocks
        if isinstance(block, Table) and block.caption.startswith("Each direction")
        for row in block.rows
    ]
    assert rows[0][1:5] == [
        "Write the report",
        "Chief Executive",
        "5 April 2026, overdue",
        "under way",
    ]
    assert rows[1][5] == "Minutes of the group "


def test_overdue_directions_are_listed(folder):
    """R15: a list of the overdue ones."""
    found = blueprint(folder, on=ON)
    assert "OVERDUE since 2026-04-05: Write the report (Chief Executive)" in str(found)
    assert str(blueprint(folder, on=date(2026, 4, 5))).count("OVERDUE") == 0


def test_the_first_issue_answers_the_motion_and_stops_its_clock(folder):
    """R21: late status up to the issue, and no longer after it."""
    said = str(issue_blueprint(folder, on=date(2026, 4, 15)))
    assert "issued on 2026-04-15, 10 days late" in said
    assert "issued on 2026-04-15, 10 days late" in str(blueprint(folder, on=ON))


def test_a_day_that_lies_ahead_is_no_day_of_issue(folder):
    with pytest.raises(Refusal, match="lies ahead"):
        issue_blueprint(folder, on=ON, today=date(2026, 5, 31))


def test_the_clock_is_shown_with_how_late_the_report_is(folder):
    """R21: the due day and the days late, with the steps that lead to them."""
    document = document_of(folder)
    assert "57 days late" in text_of(document)
    (note,) = [each for each in document.notes if each.key == "clock"]
    assert note.steps[0].gives == "5 April 2026"


def test_the_priority_initiative_names_the_motion(folder):
    """R28: the flag with its source motion."""
    assert "Motion 7" in text_of(document_of(folder))


def test_options_show_pros_cons_and_one_recommendation(folder):
    """R23: for each of the two roles."""
    titles = [block.title for block in document_of(folder).blocks if hasattr(block, "title")]
    assert "Recommended: Open competition" in titles
    assert "Recommended: No intermediary" in titles


def test_policies_stand_in_three_groups(folder):
    """R26: present rule, change, owner, authority and status, in the three groups."""
    tables = [
        block
        for block in document_of(folder).blocks
        if isinstance(block, Table) and "policies and the changes" in block.caption
    ]
    assert [each.caption.split()[0] for each in tables] == ["Fiscal", "Procurement", "Other"]
    assert [plain_text(cell.parts) for cell in tables[0].rows[0]][3:] == [
        "Finance",
        "board",
        "proposed",
    ]


@pytest.mark.parametrize(
    ("caption", "column"),
    [("Votes by kind", "Votes needed"), ("Operational criteria", "Weight")],
)
def test_every_number_of_a_table_leads_to_where_it_comes_from(folder, caption, column):
    """R25 and R22: votes from the rules, weights from the set."""
    (table,) = [
        block
        for block in document_of(folder).blocks
        if isinstance(block, Table) and block.caption.startswith(caption)
    ]
    at = [each.title for each in table.columns].index(column)
    assert all(any(isinstance(part, NoteReference) for part in row[at].parts) for row in table.rows)


def test_what_names_no_source_leads_to_the_files_it_was_made_from(folder):
    """R13: the files are named by their checksums."""
    facts = open_blueprint(folder, on=ON).facts
    checksums = {each.fingerprint for each in blueprint_document(facts).notes}
    assert {facts.blueprint.fingerprint, facts.told.initiative.fingerprint} <= checksums


def test_a_lesson_that_the_library_does_not_have_is_refused(tmp_path):
    """R148: a blueprint cites the lessons it used, as the library has them."""
    more = "comparators:\n- deal: denver-sib\n  lessons: [{begins: Nothing like it, used_for: x}]\n"
    with pytest.raises(Refusal, match="no lesson of denver-sib that begin"):
        blueprint(write_blueprint(tmp_path, more=more), on=ON)


def test_lessons_used_stand_with_their_sources(tmp_path):
    """R148, R12: each lesson with its sources, and what was done about it."""
    more = (
        "comparators:\n- deal: ventura-reentry\n"
        "  lessons: [{begins: 346 people, used_for: Referrals}]\n"
    )
    document = document_of(write_blueprint(tmp_path, more=more))
    assert "346 people were served" in text_of(document)
    assert any(each.evidence.startswith("http") for each in document.notes)


def test_an_expert_paid_for_the_work_stops_the_issue(folder):
    """R18: a payment to an external expert is on record and must not be."""
    path = folder / "initiative.yaml"
    payment = "  payments:\n  - {to: Example Capital, on: 2026-03-01, amount: 5, for: a, from: b}\n"
    path.write_text(path.read_text("utf-8").replace("policies:", f"{payment}policies:"), "utf-8")
    with pytest.raises(Refusal, match="was paid for this work"):
        issue_blueprint(folder, on=ON)
    assert blueprint(folder, on=ON).problems


@pytest.fixture
def with_deal(tmp_path: Path) -> Path:
    folder = tmp_path / "deal"
    shutil.copytree(JUST_IN_REACH, folder)
    return write_blueprint(folder)


def rows_of(document: Document, caption: str) -> list[list[str]]:
    return [
        [plain_text(cell.parts).strip() for cell in row]
        for block in document.blocks
        if isinstance(block, Table) and block.caption.startswith(caption)
        for row in block.rows
    ]


def test_the_payment_structure_is_the_deals_and_every_line_names_its_outcome(with_deal):
    """R24: part c links to a payment structure in which every payment line names an outcome."""
    document = document_of(with_deal)
    lines = rows_of(document, "Payment lines of")
    assert [line[0] for line in lines] == ["“homes”", "“jail”"]
    assert all("People" in line[1] for line in lines)
    assert "Illustrative payment terms" in [each.title for each in document.notices]


def test_what_payors_may_owe_is_drawn_by_fiscal_year(with_deal, tmp_path):
    """R24, R39: expected and at most, as the forecast has it, with what is assumed said."""
    document = document_of(with_deal)
    (figure,) = [
        block
        for block in document.blocks
        if isinstance(block, Figure) and "expected, and at most" in block.caption
    ]
    told = forecast(with_deal).summary
    assert figure.table is not None
    years = [plain_text(row[0].parts) for row in figure.table.rows]
    assert years == [str(year.fiscal_year) for year in told.liability.years]
    expected = [plain_text(row[2].parts).strip() for row in figure.table.rows]
    assert expected == [amount_text(year.paid["base"], "USD") for year in told.liability.years]
    assert "Illustrative assumptions" in [
        block.title for block in document.blocks if isinstance(block, Notice)
    ]


@pytest.mark.parametrize(
    ("gone", "says"),
    [("assumptions.yaml", "no assumptions.yaml beside"), ("deal.yaml", "no deal with prices yet")],
)
def test_what_keeps_it_from_being_looked_ahead_is_said(with_deal, gone, says):
    """R24: what is missing is said and not left out."""
    (with_deal / gone).unlink()
    assert f"Not worked out: there is {says}" in text_of(document_of(with_deal))


def test_requests_stand_by_level_with_amount_source_approvals_votes_and_status(with_deal):
    """R25: a request appears in a report by level with all of these."""
    rows = rows_of(document_of(with_deal), "Requests by level")
    levels = [row[0] for row in rows]
    assert levels[0] == "county-wide"
    assert all(level != "county-wide" for level in levels[levels.count("county-wide") :])
    assert rows[0][1].endswith("Source: new-money.")
    assert rows[0][2:4] == ["USD 500,000.00", "2021"]
    assert rows[0][5] == "4 of 5"
    assert rows[0][6] == "reviewed"


class TestLosAngeles:
    """The worked example: only what sources say, and what they do not say is open."""

    def test_it_is_a_draft_because_no_approved_criteria_were_found(self):
        """R14: it is never issued on criteria that nobody approved."""
        with pytest.raises(Refusal) as refused:
            issue_blueprint(LOS_ANGELES, on=date(2026, 11, 22))
        assert [each.what for each in refused.value.problems] == [
            "Part a has no set of criteria that a body approved."
        ]

    def test_it_shows_between_which_days_it_is_late(self):
        """R21: the day of the motion is not known, and lateness is shown all the same."""
        said = str(blueprint(LOS_ANGELES, on=date(2026, 11, 22)))
        assert "dated 2014-10-23, the day of issue is not known, at least 267 days late" in said

    def test_what_is_proposed_is_said_to_be_so(self):
        facts = open_blueprint(LOS_ANGELES, on=date(2026, 11, 22)).facts
        own = facts.blueprint
        stated = (*own.criteria.guidelines, *own.contracting.guidelines, *own.protocols)
        assert all(each.sources or each.standing == "proposal" for each in stated)
        assert "Proposal of this program" in text_of(blueprint_document(facts))

    def test_the_words_of_the_countys_own_blueprint_are_said_to_be_missing(self):
        said = text_of(document_of(LOS_ANGELES, date(2026, 11, 22)))
        assert (
            "The text of the County's Blueprint of 23 October 2014 is in no source at hand" in said
        )


def test_the_worked_example_counts_directions_by_their_days():
    """R15: before the motion nothing was done; later what its papers show by then."""
    for on, done in (
        (date(2013, 9, 1), 0),
        (date(2014, 11, 18), 1),
        (date(2017, 10, 2), 1),
        (date(2026, 11, 22), 2),
    ):
        found = open_blueprint(LOS_ANGELES, on=on).facts
        assert f"Directions: {done} of 3 done." in str(blueprint(LOS_ANGELES, on=on))
        figures = [
            each for each in blueprint_document(found).blocks if isinstance(each, KeyFigures)
        ]
        shown = {figure.label: figure.value for figure in figures[0].figures}
        assert shown["Directions done"] == f"{done} of 3"


def test_the_worked_example_claims_no_advisory_group():
    """R16: that a group met is only inferred, so whether it was convened is not known."""
    said = str(blueprint(LOS_ANGELES, on=date(2026, 11, 22)))
    assert "not known: Convene an advisory group" in said


def test_before_the_motion_no_clock_runs():
    """R21: as of a day before the first on which it can have been adopted."""
    before = date(2013, 9, 30)
    assert "no clock runs yet" in str(blueprint(LOS_ANGELES, on=before))
    assert "no clock runs yet" in text_of(document_of(LOS_ANGELES, before))
    assert "due between" in str(blueprint(LOS_ANGELES, on=date(2013, 10, 1)))


def test_a_blueprint_that_says_the_public_bears_no_risk_is_told_so(folder):
    """R131: it is on record and must not be, and its report carries what is so."""
    file = folder / "blueprint.yaml"
    text = file.read_text("utf-8")
    assert "says: " in text
    file.write_text(text.replace("says: ", "says: No taxpayer risk. ", 1), "utf-8")
    found = blueprint(folder, on=ON)
    assert any("the public bears no risk" in each.what for each in found.problems)


def test_the_gate_knows_of_an_issued_report_that_the_motion_does_not_name(folder):
    """R15, R21: the first issue answers the motion, in the gate and in the register too."""
    before = str(gate(folder, on=ON)) + str(register("directions", folder, on=ON))
    assert "issued on 2026-06-01" not in before
    issue_blueprint(folder, on=ON)
    after = date(2026, 6, 20)
    assert "issued on 2026-06-01" in str(gate(folder, on=after))
    assert "issued on 2026-06-01" in " ".join(str(register("directions", folder, on=after)).split())
