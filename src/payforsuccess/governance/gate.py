"""What each gate asks, and what is still missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from payforsuccess.errors import Problem, Refusal
from payforsuccess.governance.conditions.condition import Condition, Met, Unmet
from payforsuccess.governance.facts import Facts
from payforsuccess.governance.lifecycle import Lifecycle, Stage
from payforsuccess.governance.way import Way


@dataclass(frozen=True)
class Judged:
    """A condition with whether it holds; `overridden` is the reason where a body passed it over."""

    condition: Condition
    found: Met | Unmet
    overridden: str = ""

    @property
    def is_met(self) -> bool:
        """Whether the condition itself holds; one that was passed over does not."""
        return isinstance(self.found, Met)

    @property
    def is_unknown(self) -> bool:
        """Whether it could not be looked at here."""
        return isinstance(self.found, Unmet) and self.found.is_unknown


@dataclass(frozen=True)
class Gate:
    """The gate of a stage: every condition asked of this contract type, judged."""

    stage: Stage
    judged: tuple[Judged, ...]

    @cached_property
    def unmet(self) -> tuple[Judged, ...]:
        """What is missing and was not passed over."""
        return tuple(one for one in self.judged if not one.is_met and not one.overridden)

    @property
    def is_open(self) -> bool:
        """Whether the initiative may enter the stage."""
        return not self.unmet


def gate_of(
    stage: Stage, facts: Facts, conditions: Mapping[str, Condition], passed_over: Mapping[str, str]
) -> Gate:
    """The gate of a stage. passed_over: conditions a body accepted unmet, each with its reason.

    KeyError for a condition that nobody defined: the lifecycle is read with `known_conditions`.
    """
    asked = (conditions[name] for name in stage.gate)
    if facts.way is not None:
        facts = replace(facts, way=replace(facts.way, asked=stage.name))
    return Gate(
        stage,
        tuple(
            Judged(each, each.look(facts), passed_over.get(each.name, ""))
            for each in asked
            if each.is_asked_of(facts)
        ),
    )


def gates_of(
    lifecycle: Lifecycle, facts: Facts, conditions: Mapping[str, Condition]
) -> tuple[Gate, ...]:
    """Every gate of the lifecycle, in order.

    What a body passed over, it passed over for the stage it moved to: a later gate asks again.
    """
    walked = replace(facts, way=_walk(lifecycle, facts, conditions)[0])
    return tuple(
        gate_of(stage, walked, conditions, _passed_over(facts, stage)) for stage in lifecycle.stages
    )


def _passed_over(facts: Facts, stage: Stage) -> Mapping[str, str]:
    return {
        name: move.reason or ""
        for move in facts.initiative.moves
        if move.to == stage.name and move.on <= facts.on
        for name in move.overrides
    }


def known_conditions(lifecycle: Lifecycle, conditions: Mapping[str, Condition]) -> None:
    """Refuses a lifecycle that asks for a condition nobody defined."""
    problems = [
        Problem(
            f"The gate of `{stage.name}` asks for `{name}`, which is no condition.",
            "Use the name of a condition that `pfs gate --conditions` lists.",
            lifecycle.place_of("stages", number, "gate", position),
        )
        for number, stage in enumerate(lifecycle.stages)
        for position, name in enumerate(stage.gate)
        if name not in conditions
    ]
    if problems:
        raise Refusal(problems)


def moves_allowed(lifecycle: Lifecycle, facts: Facts) -> tuple[Problem, ...]:
    """What is wrong with the way so far: unknown stages, moves not allowed, days out of order."""
    problems: list[Problem] = []
    at, since = lifecycle.stages[0].name, facts.initiative.started_on
    for number, move in enumerate(facts.initiative.moves):
        where = facts.initiative.place_of("moves", number)
        stage, entered = lifecycle.stage(at), lifecycle.stage(move.to)
        if entered is None:
            problems.append(
                Problem(
                    f"“{move.to}” is no stage of the lifecycle.",
                    f"Use one of: {_names(lifecycle.stages)}.",
                    where,
                )
            )
            continue
        if stage is not None and move.to not in stage.to:
            problems.append(
                Problem(
                    f"The initiative cannot move from `{at}` to `{move.to}`.",
                    f"From `{at}` it may move to: {', '.join(stage.to) or 'nothing'}.",
                    where,
                )
            )
        problems += [
            Problem(
                f"The move to `{move.to}` passes over `{name}`, which its gate does not ask for.",
                f"Name conditions of that gate: {', '.join(entered.gate) or 'it has none'}.",
                where,
            )
            for name in move.overrides
            if name not in entered.gate
        ]
        if move.on < since:
            problems.append(
                Problem(
                    f"A move on {move.on} stands after one on {since}.",
                    "List the moves in the order of their days.",
                    where,
                )
            )
        if move.to == "stopped" and move.reason is None:
            problems.append(
                Problem("The initiative was stopped without a reason.", "Say why.", where)
            )
        at, since = move.to, max(since, move.on)
    return tuple(problems)


@dataclass(frozen=True)
class MovedPast:
    """A move into a stage whose gate was closed on the day: its number, and what was unmet.

    unknown: conditions that could not be looked at here, and so may have been met.
    """

    number: int
    stage: Stage
    unmet: tuple[Judged, ...]
    unknown: tuple[Judged, ...] = ()


def moved_past(
    lifecycle: Lifecycle, facts: Facts, conditions: Mapping[str, Condition]
) -> tuple[MovedPast, ...]:
    """Moves into stages whose gates were not open (R113), judged by what is on file of that day.

    What the body passed over with that move counts as open. Deal, forecast and competition are
    looked at as they are now, because nothing else is on file.
    """
    return _walk(lifecycle, facts, conditions)[1]


def _walk(
    lifecycle: Lifecycle, facts: Facts, conditions: Mapping[str, Condition]
) -> tuple[Way, tuple[MovedPast, ...]]:
    """The way up to the day, move by move, each judged by the way before it."""
    first = lifecycle.stages[0]
    way, found = Way((first.name,), first.to), []
    for number, move in enumerate(facts.initiative.moves):
        stage = lifecycle.stage(move.to)
        if stage is None or move.on > facts.on:
            continue
        passed = dict.fromkeys(move.overrides, move.reason or "")
        gate = gate_of(stage, replace(facts, on=move.on, way=way), conditions, passed)
        unknown = tuple(each for each in gate.unmet if each.is_unknown)
        unmet = tuple(each for each in gate.unmet if not each.is_unknown)
        if gate.unmet:
            found.append(MovedPast(number, stage, unmet, unknown))
        past_closed = (*way.past_closed, stage.name) if unmet else way.past_closed
        way = Way((*way.stages, stage.name), stage.to, past_closed)
    return way, tuple(found)


def _names(stages: Sequence[Stage]) -> str:
    return ", ".join(stage.name for stage in stages)
