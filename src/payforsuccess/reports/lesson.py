"""A short lesson on a practice deal: what to know, and questions that the deal itself answers."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from payforsuccess.reports.document import Block, Document, Heading, ItemList, paragraph
from payforsuccess.reports.inline import Exactly, with_names
from payforsuccess.reports.note import Notice
from payforsuccess.units import exact

PRACTICE = Notice(
    "Practice",
    "The deal of this lesson is made up. What law and policy ask of you, Counsel says.",
    "information",
)


@dataclass(frozen=True)
class Question:
    """A question with its right answer, which the program worked out from the practice deal.

    choices: the words that can be answered; none for a number. shown_by: where the answer stands.
    """

    asks: str
    answer: str
    shown_by: str
    choices: tuple[str, ...] = ()

    def is_right(self, given: str) -> bool:
        """Whether what was answered is right; ValueError where it can be no answer at all."""
        if self.choices:
            word = given.strip().casefold()
            if word not in self.choices:
                raise ValueError(f"answer one of: {', '.join(self.choices)}")
            return word == self.answer
        return _number(given) == _number(self.answer)


@dataclass(frozen=True)
class Lesson:
    """What someone in a role should know, in paragraphs, and the check at the end."""

    role: str
    title: str
    says: tuple[str, ...]
    questions: tuple[Question, ...]

    @property
    def module(self) -> str:
        """Its name in a register of training."""
        return f"lesson-{self.role}"


def lesson_document(lesson: Lesson, *, deal: str) -> Document:
    """The lesson as a page to read, with its questions and without their answers (R55, R148)."""
    blocks: list[Block] = [
        paragraph(f"It uses the practice deal “{deal}”."),
        *(paragraph(*with_names(text)) for text in lesson.says),
        Heading(2, "Check yourself", "check"),
        ItemList(tuple((_asked(question),) for question in lesson.questions), is_numbered=True),
        paragraph(
            "Answer in the order of the questions: ",
            Exactly(f"pfs lesson {lesson.role}" + " --answer …" * len(lesson.questions)),
            ". The program works out each answer from the deal, and says where it stands.",
        ),
    ]
    return Document(
        title=lesson.title,
        language="en",
        lists_contents=False,
        notices=(PRACTICE,),
        blocks=tuple(blocks),
    )


def _asked(question: Question) -> str:
    if not question.choices:
        return f"{question.asks} (a number)"
    return f"{question.asks} ({', '.join(question.choices)})"


def _number(text: str) -> Fraction:
    """The number of an answer, such as `USD 311,580.00` or `45`; ValueError where it is none."""
    plain = text.strip().upper().replace("USD", "").replace("$", "").replace(",", "").strip()
    try:
        return exact(plain)
    except ValueError:
        raise ValueError("answer with a number in digits") from None
