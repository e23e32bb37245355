"""The settings of production: the check finds nothing, every page is guarded (R143)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from axes.helpers import get_client_ip_address
from django.conf import settings
from django.test import Client, RequestFactory
from django.urls import reverse

from tests.web.cast import Cast

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
}
PAGES = ("initiatives:overview", "payments:list", "audit:log", "audit:opened", "accounts:openings")


def run(home: Path, *command: str, **changed: str) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "PFS_HOME": str(home),
        "PFS_MODE": "production",
        "PFS_HOSTS": "homes.example.gov",
        "PFS_DATABASE": "",
        **changed,
    }
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    return subprocess.run(
        [sys.executable, "-m", "payforsuccess.web", *command],
        env=environment,
        capture_output=True,
        text=True,
    )


def test_the_check_of_a_deployment_finds_nothing(tmp_path: Path) -> None:
    assert run(tmp_path, "newkeys").returncode == 0

    checked = run(tmp_path, "check", "--deploy", "--fail-level", "WARNING")

    assert checked.returncode == 0, checked.stderr
    assert "no issues" in checked.stdout


def test_production_draws_no_key_in_passing(tmp_path: Path) -> None:
    started = run(tmp_path, "check")

    assert started.returncode and "session.key is missing" in started.stderr
    assert not list(tmp_path.glob("*.key"))


def test_keys_are_drawn_once_and_for_their_owner_alone(tmp_path: Path) -> None:
    run(tmp_path, "newkeys")
    first = {path.name: path.read_text() for path in tmp_path.glob("*.key")}

    run(tmp_path, "newkeys")

    assert set(first) == {"session.key", "fields.key", "index.key"}
    assert {path.name: path.read_text() for path in tmp_path.glob("*.key")} == first
    assert {path.stat().st_mode & 0o777 for path in tmp_path.glob("*.key")} == {0o600}


def test_nobody_else_reads_what_is_written_into_the_folder_of_state(tmp_path: Path) -> None:
    run(tmp_path, "newkeys")
    assert run(tmp_path, "migrate", "-v0", "sessions").returncode == 0

    written = [path for path in tmp_path.rglob("*") if path.exists()]

    assert {"web.sqlite3", "static"} <= {path.name for path in written}
    assert [path.name for path in written if path.stat().st_mode & 0o077] == []


def policy_of(header: str) -> dict[str, str]:
    return dict(part.strip().split(" ", 1) for part in header.split(";"))


@pytest.mark.django_db
@pytest.mark.parametrize("name", PAGES)
def test_every_page_of_someone_signed_in_is_guarded(county: Cast, name: str) -> None:
    answer = county.sign_in("counsel").get(reverse(name, args=[county.slug]))

    assert answer.status_code == 200
    assert policy_of(answer["Content-Security-Policy"]) == POLICY
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["Cache-Control"] == "no-store, private"
    cookies = answer.cookies.values()
    assert all(cookie["samesite"] == "Lax" and cookie["httponly"] for cookie in cookies)


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/sign-in/", "/no-such-page/", "/no/such/page/"])
def test_pages_for_nobody_are_guarded_too(path: str) -> None:
    answer = Client().get(path)

    assert policy_of(answer["Content-Security-Policy"]) == POLICY
    assert answer["X-Frame-Options"] == "DENY"


@pytest.mark.django_db
def test_no_form_is_taken_that_does_not_come_from_a_page_of_ours(county: Cast) -> None:
    """Threat 9: every writing page asks for the token."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(county.users["data-steward"], settings.AUTHENTICATION_BACKENDS[1])
    account = county.users["payor"].public_id

    for name, parts in (
        ("accounts:add", []),
        ("accounts:leave", [account]),
        ("accounts:ask", []),
        ("audit:check", []),
        ("audit:export", []),
    ):
        answer = client.post(reverse(name, args=[county.slug, *parts]), {"confirmed": "yes"})
        assert answer.status_code == 403, name
    county.users["payor"].refresh_from_db()
    assert county.users["payor"].is_active


def test_failures_are_counted_by_who_called_the_proxy(rf: RequestFactory, settings: Any) -> None:
    """A stranger behind the same proxy locks nobody else out."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    asked = rf.post("/sign-in/", headers={"x-forwarded-for": "203.0.113.9, 198.51.100.7"})

    assert get_client_ip_address(asked) == "198.51.100.7"
