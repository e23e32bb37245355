"""The performance of the quarter that ends on the day, from the records."""

from __future__ import annotations

from datetime import timedelta

from payforsuccess.reports import Document
from payforsuccess.reports.performance_report import QuarterFacts, performance_report
from payforsuccess.runs.documents.beside import initiative_beside
from payforsuccess.runs.documents.kinds import Asked
from payforsuccess.runs.folder import open_folder
from payforsuccess.runs.track.track import shown_facts
from payforsuccess.units import add_months


def document(asked: Asked) -> Document:
    """What `pfs track` shows of the day, with actions and changes of practice of three months.

    Reads the feeds; refuses what `track` refuses. Nothing is recorded as given out: the report is
    for the parties.
    """
    folder = open_folder(asked.path)
    initiative, _ = initiative_beside(folder.root)
    starts_on = add_months(asked.on + timedelta(days=1), -3)
    track = shown_facts(folder, as_of=asked.on).facts
    return performance_report(QuarterFacts(track, starts_on, initiative))
