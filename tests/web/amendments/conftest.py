"""A county before the second period of its deal, in a folder of its own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from tests.lib.deals import a_deal
from tests.lib.folders import a_folder, sign
from tests.web.cast import Cast, make_cast

SLUG = "amending"
NOW = date(2026, 3, 2)


def stand_on(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    """Let the clock of the pages stand on a day."""
    instant = datetime.combine(day, time(10), timezone.get_current_timezone())
    monkeypatch.setattr("django.utils.timezone.now", lambda: instant)


@pytest.fixture
def changes() -> dict[str, object]:
    """What the deal states otherwise than the small one."""
    return {}


@pytest.fixture
def amending(
    db: None, monkeypatch: pytest.MonkeyPatch, changes: dict[str, object]
) -> Iterator[Cast]:
    """Two periods have signed results, for tests of what a statement rests on."""
    stand_on(monkeypatch, NOW)
    folder = Path(settings.DEALS) / SLUG
    shutil.rmtree(folder, ignore_errors=True)
    sign(a_folder(folder, a_deal(**changes), homes=["3", "3"]))
    yield make_cast(SLUG, "Homes whose deal changes", folder)
    shutil.rmtree(folder)
