"""Jobs in words: states, kinds, and what came of each."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from payforsuccess.web.jobs import models
from payforsuccess.web.jobs.models import Job
from payforsuccess.web.ui.cells import Tone

Text = str | Promise
STATE_OF: dict[str, tuple[Text, Tone]] = {
    models.WAITING: (gettext_lazy("Waiting"), "waiting"),
    models.RUNNING: (gettext_lazy("Running"), "info"),
    models.DONE: (gettext_lazy("Done"), "good"),
    models.FAILED: (gettext_lazy("Stopped by a problem"), "bad"),
    models.CANCELLED: (gettext_lazy("Cancelled"), "unknown"),
}
RESULTS: dict[str, Text] = {
    "feeds": gettext_lazy("Files read"),
    "own": gettext_lazy("Feeds written from what is recorded here"),
    "rows": gettext_lazy("Rows kept"),
    "bookings": gettext_lazy("Bookings told to case managers"),
    "people": gettext_lazy("People"),
    "waiting": gettext_lazy("Pairs that wait for two people’s decision"),
    "run": gettext_lazy("Run"),
    "period": gettext_lazy("Draft statement for period"),
    "differ": gettext_lazy("Signed periods that are found otherwise now"),
    "plans": gettext_lazy("Plans estimated"),
    "remarks": gettext_lazy("Remarks in its report"),
    "file": gettext_lazy("Report"),
    "checks": gettext_lazy("Checks"),
    "stand_out": gettext_lazy("Checks that stand out"),
    "entries": gettext_lazy("Entries of the log"),
    "broken_at": gettext_lazy("First entry that does not hold"),
}
"""What a result is called on the page, in this order."""


def results_of(job: Job) -> Iterator[tuple[Text, object]]:
    """What came of it: a label and a count or a name."""
    for name, label in RESULTS.items():
        value = job.result.get(name)
        if value is not None:
            yield label, value


def next_of(job: Job) -> str:
    """What to do now, in a sentence."""
    if job.state == models.WAITING:
        return _("It begins by itself when the work before it is done. You need not stay here.")
    if job.state == models.RUNNING:
        return _("It goes on by itself. You may leave this page and come back.")
    if job.state == models.FAILED:
        return _("Mend what is named below, then ask for it again.")
    if job.state == models.CANCELLED:
        return _("Nothing of it was kept. Ask for it again when it is needed.")
    return {
        "load": _("Look at the quality of each feed, then measure the outcomes."),
        "link": _("Reviewers decide the pairs that wait; then match again."),
        "measure": _("The evaluator looks at the results and signs them."),
        "evaluate": _("Write the report, and sign the results when they are right."),
        "report": _("Download the report, and read it before it is given out."),
        "checks": _("Read the checks, and ask about whatever stands out."),
        "standing": _("Look at the overview."),
        "audit-pack": _("Download it from the page of the auditor’s packs."),
        "log-check": _("Look at what came of it on the page of the log."),
        "pack": _("Download the pack from the page of capital."),
    }[job.kind]
