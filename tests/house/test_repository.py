"""What holds for every tracked file."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEXT = {
    ".cfg",
    ".csv",
    ".html",
    ".in",
    ".ini",
    ".json",
    ".md",
    ".py",
    ".toml",
    ".txt",
    ".yaml",
    ".yml",
    "",
}

TARGETS = ["help", "demo", "test", "check", "fix", "deep", "references", "docs"]
TARGETS += ["generated", "requirements", "clean"]


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True
    ).stdout.decode()
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def lines_with(pattern: str) -> list[str]:
    sought = re.compile(pattern)
    here = Path(__file__)
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}"
        for path in tracked()
        if path.suffix in TEXT and path != here and path.stat().st_size < 2_000_000
        for number, line in enumerate(path.read_text("utf-8", errors="replace").splitlines(), 1)
        if sought.search(line)
    ]


@pytest.fixture(scope="module", autouse=True)
def a_clone() -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("needs a git clone: an unpacked archive has no list of tracked files")


# With one letter in brackets, so that this file does not itself hold what it looks for.
REGISTRIES = r"(?i)py[p]i\.org|python[h]osted|npm[j]s|deb\.[d]ebian\.org|--(extra-)?index-[u]rl"


def test_no_file_names_a_package_registry() -> None:
    assert lines_with(REGISTRIES) == []


def test_no_file_names_a_path_of_one_machine() -> None:
    assert lines_with(r"(?<![\w.])/(work|root|opt)/[a-z]") == []


def test_no_file_holds_a_conflict_or_a_secret() -> None:
    assert lines_with(r"^(<{7} |>{7} |={7}$)|BEGIN [A-Z ]*PRIVATE KEY") == []


def test_no_large_file_is_tracked() -> None:
    large = [
        f"{path.relative_to(ROOT)}: {path.stat().st_size:,} bytes"
        for path in tracked()
        if path.stat().st_size > 1_500_000
    ]

    assert large == []


def test_nothing_that_a_tool_makes_is_tracked() -> None:
    made = re.compile(r"(^|/)(\.venv|__pycache__|build|dist|out|docs/_build)(/|$)|\.pyc$")

    assert [
        str(p) for path in tracked() if made.search(p := path.relative_to(ROOT).as_posix())
    ] == []


def test_requirements_are_pinned_with_hashes_and_name_no_index() -> None:
    for path in sorted((ROOT / "requirements").glob("*.txt")):
        text = path.read_text("utf-8")
        pins = re.findall(r"^([A-Za-z0-9_.-]+(?:\[[a-z,]+\])?)(\S*)", text, re.MULTILINE)

        assert pins, path.name
        assert all(version.startswith("==") for _, version in pins), path.name
        assert text.count("--hash=sha256:") >= len(pins), path.name
        assert "://" not in text and "file:" not in text, path.name


@pytest.mark.parametrize("target", TARGETS)
def test_make_lists_every_target(target: str) -> None:
    listed = subprocess.run(
        ["make", "--no-print-directory"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout

    assert re.search(rf"^  {target}\s+\S", listed, re.MULTILINE)
