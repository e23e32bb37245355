"""Write the files that are made from the code, or with --check say which are out of date.

python -m docs.generate            # write them
python -m docs.generate --check    # change nothing; exit 1 if one is out of date
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from docs.generate import rooms
from docs.generate.api import api_page
from docs.generate.deal_pages import deal_pages
from docs.generate.feeds import feeds_page
from docs.generate.requirements import requirements_page
from docs.generate.roles import roles_page
from payforsuccess.runs.schema import FILE, schema_of_models
from tests.spec.__main__ import page as spec_page

ROOT = Path(__file__).resolve().parents[2]


def generated_files() -> Iterator[tuple[Path, str]]:
    """Each generated file with the text it should have."""
    yield ROOT / "DEVELOPERS.md", rooms.developers_page(ROOT)
    for file, text in deal_pages().items():
        yield ROOT / "docs" / "reference" / file, text
    yield ROOT / "docs" / "reference" / "measures-by-example.md", spec_page()
    yield ROOT / "docs" / "reference" / "feeds.md", feeds_page()
    yield ROOT / "docs" / "reference" / "roles.md", roles_page()
    yield ROOT / "docs" / "reference" / "python-api.md", api_page()
    yield ROOT / "docs" / "reference" / "requirements.md", requirements_page(ROOT)
    yield ROOT / "src" / "payforsuccess" / "deal" / FILE, schema_of_models().text


def main(arguments: list[str]) -> int:
    """Write or check every generated file; returns the exit code."""
    stale = []
    for path, wanted in generated_files():
        found = path.read_text("utf-8") if path.exists() else None
        if found == wanted:
            continue
        stale.append(path.relative_to(ROOT))
        if "--check" not in arguments:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(wanted, "utf-8")
    for path in stale:
        print(f"{path} is out of date" if "--check" in arguments else f"wrote {path}")
    if stale and "--check" in arguments:
        print("Run `make generated` and commit what it writes.")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
