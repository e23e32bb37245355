"""What a run says of signed results that it finds otherwise; it names no count."""

from __future__ import annotations

from collections.abc import Sequence

from payforsuccess.errors import Finding, sentence
from payforsuccess.payments.measured_anew import Differs


def findings_of(anew: Sequence[Differs]) -> tuple[Finding, ...]:
    """One finding for each signed result: what is paid on it stays until it is signed anew."""
    return tuple(
        Finding(
            "signed",
            sentence(
                "`{outcome}` in period {period} is not found as determination {number} signed it. "
                "What is found now is a proposal: it is paid on once it is signed in place of "
                "that determination.",
                outcome=each.outcome,
                period=each.period,
                number=each.determination,
            ),
        )
        for each in anew
    )
