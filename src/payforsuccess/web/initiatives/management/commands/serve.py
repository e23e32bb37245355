"""`python -m payforsuccess.web serve`: bring the database up to date and answer browsers."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser


class Command(BaseCommand):
    """Serves until it is stopped; in the mode `demo` it makes the county first."""

    help = "Bring the database up to date and serve the application."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where it listens, and with how many processes."""
        parser.add_argument("--host", default="127.0.0.1", help="the address it listens on")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=2)

    def handle(self, *args: Any, host: str, port: int, workers: int, **options: Any) -> None:
        """Prepare, then become the server."""
        call_command("migrate", verbosity=0)
        if settings.IS_DEMO:
            self.stdout.write("Making the county; this takes a minute the first time.")
            call_command("seed", stdout=self.stdout)
        if settings.IS_PRODUCTION:
            call_command("collectstatic", interactive=False, verbosity=0)
        if settings.IS_DEMO:
            # It ends with the server, whose process this one becomes. Elsewhere it is a service.
            work = [sys.executable, "-m", "payforsuccess.web", "work"]
            subprocess.Popen([*work, "--with-parent", str(os.getpid())])
        self.stdout.write(f"Open http://{host}:{port}/ in a browser. Stop with Ctrl-C.")
        self.stdout.flush()
        arguments = [
            *("--bind", f"{host}:{port}"),
            *("--workers", str(workers)),
            "--preload",  # a worker that takes another's place answers at once
            *("--log-level", "warning"),
        ]
        os.execv(
            sys.executable,
            [sys.executable, "-m", "gunicorn", *arguments, "payforsuccess.web.wsgi:application"],
        )
