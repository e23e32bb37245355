"""The one lifecycle: its stages, the moves between them, and the conditions of each gate."""

from __future__ import annotations

from typing import Self

from pydantic import Field, model_validator

from payforsuccess.deal.fields import Flag, Name, Text, WholeFromOne
from payforsuccess.deal.model import Model, refuse
from payforsuccess.deal.whole_file import WholeFile


class Stage(Model):
    """One stage, the stages it may move to, and what must hold before it is entered."""

    name: Name = Field(description="Unique in the lifecycle.")
    title: Text = Field(description="What people call it.")
    says: Text = Field(description="What happens in it.")
    to: tuple[Name, ...] = Field((), description="The stages it may move to.")
    gate: tuple[Name, ...] = Field((), description="The conditions of entering it, by name.")
    is_end: Flag = Field(False, description="Whether nothing follows.")


class Lifecycle(WholeFile):
    """A file of `lifecycles`: the stages in order."""

    format: WholeFromOne = Field(description="The format of the file; this version writes 1.")
    says: Text = Field(description="Whose lifecycle it is, and where it comes from.")
    stages: tuple[Stage, ...] = Field(min_length=2, description="The stages, the first one first.")

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        names = [stage.name for stage in self.stages]
        if len(set(names)) != len(names):
            refuse("Two stages have one name.", "Give each its own.", field="stages")
        for number, stage in enumerate(self.stages):
            unknown = [name for name in stage.to if name not in names]
            if unknown:
                refuse(
                    f"A move leads to `{unknown[0]}`, which is no stage.",
                    f"Use one of: {', '.join(names)}.",
                    field=f"stages[{number}].to",
                )
            if stage.is_end == bool(stage.to):
                refuse(
                    "A stage leads on, or is an end.",
                    "Give `to`, or write `is_end: true`.",
                    field=f"stages[{number}].to",
                )
        return self

    def stage(self, name: str) -> Stage | None:
        """The stage of this name."""
        return next((stage for stage in self.stages if stage.name == name), None)
