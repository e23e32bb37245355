"""One broken deal file for each mistake, with the exact message that a person reads."""

from __future__ import annotations

import re

import pytest

from tests.scenarios.mistakes import MISTAKES, Mistake
from tests.scenarios.remake import BAD, broken, message

JARGON = re.compile(r"Input should|pydantic|http|Traceback|validation|\b(NoneType|dict|tuple)\b")
REMAKE = "python -m tests.scenarios.remake, then read the difference"


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.name)
def test_a_broken_deal_says_what_is_wrong_and_what_to_do(mistake: Mistake) -> None:
    file = BAD / f"{mistake.name}.yaml"
    expected = BAD / f"{mistake.name}.expected"

    assert file.read_bytes() == broken(mistake), REMAKE
    assert message(file.read_bytes(), file.name) == expected.read_text(encoding="utf-8"), REMAKE


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.name)
def test_every_message_is_fit_for_a_person(mistake: Mistake) -> None:
    told = (BAD / f"{mistake.name}.expected").read_text(encoding="utf-8")

    assert "No problem was found" not in told
    assert not JARGON.search(told)
    for line in told.splitlines():
        assert len(line) < 400


def test_the_folder_holds_the_listed_mistakes_and_nothing_else() -> None:
    names = [mistake.name for mistake in MISTAKES]

    assert len(names) == len(set(names)) >= 60
    assert {file.name for file in BAD.iterdir()} == {
        f"{name}.{end}" for name in names for end in ("yaml", "expected")
    }
