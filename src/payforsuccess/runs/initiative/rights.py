"""The decision rights that come with the program."""

from __future__ import annotations

from importlib.resources import files

from payforsuccess.deal.reading.reader import read_whole
from payforsuccess.governance.rights.rights import DecisionRights


def shipped_rights() -> DecisionRights:
    """The product's proposal for who has which part in a decision."""
    name = "pay-for-success.yaml"
    text = (files("payforsuccess.governance") / "rights" / name).read_bytes()
    return read_whole(DecisionRights, text, file=name)
