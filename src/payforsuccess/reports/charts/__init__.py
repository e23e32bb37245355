"""Figures drawn from plain numbers, each with its alternative text and a table of the same.

One file a kind of figure: what it is drawn from, the figure, the words for those who cannot see it,
the table. Importing them loads no drawing library; drawing does.
"""

from __future__ import annotations

from payforsuccess.reports.charts.arms import ArmRate, OutcomeByArm, outcome_by_arm
from payforsuccess.reports.charts.curve import PaymentCurve, Piece, Point, payment_curve
from payforsuccess.reports.charts.flow import FlowArm, ParticipantFlow, Reason, participant_flow

__all__ = [
    "ArmRate",
    "FlowArm",
    "OutcomeByArm",
    "ParticipantFlow",
    "PaymentCurve",
    "Piece",
    "Point",
    "Reason",
    "outcome_by_arm",
    "participant_flow",
    "payment_curve",
]
