"""What `pfs rank` reads, refuses, writes and keeps (R56, R57, R149)."""

from __future__ import annotations

import json
import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from payforsuccess.errors import Refusal
from payforsuccess.runs.initiative.gate import gate
from payforsuccess.runs.selection.rank import Ranked, rank
from payforsuccess.runs.selection.seal import seal
from payforsuccess.runs.selection.solicitations import read_solicitation
from payforsuccess.runs.selection.templates import TEMPLATES, template
from payforsuccess.selection.conflicts import bars
from payforsuccess.selection.rank import ranking_of
from payforsuccess.selection.scores import scores_checksum
from payforsuccess.selection.stored import scores_from_plain

ROOT = Path(__file__).resolve().parents[3]
EXAMPLE = ROOT / "examples" / "concept-competition"
ON = date(2026, 11, 4)
SEALED_ON = date(2026, 6, 26)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(EXAMPLE, tmp_path / "competition"))


def change(folder: Path, was: str, now: str, *, file: str = "solicitation.yaml") -> None:
    path = folder / file
    text = path.read_text("utf-8")
    assert was in text
    path.write_text(text.replace(was, now, 1), "utf-8")


def ranked(folder: Path, **more: object) -> Ranked:
    return rank(folder, on=ON, draws=500, **more)  # type: ignore[arg-type]


def refused(folder: Path) -> str:
    with pytest.raises(Refusal) as caught:
        ranked(folder)
    return str(caught.value)


def test_departments_are_ranked_on_one_rubric_and_the_award_stands(folder: Path) -> None:
    """R56, R57: concepts of several departments, one ranking; decider, date and reasons."""
    found = ranked(folder)
    places = [(one.place, one.proposal) for one in found.found.ranking.ranked]
    assert places == [(1, "stable-homes"), (2, "job-start"), (3, "safe-return")]
    assert found.problems == ()
    assert "decided by Example County Board on 2026-11-03" in str(found)


def test_an_adviser_beside_the_initiative_is_barred(folder: Path) -> None:
    """R19: the subcontractor is found in another spelling, and the reason cites the service."""
    (left,) = (x for x in found_left(folder) if x[0] == "young-fathers")
    assert "advisory service bars from the initial initiative" in left[1]


def found_left(folder: Path) -> list[tuple[str, str]]:
    return [(one.proposal, one.reason) for one in ranked(folder).found.ranking.left_out]


def test_a_proposal_is_looked_at_when_it_comes_in_before_anyone_scores(folder: Path) -> None:
    """R19: who is barred is said at submission, and the reason cites the advisory service."""
    text = (folder / "solicitation.yaml").read_text("utf-8")
    (folder / "solicitation.yaml").write_text(text[: text.index("intent_on")], "utf-8")
    (folder / "scores.csv").unlink()
    left = dict(found_left(folder))
    assert "advisory service" in left["young-fathers"]
    assert left["stable-homes"] == "no scores yet"
    assert "There are no scores yet" in str(ranked(folder))


def test_the_first_initiative_without_its_advisers_on_file_is_refused(folder: Path) -> None:
    """R19: who advised must be known before anyone is ranked."""
    (folder / "initiative.yaml").unlink()
    assert "no initiative.yaml beside" in refused(folder)


@pytest.mark.parametrize("sought", ["concept", "evaluator", "intermediary", "provider", "capital"])
def test_every_kind_of_solicitation_is_sealed_and_ranked(folder: Path, sought: str) -> None:
    """R149: the same sealed criteria, conflicts and memo for each."""
    change(folder, "for: concept", f"for: {sought}")
    if sought != "concept":
        assert "not those that were sealed" in refused(folder)
    text = (folder / "solicitation.yaml").read_text("utf-8")
    old = read_solicitation(folder / "solicitation.yaml").sealed
    text = text.replace(str(old), seal(folder, on=SEALED_ON).sealed)
    (folder / "solicitation.yaml").write_text(text[: text.index("\naward:") + 1], "utf-8")
    memo = folder / "memo.html"
    found = ranked(folder, to=[memo])
    assert len(found.found.ranking.ranked) == 3
    assert f"sought: {sought}" in memo.read_text("utf-8")


def test_the_same_scores_give_the_same_ranking_and_the_same_draws(folder: Path) -> None:
    lines = (folder / "scores.csv").read_text("utf-8").splitlines()
    first = ranked(folder)
    (folder / "scores.csv").write_text("\n".join([lines[0], *reversed(lines[1:])]), "utf-8")
    again = ranked(folder)
    assert first.found.checksum == again.found.checksum
    assert first.firmness == again.firmness


def test_a_changed_weight_is_named_where_the_terms_were_kept(folder: Path) -> None:
    seal(folder, on=SEALED_ON, keep=True)
    change(folder, "points: 25", "points: 30")
    assert "`criteria[1].points` is not as it was sealed" in refused(folder)


def test_terms_sealed_again_after_opening_are_refused_and_named(folder: Path) -> None:
    """R56: the first seal lies beside, so a second one after opening does not take its place."""
    seal(folder, on=SEALED_ON, keep=True)
    change(folder, "points: 25", "points: 15")
    for day in (SEALED_ON, date(2026, 8, 3), date(2026, 11, 22)):
        with pytest.raises(Refusal) as caught:
            seal(folder, on=day, keep=True)
        assert "Other terms were sealed and kept on 2026-06-26" in str(caught.value)
        assert "`criteria[1].points` is not as it was sealed" in str(caught.value)
    assert len(list((folder / "rankings").iterdir())) == 1


def test_an_amendment_sealed_before_opening_needs_its_own_day_and_is_shown(folder: Path) -> None:
    seal(folder, on=SEALED_ON, keep=True)
    change(folder, "points: 25", "points: 15")
    anew = seal(folder, on=date(2026, 7, 10), keep=True)
    assert "Other terms were sealed on 2026-06-26. Changed since: `criteria[1].points`" in str(anew)
    old = str(read_solicitation(folder / "solicitation.yaml").sealed)
    change(folder, old, anew.sealed)
    assert "sealed anew on 2026-07-10, and `sealed_on` says 2026-06-26" in refused(folder)
    change(folder, "sealed_on: 2026-06-26", "sealed_on: 2026-07-10")
    assert "sealed anew on 2026-07-10: `criteria[1].points`" in str(ranked(folder))


def test_a_seal_is_kept_once_and_one_changed_by_hand_is_refused(folder: Path) -> None:
    (path,) = seal(folder, on=SEALED_ON, keep=True).kept
    assert seal(folder, on=ON, keep=True).kept == (path,)
    path.write_text(path.read_text("utf-8").replace("2026-06-26", "2026-06-25", 1), "utf-8")
    assert "not a seal that `pfs` kept" in refused(folder)


def test_everything_wrong_is_said_at_once(folder: Path) -> None:
    change(folder, "sealed_on: 2026-06-26", "sealed_on: 2026-08-03")
    change(folder, "  declared: {on: 2026-08-05", "  declared: {on: 2026-09-05")
    change(folder, "auditor,stable-homes,need,4", "auditor,stable-homes,need,5", file="scores.csv")
    said = refused(folder)
    assert "sealed on 2026-08-03" in said
    assert "declared on 2026-09-05, after a first score on 2026-09-04" in said
    assert "scores.csv:2\n  A score lies off the scale" in said


def test_a_late_edit_is_refused_and_shown_once_a_ranking_was_kept(folder: Path) -> None:
    ranked(folder, keep=True)
    change(folder, "auditor,job-start,need,3", "auditor,job-start,need,4", file="scores.csv")
    said = refused(folder)
    assert "it was 3 and is 4" in said
    assert "scores.csv:23" in said


@pytest.mark.parametrize(
    ("was", "now", "says"),
    [
        (
            "declared: {on: 2026-08-04}",
            "declared: {on: 2026-08-04, conflicts_with: [stable-homes]}",
            "`panel[0].declared.conflicts_with` was changed after the ranking of 2026-10-05",
        ),
        (
            "organisation: Example County Library\n",
            "organisation: Example County Library\n  away: Ill\n",
            "`panel[1].away` was changed",
        ),
        (
            "  passes: [complete, preventive, signed]",
            "  passes: [complete, signed]\n  fails: [preventive]",
            "`proposals[0].fails` was changed",
        ),
        ("fails: [preventive]", "fails: []", "`proposals[4].fails` was changed"),
        ("received_on: 2026-07-30", "received_on: 2026-08-30", "`proposals[1].received_on`"),
        ("subcontractors: [Example Homes]", "subcontractors: []", "`proposals[0].subcontractors`"),
        (
            "proposals:\n",
            "barred:\n- {who: Workforce Department, why: other, says: Late.}\nproposals:\n",
            "The bar on Workforce Department was added or changed",
        ),
        (
            "proposals:\n",
            "proposals:\n- {name: new, title: New, by: Office, received_on: 2026-07-01}\n",
            "`proposals[0]` was changed",
        ),
    ],
)
def test_all_a_kept_ranking_rests_on_is_held_and_each_change_is_named(
    folder: Path, was: str, now: str, says: str
) -> None:
    """R57: not scores alone; declarations, checks, days and bars move a ranking as well."""
    rank(folder, on=date(2026, 10, 5), draws=0, keep=True)
    change(folder, was, now)
    assert says in refused(folder)


def test_an_adviser_taken_out_of_the_group_after_the_lock_is_named(folder: Path) -> None:
    rank(folder, on=date(2026, 10, 5), draws=0, keep=True)
    change(folder, "kind: external", "kind: office", file="initiative.yaml")
    assert "1 bar was taken out" in refused(folder)


def test_a_note_of_the_discussion_may_be_added_to_a_kept_ranking(folder: Path) -> None:
    rank(folder, on=date(2026, 10, 5), draws=0, keep=True)
    change(folder, "  received_on: 2026-07-28\n", "  received_on: 2026-07-28\n  discussion: Long\n")
    assert ranked(folder).found.ranking.first == ("stable-homes",)


LATE = """  late_ties:
  - on: 2026-10-12
    conflicts_with: [stable-homes]
    says: A letter showed that the office had advised on it
    decided_by: County Counsel
"""
PANEL = "  organisation: Example County Auditor-Controller\n"


def test_a_tie_that_comes_to_light_later_takes_scores_out_and_both_rankings_are_shown(
    folder: Path,
) -> None:
    """R20, R57: the ranking kept stays as it is; a new one stands in its place, with the reason."""
    (first,) = rank(folder, on=date(2026, 10, 5), draws=0, keep=True).written
    before = first.read_bytes()
    change(folder, PANEL, PANEL + LATE)
    found = ranked(folder)
    assert found.found.ranking.taken_out == 14
    assert "Kept before\n  On 2026-10-05, first: stable-homes" in str(found)
    assert "On 2026-10-12 County Counsel decided that a reviewer's scores" in str(found)
    assert "in whose place another stands" in found.problems[0].what

    text = (folder / "solicitation.yaml").read_text("utf-8")
    (folder / "solicitation.yaml").write_text(text[: text.index("\naward:") + 1], "utf-8")
    memo = folder / "memo.html"
    (second,) = rank(folder, on=date(2026, 10, 13), draws=0, keep=True).written
    ranked(folder, to=[memo])
    record = json.loads(second.read_text("utf-8"))
    assert record["supersedes"]["checksum"] == json.loads(before)["checksum"]
    assert record["supersedes"]["ties"][0]["on"] == "2026-10-12"
    assert first.read_bytes() == before
    page = re.sub("<[^>]+>", " ", memo.read_text("utf-8"))
    assert "Rankings kept before" in page
    assert "had advised on it" in page
    assert "Bo Sample" not in page


@pytest.mark.parametrize(
    ("was", "now", "says"),
    [
        ("  - on: 2026-10-12", "  - on: 2026-10-04", "2026-10-05 was kept without it"),
        ("had advised on it", "had written it", "`panel[0].late_ties[0].says` was changed"),
        (LATE, "", "`panel[0].late_ties` was changed"),
        ("[stable-homes]\n    says", "[nobody]\n    says", "no proposal of this solicitation"),
        ("auditor,job-start,need,3", "auditor,job-start,need,4", "it was 3 and is 4"),
    ],
)
def test_a_later_tie_is_held_by_the_ranking_that_rests_on_it(
    folder: Path, was: str, now: str, says: str
) -> None:
    """R57: it is dated, it is not taken back, and it changes no score."""
    rank(folder, on=date(2026, 10, 5), draws=0, keep=True)
    change(folder, PANEL, PANEL + LATE)
    if "2026-10-04" not in now:
        rank(folder, on=date(2026, 10, 13), draws=0, keep=True)
    change(folder, was, now, file="scores.csv" if "," in was else "solicitation.yaml")
    assert says in refused(folder)


def test_the_letter_tells_the_proposer_whose_scores_went_without_the_name(folder: Path) -> None:
    """R20, R57: and the gate knows that the award rests on the ranking before."""
    rank(folder, on=date(2026, 10, 5), draws=0, keep=True)
    change(folder, PANEL, PANEL + LATE.replace("[stable-homes]", "[safe-return]"))
    found = gate(folder, stage="feasibility", on=ON)
    assert "in whose place another stands" in str(found)
    text = (folder / "solicitation.yaml").read_text("utf-8")
    (folder / "solicitation.yaml").write_text(text[: text.index("\naward:") + 1], "utf-8")
    ranked(folder, debrief=folder / "letters", debrief_as=["html"])
    letter = (folder / "letters" / "safe-return.html").read_text("utf-8")
    assert "County Counsel decided on 12 October 2026 that one reviewer" in letter
    assert "Bo Sample" not in letter
    assert "County Counsel decided" not in (folder / "letters" / "job-start.html").read_text(
        "utf-8"
    )


def test_the_ranking_that_was_superseded_is_not_taken_away(folder: Path) -> None:
    """R110: both stay on file; kept twice, the new one counts from the first time."""
    (first,) = rank(folder, on=date(2026, 10, 5), draws=0, keep=True).written
    change(folder, PANEL, PANEL + LATE)
    rank(folder, on=date(2026, 10, 13), draws=0, keep=True)
    rank(folder, on=date(2026, 10, 14), draws=0, keep=True)
    assert [each.made_on.day for each in ranked(folder).found.kept] == [5, 13]
    first.unlink()
    assert "A ranking that another took the place of is not here" in refused(folder)


def test_nothing_is_written_for_a_day_before_the_tie_it_rests_on(folder: Path) -> None:
    rank(folder, on=date(2026, 10, 5), draws=0, keep=True)
    change(folder, PANEL, PANEL + LATE)
    text = (folder / "solicitation.yaml").read_text("utf-8")
    (folder / "solicitation.yaml").write_text(text[: text.index("\naward:") + 1], "utf-8")
    for more in ({"keep": True}, {"to": [folder / "memo.html"]}):
        with pytest.raises(Refusal, match="made for 2026-10-11, when it was not known"):
            rank(folder, on=date(2026, 10, 11), draws=0, **more)  # type: ignore[arg-type]
    told = str(rank(folder, on=date(2026, 10, 11), draws=0))
    assert "The file holds a later tie, of 2026-10-12" in told


def test_a_new_seal_does_not_leave_the_kept_ranking_behind(folder: Path) -> None:
    rank(folder, on=date(2026, 10, 5), draws=0, keep=True)
    change(folder, "points: 25", "points: 15")
    old = str(read_solicitation(folder / "solicitation.yaml").sealed)
    change(folder, old, seal(folder, on=SEALED_ON).sealed)
    assert "`criteria[1].points` was changed after the ranking" in refused(folder)


def test_a_ranking_kept_before_the_lock_holds_no_score(folder: Path) -> None:
    rank(folder, on=date(2026, 10, 2), draws=0, keep=True)
    change(folder, "auditor,job-start,need,3", "auditor,job-start,need,4", file="scores.csv")
    (problem,) = ranked(folder).problems
    assert "rests on another ranking" in problem.what


def test_the_record_holds_what_went_in_and_is_kept_once(folder: Path) -> None:
    found = ranked(folder, keep=True)
    (path,) = found.written
    record = json.loads(path.read_text("utf-8"))
    assert record["checksum"] == found.found.checksum
    assert len(record["scores"]) == 63
    assert record["ranked"][0] == {
        "place": 1,
        "proposal": "stable-homes",
        "by": "Health Department",
        "score": "475/6",
        "reviewers": {"auditor": "83.75", "library": "75", "university": "78.75"},
        "tie": "",
    }
    before = path.read_bytes()
    ranked(folder, keep=True)
    assert path.read_bytes() == before


def test_the_ranking_can_be_made_again_from_its_record_alone(folder: Path) -> None:
    found = ranked(folder, keep=True)
    record = json.loads(found.written[0].read_text("utf-8"))
    given = scores_from_plain(record["scores"])
    solicitation = found.found.solicitation
    again = ranking_of(solicitation, given, bars(solicitation, found.found.barred))
    assert again.ranked == found.found.ranking.ranked
    assert scores_checksum(given) == record["scores_checksum"]


@pytest.mark.parametrize(
    ("was", "now"), [('"scores"', '"score"'), ('"score": "3"', '"score": "2"'), ("{", "[")]
)
def test_a_record_changed_by_hand_is_refused(folder: Path, was: str, now: str) -> None:
    (path,) = ranked(folder, keep=True).written
    path.write_text(path.read_text("utf-8").replace(was, now, 1), "utf-8")
    assert "changed by hand" in refused(folder)


def test_an_award_that_must_not_be_is_shown_with_the_ranking(folder: Path) -> None:
    """R57: another than the first, without a written reason."""
    change(folder, "  proposal: stable-homes\n  ranking", "  proposal: job-start\n  ranking")
    found = ranked(folder)
    assert "no reason says why not the first" in found.problems[0].what
    with pytest.raises(Refusal, match="why not the first"):
        ranked(folder, to=[folder / "memo.html"])
    assert not (folder / "memo.html").exists()


def test_the_memo_is_written_in_each_form_and_names_no_reviewer(folder: Path) -> None:
    files = [folder / f"memo{ending}" for ending in (".html", ".pdf", ".docx")]
    ranked(folder, to=files)
    page = re.sub("<[^>]+>", "", files[0].read_text("utf-8"))
    assert files[1].read_bytes().startswith(b"%PDF-")
    assert files[2].read_bytes().startswith(b"PK")
    for name in ("Bo Sample", "Cy Sample", "Di Sample", "library"):
        assert name not in page
    assert "until 27 October 2026 (5 business days)" in page
    assert "yes, until it is over" in page


def test_a_letter_goes_to_each_not_selected_without_names_of_reviewers(folder: Path) -> None:
    from docx import Document

    forms = ranked(folder, debrief=folder / "more", debrief_as=["pdf", "html"]).written
    assert {path.suffix for path in forms} == {".pdf", ".html"}
    assert all("Sample" not in path.read_text("utf-8") for path in forms if path.suffix == ".html")
    written = ranked(folder, debrief=folder / "letters").written
    assert sorted(path.name for path in written) == [
        "job-start.docx",
        "more-beds.docx",
        "safe-return.docx",
        "young-fathers.docx",
    ]
    for path in written:
        text = _text_of(Document(str(path)))
        assert "Sample" not in text
        assert "university" not in text
        assert "notice of protest" in text
        assert "until the end of 27 October 2026" in text
    told = _text_of(Document(str(folder / "letters" / "job-start.docx")))
    assert "[a reviewer] found no other" in told
    assert "2 of 3" in told
    barred = _text_of(Document(str(folder / "letters" / "young-fathers.docx")))
    assert "advisory service bars" in barred


def _text_of(document: object) -> str:
    paragraphs = [each.text for each in document.paragraphs]  # type: ignore[attr-defined]
    cells = [
        cell.text
        for table in document.tables  # type: ignore[attr-defined]
        for row in table.rows
        for cell in row.cells
    ]
    return "\n".join([*paragraphs, *cells])


def test_letters_before_there_is_a_selection_are_refused(folder: Path) -> None:
    text = (folder / "solicitation.yaml").read_text("utf-8")
    (folder / "solicitation.yaml").write_text(text[: text.index("intent_on")], "utf-8")
    with pytest.raises(Refusal, match="nobody to write to"):
        ranked(folder, debrief=folder / "letters")


def test_no_letter_is_written_while_it_is_open_who_is_first(folder: Path) -> None:
    text = (folder / "solicitation.yaml").read_text("utf-8")
    text = text[: text.index("\naward:") + 1]
    rows = (folder / "scores.csv").read_text("utf-8").splitlines()
    same = [rows[0]] + [f"{','.join(row.split(',')[:3])},3,,,,2026-09-04" for row in rows[1:]]
    (folder / "solicitation.yaml").write_text(text, "utf-8")
    (folder / "scores.csv").write_text("\n".join(same), "utf-8")
    with pytest.raises(Refusal, match="open who is first"):
        ranked(folder, debrief=folder / "letters")


def test_what_holds_the_award_is_told_before_there_is_one(folder: Path) -> None:
    text = (folder / "solicitation.yaml").read_text("utf-8")
    (folder / "solicitation.yaml").write_text(text[: text.index("\naward:") + 1], "utf-8")
    assert "notice of protest may be given until 2026-10-27" in str(
        rank(folder, on=date(2026, 10, 27), draws=0)
    )
    assert "is not answered" in str(rank(folder, on=date(2026, 10, 29), draws=0))
    assert "nothing holds it" in str(rank(folder, on=date(2026, 10, 30), draws=0))


@pytest.mark.parametrize(
    ("on", "says", "held"),
    [
        ("2026-10-16", "before the intended award was announced", "yes, until answered"),
        ("2026-10-28", "after 2026-10-27, the last day for it", "the notice came too late"),
    ],
)
def test_a_protest_outside_its_days_is_said_for_what_it_is(
    folder: Path, on: str, says: str, held: str
) -> None:
    """R57: one that came early is answered like any other; one that came late is told."""
    text = (folder / "solicitation.yaml").read_text("utf-8")
    text = text[: text.index("\naward:") + 1].replace("  on: 2026-10-21", f"  on: {on}")
    text = text.replace("  answered_on: 2026-10-30\n  answer: denied\n", "")
    (folder / "solicitation.yaml").write_text(text, "utf-8")
    memo = folder / "memo.html"
    found = ranked(folder, to=[memo])
    assert says in str(found)
    assert bool(found.holds) is (on < "2026-10-19")
    assert held in memo.read_text("utf-8")


def test_a_name_like_a_barred_one_is_said_when_its_scores_are_asked_for(folder: Path) -> None:
    """R19: nobody scored it, and that must not hide what may bar it."""
    change(folder, "EXAMPLE ADVISERS, L.L.C.", "Advisers, Example")
    said = refused(folder)
    assert "has not given 7 scores, of: young-fathers" in said
    assert "“Advisers, Example” in the proposal `young-fathers` is written much like" in said


def test_an_award_of_a_later_day_is_not_told_as_made(folder: Path) -> None:
    """R57: neither on the screen nor in the memo or a letter."""
    day = date(2026, 11, 2)
    assert "The file holds one of a later day: stable-homes, 2026-11-03" in str(
        rank(folder, on=day, draws=0)
    )
    for more in ({"to": [folder / "memo.html"]}, {"debrief": folder / "letters"}):
        with pytest.raises(Refusal, match="when there was none"):
            rank(folder, on=day, draws=0, **more)  # type: ignore[arg-type]
    assert "63 scores are of a day after 2026-08-31" in str(
        rank(folder, on=date(2026, 8, 31), draws=0)
    )


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_is_a_solicitation_to_start_from(tmp_path: Path, name: str) -> None:
    file = tmp_path / "solicitation.yaml"
    file.write_text(template(name), "utf-8")
    assert read_solicitation(file).standing == "practice"
    assert sum(each.points for each in read_solicitation(file).criteria) == 100


def test_the_weights_of_2019_are_those_published(tmp_path: Path) -> None:
    """15 value and savings, 50 likelihood, 30 evaluation, 5 capacity; with their source."""
    file = tmp_path / "solicitation.yaml"
    file.write_text(template("sippra-2019"), "utf-8")
    found = read_solicitation(file)
    assert [int(each.points) for each in found.criteria] == [15, 50, 30, 5]
    assert "Urban Institute" in found.weights_source


def test_a_template_that_is_not_there_is_refused() -> None:
    with pytest.raises(Refusal, match="`sippra-2019`"):
        template("sippra")


def test_a_folder_without_a_solicitation_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match=r"no solicitation\.yaml"):
        rank(tmp_path, on=ON)


@pytest.mark.parametrize(
    ("was", "now", "says"),
    [
        ("passes: [complete, preventive, signed]", "passes: [complet]", "Did you mean `complete`"),
        ("conflicts_with: [job-start]", "conflicts_with: [job-stat]", "`job-start`"),
        ("- by: job-start", "- by: job-end", "is no proposal"),
        ("  proposal: stable-homes", "  proposal: stable", "is no proposal"),
        ("fails: [preventive]", "fails: [signed]", "both passes and fails"),
    ],
)
def test_names_that_the_file_does_not_have_are_refused(
    folder: Path, was: str, now: str, says: str
) -> None:
    change(folder, was, now)
    assert says in refused(folder)


def test_the_gate_to_feasibility_sees_the_choice(folder: Path) -> None:
    """R57: one intervention is selected for contract development."""
    shown = str(gate(folder, on=ON, stage="feasibility"))
    assert "Homes for people leaving jail, in place 1 of 5 proposals by 5 departments" in shown
    change(folder, "auditor,job-start,need,3", "auditor,job-start,need,4", file="scores.csv")
    shown = str(gate(folder, on=ON, stage="feasibility"))
    assert "The award does not stand: The award rests on another ranking" in shown
    change(folder, "scale: 4", "scale: none")
    with pytest.raises(Refusal, match="none"):
        gate(folder, on=ON)


def test_of_many_problems_the_first_are_shown_and_the_rest_counted(folder: Path) -> None:
    rows = [f"nobody{number},job-start,need,3,,,,2026-09-04\n" for number in range(1_000)]
    path = folder / "scores.csv"
    path.write_text(path.read_text("utf-8") + "".join(rows), "utf-8")
    with pytest.raises(Refusal) as caught:
        ranked(folder)
    assert len(caught.value.problems) == 201
    assert "800 more" in caught.value.problems[-1].what


def test_the_bounds_of_the_draws_can_be_set(folder: Path) -> None:
    still = ranked(folder, weights_move=0.0, scores_move=0.0)
    assert still.firmness is not None
    assert dict(still.firmness.wins)["stable-homes"] == 1
    assert "up to 0% of itself" in str(still)
