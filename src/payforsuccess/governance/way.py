"""The way an initiative came: the stages its moves entered, and those entered past a gate."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Way:
    """The stages entered so far, in order, the first one first.

    next_stages: where the lifecycle leads from the last. past_closed: stages that were entered
    while conditions of their gates were unmet and nobody had passed them over. asked: the stage
    whose gate is looked at.
    """

    stages: tuple[str, ...]
    next_stages: tuple[str, ...] = ()
    past_closed: tuple[str, ...] = ()
    asked: str = ""

    @property
    def is_come_to(self) -> bool:
        """Whether the stage asked about was entered, or comes next."""
        return self.asked in self.stages or self.asked in self.next_stages
