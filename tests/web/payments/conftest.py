"""The county in which payments are made."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime, time
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from tests.lib.approving import certified
from tests.lib.folders import a_folder, sign
from tests.web.cast import Cast, another, make_cast
from tests.web.payments.doing import NOW, SLUG


@pytest.fixture
def county(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cast]:
    """A county in 2028 whose first period is signed and not stated."""
    instant = datetime.combine(NOW, time(10), timezone.get_current_timezone())
    monkeypatch.setattr("django.utils.timezone.now", lambda: instant)
    folder = Path(settings.DEALS) / SLUG
    sign(a_folder(folder, certified(), homes=["3"]))
    cast = make_cast(SLUG, "Homes that are paid for", folder)
    another(cast, "payor")
    yield cast
    shutil.rmtree(folder)
