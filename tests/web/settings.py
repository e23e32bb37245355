"""The settings of tests: a home of its own for each process, and the database that is asked for."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

HOME_OF_TESTS = tempfile.mkdtemp(prefix="pfs-tests-")
atexit.register(shutil.rmtree, HOME_OF_TESTS, ignore_errors=True)
os.environ["PFS_HOME"] = HOME_OF_TESTS
os.environ["PFS_MODE"] = "test"

from payforsuccess.web.settings import *  # noqa: E402, F403
