"""A lesson for a role, and its check: what was answered right, and where each answer stands."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from payforsuccess.deal.nearest import nearest, ticked
from payforsuccess.errors import Problem, Refusal
from payforsuccess.reports.lesson import Lesson, Question, lesson_document
from payforsuccess.reports.lesson_texts import LESSONS
from payforsuccess.runs.document_file import check_endings, write_document
from payforsuccess.runs.lesson.practice import practice


@dataclass(frozen=True)
class Checked:
    """One question with what was answered."""

    question: Question
    given: str
    is_right: bool


@dataclass(frozen=True, repr=False)
class Lessoned:
    """A lesson with the answers checked, if any were given; the right ones show only then."""

    lesson: Lesson
    deal: str
    checked: tuple[Checked, ...]
    written: tuple[Path, ...] = ()

    @property
    def is_passed(self) -> bool:
        """Whether every question was answered right."""
        return bool(self.checked) and all(each.is_right for each in self.checked)

    def __str__(self) -> str:
        lines = [self.lesson.title, "=" * len(self.lesson.title)]
        lines += self._check() if self.checked else self._text()
        lines += [f"Written  {path}" for path in self.written]
        return "\n".join(lines)

    __repr__ = __str__

    def _text(self) -> list[str]:
        lines = [f"Practice deal: {self.deal}. It is made up."]
        for text in self.lesson.says:
            lines += ["", *textwrap.wrap(text, 96)]
        lines += ["", "Check yourself"]
        for number, each in enumerate(self.lesson.questions, start=1):
            asked = f"{each.asks} ({', '.join(each.choices) or 'a number'})"
            lines += textwrap.wrap(
                asked, 96, initial_indent=f"  {number}. ", subsequent_indent="     "
            )
        answers = " --answer ..." * len(self.lesson.questions)
        return [*lines, "", f"Answer them in order: pfs lesson {self.lesson.role}{answers}"]

    def _check(self) -> list[str]:
        lines = []
        for number, each in enumerate(self.checked, start=1):
            said = "right" if each.is_right else f"not right: it is {each.question.answer}"
            lines += textwrap.wrap(
                f"{each.given}: {said}. See {each.question.shown_by}.",
                96,
                initial_indent=f"  {number}. ",
                subsequent_indent="     ",
            )
        right = sum(each.is_right for each in self.checked)
        lines += ["", f"{right} of {len(self.checked)} right"]
        if self.is_passed:
            lines += [
                "Passed. To keep it on record, write under `training` in initiative.yaml:",
                "  - {person: ..., department: ..., role: "
                f"{self.lesson.role}, module: {self.lesson.module}, on: ...}}",
            ]
        return lines

    def as_plain(self) -> dict[str, object]:
        """The questions; with answers given, which were right."""
        return {
            "role": self.lesson.role,
            "module": self.lesson.module,
            "deal": self.deal,
            "questions": [
                {"asks": each.asks, "choices": each.choices} for each in self.lesson.questions
            ],
            "answers": [
                {
                    "given": each.given,
                    "is_right": each.is_right,
                    "answer": each.question.answer,
                    "shown_by": each.question.shown_by,
                }
                for each in self.checked
            ],
            "is_passed": self.is_passed,
            "written": self.written,
        }


def lesson(role: str, answers: Sequence[str] = (), *, to: Sequence[Path] = ()) -> Lessoned:
    """The lesson for a role; with answers, each checked against what the practice deal gives.

    Refuses a role without a lesson, too few or too many answers, and one that can be none.
    """
    check_endings(to)
    if role not in LESSONS:
        close = nearest(role, list(LESSONS))
        raise Refusal(
            Problem(
                f"There is no lesson for `{role[:40]}`.",
                f"Did you mean `{close}`?" if close else f"Name one of: {ticked(list(LESSONS))}.",
            )
        )
    known = practice()
    found = LESSONS[role](known.facts)
    checked = _checked(found, answers) if answers else ()
    written = write_document(lesson_document(found, deal=known.deal), to) if to else ()
    return Lessoned(found, known.deal, checked, written)


def _checked(found: Lesson, answers: Sequence[str]) -> tuple[Checked, ...]:
    if len(answers) != len(found.questions):
        raise Refusal(
            Problem(
                f"There are {len(found.questions)} questions and {len(answers)} answers.",
                "Give one `--answer` for each, in their order.",
            )
        )
    problems: list[Problem] = []
    checked: list[Checked] = []
    for number, (question, given) in enumerate(zip(found.questions, answers, strict=True), 1):
        try:
            checked.append(Checked(question, given, question.is_right(given)))
        except ValueError as fault:
            what = f"“{given[:40]}” is no answer to question {number}."
            problems.append(Problem(what, f"{str(fault).capitalize()}."))
    if problems:
        raise Refusal(problems)
    return tuple(checked)
