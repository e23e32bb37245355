"""New keys for locked fields: every field opens with the new one, and the old one may go (R143)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.test import override_settings

from payforsuccess.errors import Refusal
from payforsuccess.web.audit.models import Event
from payforsuccess.web.audit.queries import check_chain
from payforsuccess.web.audit.relocking import (
    drop_old_keys,
    locked_columns,
    locked_values,
    rotate,
    unreadable,
    write_keys,
)
from payforsuccess.web.people.models import Participant
from tests.web.cast import Cast

pytestmark = pytest.mark.django_db
OLD = "an-old-key-of-fields-made-up-for-tests"


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """A home of its own, so that no other test loses its key."""
    with override_settings(HOME=tmp_path, FIELD_KEYS=[OLD]):
        write_keys([OLD])
        yield tmp_path


def test_every_locked_column_is_found() -> None:
    found = {(table, column) for table, _, column in locked_columns()}

    assert ("people_participant", "family_name") in found
    assert ("people_participant", "ssn") in found
    assert ("accounts_disclosure", "what") in found
    assert len(found) > 12


def test_after_a_rotation_every_field_opens_with_the_new_key_alone(
    home: Path, county: Cast
) -> None:
    person = county.someone(name="Ortega").participant
    secret = TOTP.activate(county.users["payor"], "JBSWY3DPEHPK3PXP").instance.data["secret"]
    assert "JBSWY3DPEHPK3PXP" not in secret
    before = set(locked_values())

    count = rotate()

    new = settings.FIELD_KEYS[0]
    assert (home / "fields.key").read_text().split() == [new, OLD]
    assert (home / "fields.key").stat().st_mode & 0o777 == 0o600
    assert count == len(before) and not before & set(locked_values())
    assert drop_old_keys() == count
    assert (home / "fields.key").read_text().split() == [new]
    assert Participant.objects.get(pk=person.pk).family_name == "Ortega"
    factor = county.users["payor"].authenticator_set.get()
    assert get_adapter().decrypt(factor.data["secret"]) == "JBSWY3DPEHPK3PXP"
    assert Event.objects.filter(verb__in=("keys.rotated", "keys.dropped")).count() == 2
    assert check_chain().is_whole


def test_an_old_key_is_kept_while_a_field_needs_it(home: Path, county: Cast) -> None:
    county.someone()
    keys = ["a-key-under-which-nothing-is-locked", OLD]
    write_keys(keys)

    with override_settings(FIELD_KEYS=keys), pytest.raises(Refusal, match="older key"):
        drop_old_keys()

    assert (home / "fields.key").read_text().split("\n")[:2] == keys


def test_a_lost_key_is_noticed(home: Path, county: Cast) -> None:
    county.someone()
    assert unreadable() == 0

    with override_settings(FIELD_KEYS=["another key altogether"]):
        assert unreadable() == len(list(locked_values()))
