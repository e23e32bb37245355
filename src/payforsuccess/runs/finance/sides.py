"""The two sides of a comparison: two deals, two sets of assumptions, or two versions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from payforsuccess.errors import Problem, Refusal
from payforsuccess.payments.history import DealHistory
from payforsuccess.runs.finance.files import Financed, open_financed
from payforsuccess.runs.folder import DealPath


@dataclass(frozen=True)
class Chosen:
    """One of the two: what it is called wherever it lies, and what it is simulated from."""

    compares: Literal["deals", "assumptions", "versions"]
    says: str
    financed: Financed
    history: DealHistory


def two_sides(paths: Sequence[DealPath], files: Sequence[Path]) -> tuple[Chosen, Chosen]:
    """Two deals; or one with two files; or the first and the latest version of one.

    Refuses other numbers, and a deal of one version with one set of assumptions.
    """
    if len(paths) > 2 or len(files) > 2 or not paths:
        raise Refusal(
            Problem(
                f"There are {len(paths)} deals and {len(files)} assumption files; two sides are "
                "compared.",
                "Name two deals, or one deal with two files, each after --assumptions.",
            )
        )
    chosen = [*files] if len(files) == 2 else [files[0] if files else None] * 2
    deals = [paths[0], paths[-1]]
    first, second = (
        open_financed(path, assumptions=file) for path, file in zip(deals, chosen, strict=True)
    )
    if len(paths) == 2:
        names = _told_apart(
            (first.deal.deal, first.deal.terms_fingerprint),
            (second.deal.deal, second.deal.terms_fingerprint),
        )
        return (
            Chosen("deals", names[0], first, first.history),
            Chosen("deals", names[1], second, second.history),
        )
    if len(files) == 2:
        names = _told_apart(
            (first.file.name, first.assumptions.fingerprint),
            (second.file.name, second.assumptions.fingerprint),
        )
        return (
            Chosen("assumptions", names[0], first, first.history),
            Chosen("assumptions", names[1], second, second.history),
        )
    versions = first.history.versions
    if len(versions) < 2:
        raise Refusal(
            Problem(
                "There is one version of this deal and one set of assumptions: nothing to compare.",
                "Name a second deal, or two files, each after --assumptions.",
            )
        )
    before, after = versions[0], versions[-1]
    only_before = DealHistory((before,))
    return (
        Chosen("versions", f"in force from {before.in_force_from}", first, only_before),
        Chosen("versions", f"in force from {after.in_force_from}", second, second.history),
    )


def _told_apart(first: tuple[str, str], second: tuple[str, str]) -> tuple[str, str]:
    """Both names, with the start of each fingerprint where the names are the same."""
    if first[0] != second[0]:
        return first[0], second[0]
    one, other = (f"{name}, fingerprint {mark[7:19]}" for name, mark in (first, second))
    return one, other
