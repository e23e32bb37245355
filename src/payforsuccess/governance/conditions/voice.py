"""The people served: their voice, and harm done to them (R109, R121)."""

from __future__ import annotations

from collections.abc import Iterator

from payforsuccess.deal.words.phrases import counted
from payforsuccess.errors import Finding, Problem
from payforsuccess.governance.conditions.condition import Condition, Met, Theme, Unmet
from payforsuccess.governance.facts import Facts
from payforsuccess.governance.harm_clock import TELL_WITHIN_DAYS, harms_found
from payforsuccess.governance.initiative.voice import Voice

_NONE = "No one who speaks for participants or their community is on file."


def representatives(facts: Facts) -> tuple[str, ...]:
    """People and organisations that speak for participants on the day."""
    initiative = facts.initiative
    return (
        *(
            each.name
            for each in initiative.members
            if each.represents_participants and each.is_there(on=facts.on)
        ),
        *(
            each.name
            for each in initiative.organisations
            if each.holds("participant-representative", on=facts.on)
        ),
    )


def _heard(facts: Facts) -> Met | Unmet:
    speak = representatives(facts)
    if not speak:
        return Unmet(
            _NONE,
            "Add a member with `represents_participants: true`, or a party with that role.",
            facts.initiative.place_of("members"),
        )
    payors = {name.casefold() for name in facts.initiative.payor_names}
    said = [
        each
        for each in facts.initiative.voices
        if each.on <= facts.on and each.by.casefold() not in payors
    ]
    if not said:
        return Unmet(
            "Someone speaks for participants, and nothing they said is on file.",
            "Ask them, and log what they say and the reply under `voices`.",
            facts.initiative.place_of("voices"),
        )
    open_ = [
        number
        for number, each in enumerate(facts.initiative.voices)
        if each in said and not _is_answered(each, facts)
    ]
    if open_:
        return Unmet(
            f"{len(open_)} of {counted(len(said), 'thing')} said "
            f"{'has' if len(open_) == 1 else 'have'} no reply.",
            "Reply, and log the reply.",
            facts.initiative.place_of("voices", open_[0]),
        )
    return Met(f"{counted(len(said), 'thing')} said, each with a reply")


def _is_answered(voice: Voice, facts: Facts) -> bool:
    """Whether a reply was given by the day; one without a day counts as given."""
    return voice.reply is not None and (voice.replied_on is None or voice.replied_on <= facts.on)


def _no_stop(facts: Facts) -> Met | Unmet:
    found = harms_found(facts.initiative.harms, on=facts.on)
    stops = [each.harm.number for each in found if each.is_stop]
    if stops:
        return Unmet(
            f"Service is stopped until it is settled: {', '.join(stops)}.",
            "Settle it with the participant group, and record how.",
            facts.initiative.place_of("harms"),
        )
    return Met("no entry of the harm log stops service")


def _problems(facts: Facts) -> Iterator[Problem]:
    initiative = facts.initiative
    for number, harm in enumerate(initiative.harms):
        if any(day and day < harm.on for day in (harm.payor_told_on, harm.group_told_on)):
            yield Problem(
                f"{harm.number} was told before the day it was reported.",
                "Correct a day.",
                initiative.place_of("harms", number),
            )
        for found in harms_found((harm,), on=facts.on):
            late = [each for each in found.untold if each.days_late]
            if late:
                yield Problem(
                    f"{harm.number} was to be told within {TELL_WITHIN_DAYS} days, by {found.due}, "
                    f"and {' and '.join(each.whom for each in late)} are not told: "
                    f"{counted(late[0].days_late, 'day')} late.",
                    "Tell them, and record the day.",
                    initiative.place_of("harms", number),
                )


def _findings(facts: Facts) -> Iterator[Finding]:
    initiative = facts.initiative
    if not representatives(facts):
        yield Finding("voice", _NONE, initiative.place_of("members"))
    for number, voice in enumerate(initiative.voices):
        if voice.reply is None and voice.on <= facts.on:
            yield Finding(
                "voice",
                f"What was said on {voice.on} has no reply yet, "
                f"{counted((facts.on - voice.on).days, 'day')} later.",
                initiative.place_of("voices", number),
            )
    for number, harm in enumerate(initiative.harms):
        for found in harms_found((harm,), on=facts.on):
            where = initiative.place_of("harms", number)
            for each in found.tellings:
                if each.told_on is not None and each.days_late:
                    yield Finding(
                        "harm",
                        f"{harm.number}: {each.whom} was told "
                        f"{counted(each.days_late, 'day')} late.",
                        where,
                    )
                elif each.told_on is None and not each.days_late:
                    yield Finding("harm", f"{harm.number}: tell {each.whom} by {found.due}.", where)
            if found.is_stop:
                yield Finding("harm", f"{harm.number} stops service until it is settled.", where)


THEME = Theme(
    "voice",
    (
        Condition(
            "participants-heard",
            ("R109",),
            "Someone speaks for participants, and what they say is answered.",
            _heard,
        ),
        Condition("no-harm-stop", ("R121",), "No report of harm stops service.", _no_stop),
    ),
    _problems,
    _findings,
)
