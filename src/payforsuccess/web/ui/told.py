"""Sentences of the rooms below, in the reader's language: `told`.

Rules and runs answer in English, as `errors.Sentence`. Their words in another language stand in one
catalogue of their own, `web/locale`, apart from those of the pages.
"""

from __future__ import annotations

import gettext
from datetime import date
from functools import cache
from pathlib import Path

from django.utils.functional import Promise, lazy
from django.utils.translation import get_language

from payforsuccess.errors import Problem, Sentence
from payforsuccess.web.ui.days import day_words

CATALOGUES = Path(__file__).parents[1] / "locale"
DOMAIN = "sentences"


def told(text: str | Promise) -> str:
    """A sentence in the reader's language; what is no sentence stays as it is."""
    language = (get_language() or "en")[:2]
    if not isinstance(text, Sentence) or language == "en":
        return str(text)
    return text.told(_catalogue(language).gettext, _shown)


def told_problem(problem: Problem) -> str:
    """What is wrong and what to do, in the reader's language."""
    return f"{told(problem.what)} {told(problem.do)}".rstrip()


told_later = lazy(told, str)
"""`told` for words of a module or a class: asked when a page is made."""


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, CATALOGUES, [language], fallback=True)


def _shown(value: int | date) -> str:
    return day_words(value) if isinstance(value, date) else str(value)
