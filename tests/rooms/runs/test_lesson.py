"""The four lessons: their answers are what the program works out from the practice deal."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from payforsuccess.errors import Refusal
from payforsuccess.reports.lesson import lesson_document
from payforsuccess.reports.lesson_texts import LESSONS
from payforsuccess.runs.lesson.lesson import lesson
from payforsuccess.runs.lesson.practice import Practice, practice
from tests.lib.accessible import check_files, pages_of
from tests.lib.pfs import pfs


@pytest.fixture(scope="module")
def known() -> Iterator[Practice]:
    """What was worked out from the practice deal."""
    yield practice()


def test_there_are_four_lessons_each_with_a_check() -> None:
    """R148: four short lessons (payor, provider, Counsel, Board office) with a check at the end."""
    assert set(LESSONS) == {"payor", "provider", "counsel", "board-office"}


@pytest.mark.parametrize("role", LESSONS)
def test_each_is_short_and_asks_without_telling(role: str, known: Practice) -> None:
    found = LESSONS[role](known.facts)
    made = lesson_document(found, deal=known.deal)
    words = check_files(made)
    assert pages_of(made) == 1
    assert 4 <= len(found.questions) <= 5
    assert all(question.asks.split("?")[0][:40] in words for question in found.questions)
    assert all(question.shown_by not in words for question in found.questions)


def test_the_answers_are_those_of_the_deals_own_rules(known: Practice) -> None:
    facts = known.facts
    assert facts.owed == str(17_310 * 18)
    assert facts.share == str(17_310 * 18 * 60 // 100)
    assert facts.capped == "400000"  # 30,000 days come to 540,000, above the limit of a half-year
    assert (facts.no_success, facts.bears_nothing) == ("0", "no")  # R131: the evaluator is paid
    assert (facts.increase_votes, facts.move_votes, facts.seats) == ("4", "3", "5")
    assert facts.fiscal_year == "2029"  # it begins on 1 July
    assert (facts.stayed_days, facts.left_days) == ("536", "0")


def test_right_answers_pass_and_say_how_to_keep_it_on_record(known: Practice) -> None:
    """R55: training can be put on record by person, role and module."""
    answers = [question.answer for question in LESSONS["counsel"](known.facts).questions]
    done = lesson("counsel", answers)
    assert done.is_passed
    assert "module: lesson-counsel" in str(done)


def test_an_amount_may_be_written_as_people_write_it() -> None:
    done = pfs(
        *("lesson", "payor", "--answer", "USD 311,580.00", "--answer", "$186,948"),
        *("--answer", "4,600,000", "--answer", "0", "--answer", "No"),
    )
    assert done.code == 0, done.err
    assert "5 of 5 right" in done.out


def test_a_wrong_answer_is_told_with_the_right_one_and_where_it_stands() -> None:
    done = lesson("provider", ["546", "0", "540000", "45"])
    assert not done.is_passed
    assert "546: not right: it is 536." in str(done)
    assert "the limit of a half-year binds" in " ".join(str(done).split())
    assert "2 of 4 right" in str(done)


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        (["1"], "There are 4 questions and 1 answers"),
        (["maybe", "nothing", "60", "yes"], "is no answer to question 1"),
        (["no", "nothing", "sixty", "yes"], "is no answer to question 3"),
    ],
)
def test_what_can_be_no_answer_is_refused(answers: list[str], said: str) -> None:
    with pytest.raises(Refusal, match=said):
        lesson("counsel", answers)


def test_a_role_without_a_lesson_is_refused_with_the_nearest() -> None:
    with pytest.raises(Refusal, match="Did you mean `payor`"):
        lesson("payer")


def test_a_lesson_can_be_given_out_as_a_file(tmp_path: Path) -> None:
    done = pfs("lesson", "board-office", "--to", tmp_path / "lesson.docx")
    assert done.code == 0, done.err
    assert (tmp_path / "lesson.docx").read_bytes()[:2] == b"PK"
