"""How firm a ranking is, in sentences."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from payforsuccess.selection.sensitivity import Firmness

MOST_NAMED = 5


def said_of_draws(firmness: Firmness) -> str:
    """What was moved, and how often each proposal came first."""
    moved = "each score" if firmness.is_each_moved else "scores (as sums over many)"
    wins = [(name, share) for name, share in firmness.wins if share > 0]
    told = ", ".join(f"{name} in {share:.1%}" for name, share in wins[:MOST_NAMED])
    left = len(wins) - MOST_NAMED
    more = f", and {left} other{'s' if left > 1 else ''} less often" if left > 0 else ""
    return (
        f"{firmness.draws:,} draws, each weight moved by up to {firmness.bounds.weight:.0%} of "
        f"itself and {moved} by up to {firmness.bounds.score:g} on the scale: first is "
        f"{told}{more}."
    )


def said_without(firmness: Firmness, *, names_reviewers: bool) -> tuple[str, ...]:
    """Whether one reviewer decides, and who would be first without that one."""
    if not firmness.one_reviewer_decides:
        return ("No one reviewer decides: without any one of them the same comes first.",)
    if names_reviewers:
        return tuple(
            f"One reviewer decides: without `{reviewer}`, first would be {' and '.join(others)}."
            for reviewer, others in firmness.without
        )
    counted = Counter(others for _, others in firmness.without)
    return tuple(
        f"One reviewer decides: without "
        f"{'one of them' if count == 1 else f'any one of {count} of them'}, first would be "
        f"{' and '.join(others)}."
        for others, count in counted.items()
    )
