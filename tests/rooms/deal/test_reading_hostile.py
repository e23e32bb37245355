"""Hostile files end in a problem, in less than two seconds and 200 MB."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = str(Path(__file__).parents[3] / "src")

# Each is an expression, so that the file is made in the process that is measured.
HOSTILE = {
    "a billion laughs": (
        r"'a: &a [x, x]\n' + ''.join("
        r"f'{chr(98 + i)}: &{chr(98 + i)} [*{chr(97 + i)}, *{chr(97 + i)}]\n' for i in range(24))"
    ),
    "brackets 10,000 deep": "'a: ' + '[' * 10_000",
    "braces 10,000 deep": "'{a: ' * 10_000",
    "dashes 10,000 deep": "'- ' * 10_000",
    "indentation 1,500 deep": r"''.join(' ' * i + 'a:\n' for i in range(1_500))",
    "50 MB": r"b'a: 1\n' * 10_000_000",
    "50 MB of NUL": "bytes(50_000_000)",
    "2 MB of one word": "'a: ' + 'x' * 1_900_000",
    "2 MB of a list": "'a: [' + 'x,' * 950_000 + ']'",
    "2 MB of hidden marks": "'\u202e' * 600_000",
    "2 MB of line ends": r"'\n' * 1_900_000",
    "2 MB of spaces": "' ' * 1_900_000 + 'a: 1'",
    "2 MB of an open quote": "'a: \"' + 'x ' * 900_000",
    "2 MB of question marks": "'? ' * 900_000",
    "a number of 100,000 digits": "'a: ' + '9' * 100_000",
    "49,000 anchors": r"''.join(f'k{i}: &a 1\n' for i in range(49_000))",
    "49,000 keys": r"''.join(f'k{i}: 1\n' for i in range(49_000))",
    "49,000 times one key": r"'a: 1\n' * 49_000",
    "49,000 empty payments": r"'payments: [' + '{},' * 49_000 + ']'",
    "24,000 wrong payments": r"'payments:\n' + '- {kind: unit-price}\n' * 24_000",
    "long keys 28 deep": (
        "'{' + ': {'.join('k' * 90 + str(i) for i in range(28)) + ': [' + 'x,' * 49_000"
    ),
}

# Seconds are of the processor, so that a busy machine fails nothing.
# The peak is of the memory this process mapped itself: what `getrusage` tells on Linux begins with
# the peak of the process that started it.
CHILD = """
import json, pathlib, resource, sys, time
from payforsuccess.deal.reading import read_deal
from payforsuccess.errors import Refusal
data = eval(sys.argv[1])
began = time.process_time()
try:
    read_deal(data)
    problems = []
except Refusal as refusal:
    problems = [str(problem) for problem in refusal.problems]
seconds = time.process_time() - began
status = pathlib.Path("/proc/self/status")
if status.exists():
    own = [line for line in status.read_text().splitlines() if line.startswith("VmHWM")]
    megabytes = int(own[0].split()[1]) / 1024
else:
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
print(json.dumps([problems, seconds, megabytes]))
"""


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_ends_in_problems_soon_and_in_little_memory(name: str) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", CHILD, HOSTILE[name]],
        env={"PYTHONPATH": SOURCE},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    problems, seconds, megabytes = json.loads(ran.stdout)

    assert 1 <= len(problems) <= 51
    assert all(len(problem) < 4_000 for problem in problems)
    assert seconds < 2
    assert megabytes < 200
