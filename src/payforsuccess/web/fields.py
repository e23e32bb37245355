"""Kinds of fields that several apps keep: names for addresses, and texts locked at rest."""

from __future__ import annotations

import hmac
import secrets
import unicodedata
from base64 import urlsafe_b64encode
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import models

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
"""Letters and digits that nobody mistakes for each other when a code is read out or typed."""
LENGTH = 12
"""31 to the twelfth: 59 bits, which nobody guesses over the network."""


def new_public_id() -> str:
    """A random name for an address or a printed code: no number of the database, no order."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def public_ids(texts: Iterable[str]) -> list[str]:
    """Those of some texts, as an address or a form sends them, that can name a row."""
    return [text for text in texts if text and set(text) <= set(ALPHABET)]


class PublicId(models.CharField):  # type: ignore[type-arg]
    """The name under which a row is spoken of outside the database."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            **{
                "max_length": LENGTH,
                "default": new_public_id,
                "unique": True,
                "editable": False,
                **options,
            }
        )


@cache
def _locks(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(_derived(key, b"fields")) for key in keys])


def _derived(key: str, use: bytes) -> bytes:
    """32 bytes for one use, so that the key of the index opens no field."""
    return urlsafe_b64encode(hmac.new(key.encode(), use, sha256).digest())


def locks() -> MultiFernet:
    """What locks with the newest key and opens with any that is still kept."""
    return _locks(tuple(settings.FIELD_KEYS))


def unlocked(token: str) -> str | None:
    """What was locked; None where no key of today's opens it."""
    try:
        return locks().decrypt(token.encode("ascii")).decode()
    except InvalidToken:
        return None


class LockedText(models.TextField):  # type: ignore[type-arg]
    """A text that is encrypted in the database (AES-128 in CBC mode with HMAC: Fernet).

    It cannot be searched or sorted by; `blind_index` serves where an exact match is needed. An
    empty text stays empty. With no key that fits, reading fails: an unreadable name is a fault of
    the installation and never an empty one.
    """

    def get_prep_value(self, value: Any) -> Any:
        """The text as it lies in the database."""
        text = super().get_prep_value(value)
        return locks().encrypt(text.encode()).decode("ascii") if text else text

    def from_db_value(self, value: str | None, *_: object) -> str | None:
        """The text as people read it."""
        if not value:
            return value
        try:
            return locks().decrypt(value.encode("ascii")).decode()
        except InvalidToken:
            raise UnreadableField(
                "A locked field opens with none of the keys in fields.key: put back the key under "
                "which it was written."
            ) from None


class UnreadableField(Exception):
    """No key fits: the installation lost one."""


def opens(text: str) -> bool:
    """Whether a locked text opens with one of the keys that are kept."""
    try:
        locks().decrypt(text.encode("ascii"))
    except InvalidToken:
        return False
    return True


def relocked(text: str) -> str:
    """A locked text under the newest key, for the rotation of keys."""
    return locks().rotate(text.encode("ascii")).decode("ascii")


def blind_index(*parts: str) -> str:
    """A keyed mark by which equal texts are found without the texts being readable.

    Capitals, accents and what is neither letter nor digit make no difference. The key is one of
    its own: a new key for fields loses nobody.
    """
    plain = "\x1f".join(_folded(part) for part in parts)
    key = _derived(settings.INDEX_KEY, b"index")
    return hmac.new(key, plain.encode(), sha256).hexdigest()


def _folded(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text).casefold()
    return "".join(letter for letter in apart if letter.isalnum())
