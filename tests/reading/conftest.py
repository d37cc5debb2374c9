"""One pool of workers for all tests of reading, so that its start is paid once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from services.documents.reading.pool import WorkerPool


@pytest.fixture(scope="session")
def pool() -> Iterator[WorkerPool]:
    pool = WorkerPool(size=1)
    yield pool
    pool.close()
