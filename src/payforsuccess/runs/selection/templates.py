"""Solicitations to start from: weights and anchors with their source, and days to replace."""

from __future__ import annotations

from importlib.resources import files

from payforsuccess.deal.nearest import nearest, ticked
from payforsuccess.errors import Problem, Refusal

TEMPLATES = {
    "departmental": "this program's proposal for a competition between departments",
    "sippra-2019": "the weights of the federal SIPPRA notice of 2019",
}
"""The templates that come with this version, each in a line."""


def template(name: str) -> str:
    """The text of a `solicitation.yaml` to start from; refuses one that is not there."""
    if name not in TEMPLATES:
        close = nearest(name, TEMPLATES)
        raise Refusal(
            Problem(
                f"There is no template “{name[:60]}”.",
                f"Did you mean `{close}`?" if close else f"Use {ticked(TEMPLATES)}.",
            )
        )
    folder = files("payforsuccess.selection") / "templates"
    return (folder / f"{name}.yaml").read_text("utf-8")
