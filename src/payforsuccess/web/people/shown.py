"""Consents and reports as pages show them, the reports with their clocks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from payforsuccess.governance.caseload import WrongRecord as Days
from payforsuccess.governance.caseload import WrongRecordClock, wrong_record_clock
from payforsuccess.governance.harm_clock import HarmFound, Telling, harms_found
from payforsuccess.governance.initiative.voice import Harm
from payforsuccess.web.people.basis import CONSENT_WORDS
from payforsuccess.web.people.models import Consent, HarmReport, WrongRecord
from payforsuccess.web.people.words import Text, language_word
from payforsuccess.web.ui import cells


@dataclass(frozen=True)
class ConsentShown:
    """What someone said to one purpose, in the reader's words."""

    consent: Consent
    on: date

    @property
    def holds(self) -> bool:
        """Whether it stands."""
        return self.consent.holds(self.on)

    @property
    def state(self) -> SafeString:
        """As word, shape and colour."""
        ended_on = self.consent.withdrawn_on
        if not self.consent.is_given:
            return cells.status(word=_("Refused"), tone="info")
        if ended_on is not None and ended_on <= self.on:
            return cells.status(word=_("Withdrawn"), tone="unknown")
        if self.holds:
            return cells.status(word=_("In force"), tone="good")
        return cells.status(word=_("Not in force"), tone="watch")

    @property
    def purpose(self) -> Text:
        """What for."""
        return CONSENT_WORDS.get(self.consent.purpose, self.consent.purpose)

    @property
    def recipient(self) -> Text:
        """Who receives it."""
        return CONSENT_WORDS.get(self.consent.recipient, self.consent.recipient)

    @property
    def regime(self) -> Text:
        """Under which law or contract."""
        return CONSENT_WORDS.get(self.consent.regime, self.consent.regime)

    @property
    def form(self) -> Text:
        """On which form."""
        return CONSENT_WORDS.get(self.consent.form_version, self.consent.form_version)

    @property
    def language(self) -> Text:
        """In which language."""
        return language_word(self.consent.language)


@dataclass(frozen=True)
class WrongShown:
    """A wrong-record report with whose turn it is."""

    report: WrongRecord
    on: date

    @cached_property
    def clock(self) -> WrongRecordClock:
        """By the rule of `governance.caseload`."""
        days = Days(self.report.found_on, self.report.told_on, self.report.answered_on)
        return wrong_record_clock(days, on=self.on)

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        return self.clock.turn != "none"

    @property
    def state(self) -> str:
        """For the status of the page."""
        if not self.is_open:
            return "done"
        return "overdue" if self.clock.days_late else "waiting"

    @property
    def turn(self) -> Text:
        """What happens next, in words."""
        words = {
            "tell": _("Tell the holder of the record"),
            "answer": _("The holder answers"),
            "none": self.report.get_came_to_display(),
        }
        return words[self.clock.turn]


@dataclass(frozen=True)
class HarmShown:
    """An entry of the harm log with its clocks."""

    report: HarmReport
    on: date

    @cached_property
    def found(self) -> HarmFound:
        """By the rule of `governance.harm_clock`; the report's own words stay out of it."""
        report = self.report
        harm = Harm(
            number=report.number,
            kind=report.kind,  # type: ignore[arg-type]
            on=report.reported_on,
            says="as reported",
            payor_told_on=report.payor_told_on,
            group_told_on=report.group_told_on,
            stops_service=report.stops_service,
            settled_on=report.settled_on,
            settled="settled" if report.settled_on else None,
        )
        return harms_found([harm], on=max(self.on, report.reported_on))[0]

    @property
    def tellings(self) -> list[tuple[Text, Telling]]:
        """Whom to tell, with the day and how late it is."""
        payor, group = self.found.tellings
        return [(_("The payor"), payor), (_("The participant group"), group)]

    @property
    def is_late(self) -> bool:
        """Whether someone should have been told by now and was not."""
        return any(each.days_late for each in self.found.untold)

    @property
    def state(self) -> str:
        """For the status of the page."""
        if self.found.is_settled:
            return "done"
        if self.found.is_stop:
            return "stopped"
        return "overdue" if self.is_late else "waiting"
