"""`pfs evaluate` with a seal, a look or another analysis: what goes together and what does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.lib.deals import COUNTY, EVALUATOR
from tests.lib.pfs import pfs
from tests.lib.watched import a_watched_deal, edit_plan

WHO = ("--by", "Eve Name", "--on", "2024-09-02")


def test_a_study_from_its_seal_to_its_look(tmp_path: Path) -> None:
    """R139, R146."""
    deal = str(a_watched_deal(tmp_path / "deal"))
    sealed = pfs("evaluate", deal, "--seal", "--party", EVALUATOR, *WHO)
    assert sealed.code == 0 and "Publish the seal: sha256:" in sealed.out

    look = pfs("evaluate", deal, "--look", "halfway", "--reader", EVALUATOR, *WHO)
    assert look.code == 0 and "bookings: STOP" in look.out
    other = pfs("evaluate", deal, "--look", "halfway", "--reader", COUNTY, *WHO)
    assert other.code == 10 and "may not see outcomes by arm" in other.err

    edit_plan(Path(deal), test="fisher")
    changed = pfs("evaluate", deal)
    assert changed.code == 10 and "was changed after it was sealed" in changed.err


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--seal", "--look", "halfway"), "Give one of --seal and --look"),
        (("--seal", "--by", "Eve"), "Give --party too"),
        (("--look", "halfway", "--by", "Eve"), "Give --reader too"),
        (("--look", "halfway", "--reader", "X"), "Give --by too"),
        (("--reader", "X"), "--reader has no use with an evaluation"),
        (("--exploratory", "x.yaml", "--to", "y.json"), "--to has no use with --exploratory"),
        (("--look", "halfway", "--report", "y.html"), "--report has no use with --look"),
    ],
)
def test_options_that_do_not_go_together_are_told(
    tmp_path: Path, options: tuple[str, ...], said: str
) -> None:
    found = pfs("evaluate", str(a_watched_deal(tmp_path / "deal")), *options)

    assert found.code == 2 and said in found.err
