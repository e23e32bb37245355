"""What must hold before a payment on a statement can be approved."""

from __future__ import annotations

from payforsuccess.deal.results import Statement


def why_not_approvable(statement: Statement) -> tuple[str, ...]:
    """Every reason why no payment on this statement can be approved; empty when there is none.

    A success payment needs a signed determination of each result (R3), and a deal file that two
    people, one for each side, certified against the signed contract (R122).
    """
    reasons: list[str] = []
    if not statement.is_determined:
        reasons.append("A result it pays on is provisional.")
    if not statement.is_certified:
        reasons.append("The deal file is not certified against the signed contract.")
    if statement.standing != "contract":
        reasons.append(f"The terms are {statement.standing.replace('-', ' ')}, not a contract.")
    return tuple(reasons)
