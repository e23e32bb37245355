"""Arms in the records held against the lottery, before anything is estimated from them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from payforsuccess.evaluation.lottery.checks import EnrolmentCheck, check_enrolled
from payforsuccess.evaluation.lottery.listed import arms_of
from payforsuccess.runs.assign.kept import read_list
from payforsuccess.runs.folder import DealFolder


def check_against_lottery(
    folder: DealFolder,
    arms: Mapping[str, str],
    *,
    keys_of: Callable[[Sequence[str]], Sequence[str]] | None = None,
) -> EnrolmentCheck | None:
    """How the arms in the records, by person, compare with the draws; None where nobody was drawn.

    keys_of: the key in the records of each key of the list, in their order, such as the vault's of
    the feed that brings enrolments; the same keys when left out. Refuses a list that was changed.
    """
    listed = read_list(folder)
    if not listed.drawn:
        return None
    drawn = list(dict.fromkeys((*arms_of(listed), *listed.outside)))
    keys = dict(zip(drawn, keys_of(drawn), strict=True)) if keys_of is not None else None
    return check_enrolled(arms, listed, keys=keys)
