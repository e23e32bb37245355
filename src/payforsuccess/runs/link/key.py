"""The key of keyed filters: drawn at random, kept in escrow, written out for the agencies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from payforsuccess.errors import Place, Problem, Refusal
from payforsuccess.records.link.bloom import KEY_BYTES
from payforsuccess.runs.files import read_bytes, write_new_private
from payforsuccess.runs.folder import DealPath, open_folder

LINKAGE_KEY = "linkage-key"
"""The vault's name for it, and the feed that `pfs retire` destroys it under."""
_HEADER = "payforsuccess linkage key 1"


@dataclass(frozen=True, repr=False)
class LinkageKey:
    """Where the key was written, where its copy in escrow lies, and when it must be destroyed."""

    file: Path
    vault: Path
    destroyed_on: date | None
    is_new: bool

    def __str__(self) -> str:
        lines = [
            f"{'A new key' if self.is_new else 'The key in escrow'} is written to {self.file}.",
            f"  in escrow in {self.vault}",
        ]
        if self.destroyed_on is None:
            lines.append("  the deal states no day on which it is destroyed: `key_destroyed_on`")
        else:
            lines.append(
                f"  to be destroyed on {self.destroyed_on}: pfs retire --feed {LINKAGE_KEY}"
            )
        lines.append("Give it to the agencies alone, never to who matches their files.")
        return "\n".join(lines)

    __repr__ = __str__

    def as_plain(self) -> dict[str, object]:
        """For programs; the key itself is never in it."""
        return {
            "file": str(self.file),
            "vault": str(self.vault),
            "destroyed_on": None if self.destroyed_on is None else self.destroyed_on.isoformat(),
            "is_new": self.is_new,
        }


def make_linkage_key(path: DealPath, to: Path) -> LinkageKey:
    """Write the deal's linkage key to a file that its owner alone may read.

    It is drawn from the system's random source the first time, and kept in the vault; later calls
    write the same one, for the next agency. Refuses a vault that opens records of the deal (whoever
    holds filters and key can look names up: name another with PFS_VAULT), a key that was destroyed,
    and a file that is there already.
    """
    from payforsuccess.store import open_vault

    folder = open_folder(path)
    deal = folder.history().latest
    vault = open_vault(folder.vault)
    if any(vault.keys_of(source.feed) for source in deal.data):
        raise Refusal(
            Problem(
                "This vault opens the deal's records, and whoever holds both their filters and the "
                "key can look names up.",
                "Let someone else keep the key: name a vault of their own with PFS_VAULT.",
                Place(str(folder.vault)),
            )
        )
    names = vault.keys_of(LINKAGE_KEY)
    if not names and _was_destroyed(folder.vault):
        raise Refusal(
            Problem(
                "The deal's linkage key was destroyed.",
                "It is not made again: filters of a new key agree with none of the old.",
                Place(str(folder.vault)),
            )
        )
    name = names[0] if names else vault.new_key(LINKAGE_KEY, "filters")
    content = f"{_HEADER}\n{vault.key(name).hex()}\n"
    write_new_private(to, content.encode("ascii"), "The key")
    plan = deal.linkage
    until = plan.key_destroyed_on if plan is not None else None
    return LinkageKey(to, folder.vault, until, is_new=not names)


def read_linkage_key(path: Path) -> bytes:
    """The key in a file that `pfs link key` wrote; refuses any other file."""
    text = read_bytes(path, largest=1024).decode("ascii", errors="replace").split("\n")
    try:
        key = bytes.fromhex(text[1]) if text[0] == _HEADER else b""
    except (IndexError, ValueError):
        key = b""
    if len(key) != KEY_BYTES:
        raise Refusal(
            Problem(
                "This is not a linkage key that `pfs link key` wrote.",
                "Ask the keeper of the key for the file.",
                Place(str(path)),
            )
        )
    return key


def _was_destroyed(vault: Path) -> bool:
    return any((vault / "keys" / LINKAGE_KEY).glob("*.destroyed"))
