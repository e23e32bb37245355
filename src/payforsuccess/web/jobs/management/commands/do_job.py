"""`python -m payforsuccess.web do_job CODE`: what a worker starts for each job."""

from __future__ import annotations

import os
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from payforsuccess.web.jobs.work import do


class Command(BaseCommand):
    """Does one job that a worker took up; the worker's word for it stands in the environment."""

    help = "Do one job. Workers call this; people have no use for it."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which job."""
        parser.add_argument("code")

    def handle(self, *args: Any, code: str, **options: Any) -> None:
        """Do it, and end with 0 where it came to its end."""
        sys.exit(do(code, os.environ.get("PFS_JOB_CLAIM", "")))
