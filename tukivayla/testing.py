"""`make test`: everything that can run here, on all cores."""

from __future__ import annotations

import os
import sys

import pytest


def main() -> int:
    workers = os.environ.get("TEST_WORKERS", "auto")
    arguments = ["-q", "-n", workers, "--dist", "loadgroup", *sys.argv[1:]]
    return int(pytest.main(arguments))


if __name__ == "__main__":
    sys.exit(main())
