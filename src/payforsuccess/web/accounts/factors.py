"""Secrets of second factors, locked at rest like the names of people."""

from __future__ import annotations

from allauth.mfa.adapter import DefaultMFAAdapter

from payforsuccess.web.fields import locks


class Adapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Locks what an authenticator app shares with the server, and the seed of recovery codes."""

    def encrypt(self, text: str) -> str:
        """The secret as it lies in the database."""
        return locks().encrypt(text.encode()).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        """The secret as it is used."""
        return locks().decrypt(encrypted_text.encode("ascii")).decode()
