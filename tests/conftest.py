"""What holds for every test: how long to search, no network, and a list of what could not run."""

from __future__ import annotations

import os
import shutil
import socket

import pytest
from hypothesis import HealthCheck, settings

# The same examples each time: a red test is red for everyone. `make deep` searches at random.
settings.register_profile(
    "default",
    derandomize=True,
    max_examples=50,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "deep",
    max_examples=500,
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.load_profile("deep" if os.environ.get("PFS_DEEP") else "default")


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Leave out a test whose system program is missing, naming the package that has it."""
    for mark in item.iter_markers("needs"):
        program, package = mark.kwargs["program"], mark.kwargs["package"]
        if shutil.which(program) is None:
            pytest.skip(f"needs the program {program}; install the system package {package}")


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """No test reaches beyond its own machine's files; one with Spark reaches its Java on it."""
    connect = socket.socket.connect
    has_java = request.node.get_closest_marker("spark") is not None

    def refuse(self: socket.socket, address: object) -> None:
        is_here = has_java and isinstance(address, tuple) and address[0] in ("127.0.0.1", "::1")
        if self.family != socket.AF_UNIX and not is_here:
            raise AssertionError("a test tried to reach the network")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", refuse)


def _left_out(reporter: pytest.TerminalReporter) -> dict[str, int]:
    """Why tests were left out, and how many for each reason."""
    reasons: dict[str, int] = {}
    for report in reporter.stats.get("skipped", []):
        where = report.longrepr
        reason = where[2] if isinstance(where, tuple) else str(where)
        reason = reason.removeprefix("Skipped: ")
        reasons[reason] = reasons.get(reason, 0) + 1
    return reasons


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Where CI=true, a test that could not run fails the whole run."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or os.environ.get("CI") != "true":
        return
    if _left_out(reporter) and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what did not run and what to install."""
    reasons = _left_out(terminalreporter)
    if not reasons:
        return
    terminalreporter.section("did not run")
    for reason, count in sorted(reasons.items()):
        terminalreporter.line(f"{count} test{'s' if count != 1 else ''}: {reason}")
    if os.environ.get("CI") == "true":
        terminalreporter.line("CI=true: tests that did not run count as failed.")
