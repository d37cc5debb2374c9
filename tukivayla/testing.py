"""`make test`: everything that can run here, on all cores; what failed is tried once more, alone.

A test that passes only alone is told of by name: it may have found a busy machine, or a race of ours.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

AGAIN_AT_MOST = 12


@dataclass
class Failed:
    """A plugin that remembers which tests failed; their names without the group that xdist puts behind them."""

    tests: list[str] = field(default_factory=list)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            name = re.sub(r"@[^@\]]+$", "", report.nodeid)
            self.tests = list(dict.fromkeys([*self.tests, name]))


def main(arguments: Sequence[str]) -> int:
    failed = Failed()
    workers = os.environ.get("TEST_WORKERS", "auto")
    code = int(pytest.main(["-q", "-n", workers, "--dist", "loadgroup", *arguments], plugins=[failed]))
    if code != pytest.ExitCode.TESTS_FAILED or not 0 < len(failed.tests) <= AGAIN_AT_MOST:
        return code
    print(f"\n!!! {len(failed.tests)} failed. Once more, alone:", flush=True)
    again = subprocess.run([sys.executable, "-m", "pytest", "-q", *failed.tests], check=False)  # noqa: S603
    if again.returncode == 0:
        print("!!! Passed only alone:", *failed.tests, sep="\n    ", flush=True)
    return again.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
