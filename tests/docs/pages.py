"""The pages whose commands are run."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
COMMANDS = DOCS / "reference" / "commands"
SESSIONS = sorted(
    page
    for folder in ("tutorial", "how-to", "reference", "explanation")
    for page in (DOCS / folder).rglob("*.md")
    if "```console" in page.read_text("utf-8")
)
