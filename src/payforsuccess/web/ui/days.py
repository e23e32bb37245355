"""A day in words, in the reader's language."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import pgettext


def local(value: datetime) -> datetime:
    """An instant in the local zone; one without a zone stays as it is."""
    return timezone.localtime(value) if timezone.is_aware(value) else value


def day_words(value: date | datetime) -> str:
    """`30 June 2026` in the reader's language; of an instant, the day in the local zone."""
    on = local(value).date() if isinstance(value, datetime) else value
    # Translators: how a day is written, in the letters of Django's date filter.
    return date_format(on, pgettext("format of a day", "j F Y"))
