"""How an answer can be followed back and done again: steps, fingerprints, chains, run records."""

from __future__ import annotations

from payforsuccess.trail.fingerprint import (
    canonical_bytes,
    fingerprint,
    fingerprint_bytes,
    is_fingerprint,
)
from payforsuccess.trail.run_record import RunInput, RunOutput, RunRecord
from payforsuccess.trail.step import Step

__all__ = [
    "RunInput",
    "RunOutput",
    "RunRecord",
    "Step",
    "canonical_bytes",
    "fingerprint",
    "fingerprint_bytes",
    "is_fingerprint",
]
