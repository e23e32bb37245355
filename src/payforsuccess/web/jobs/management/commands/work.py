"""`python -m payforsuccess.web work`: do the jobs that people ask for, one at a time."""

from __future__ import annotations

import signal
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from payforsuccess.web.jobs.work import STALE_SECONDS, Worker


class Command(BaseCommand):
    """Works until it is stopped; what it was doing then is done by the next one."""

    help = "Do the jobs that people ask for in the application, one at a time, until stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        """When it ends, and how long it waits for a try that is silent."""
        parser.add_argument(
            "--until-idle", action="store_true", help="end as soon as nothing waits"
        )
        parser.add_argument(
            "--with-parent", type=int, metavar="PROCESS", help="end when what started it ends"
        )
        parser.add_argument(
            "--stale-after",
            type=float,
            default=STALE_SECONDS,
            metavar="SECONDS",
            help="take up a job that has given no sign of life for so long",
        )

    def handle(
        self,
        *args: Any,
        until_idle: bool,
        with_parent: int | None,
        stale_after: float,
        **options: Any,
    ) -> None:
        """Work."""
        worker = Worker(stale_seconds=stale_after, with_parent=with_parent)
        signal.signal(signal.SIGTERM, worker.end)
        signal.signal(signal.SIGINT, worker.end)
        worker.run(until_idle=until_idle)
