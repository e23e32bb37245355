"""The past of the made-up county: what was done then is stamped with then."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from unittest.mock import patch

from django.utils import timezone


@contextmanager
def at(day: date, hour: int = 10) -> Iterator[None]:
    """Let the application's clock stand at an hour of a day.

    Only the made-up county uses it: its rows are written by the same actions as everybody's, and
    those ask the clock. The real clock cannot be turned by any page.
    """
    instant = datetime.combine(day, time(hour), timezone.get_current_timezone())
    with patch("django.utils.timezone.now", lambda: instant):
        yield
