"""Workers: warm between files, replaced when lost, and never the caller's problem."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from services.documents.reading import DEFAULT, read_invoice
from services.documents.reading.pool import NoAnswer, Worker, WorkerPool
from tests.reading import made_files as made

ROOT = Path(__file__).parents[2]


@pytest.fixture
def own_pool():
    pool = WorkerPool(size=2)
    yield pool
    pool.close()


def worker_of(pool: WorkerPool) -> Worker:
    [worker] = pool._idle
    return worker


def test_a_worker_is_used_again(tmp_path, own_pool):
    path = made.put(tmp_path, made.an_invoice())
    read_invoice(path, pool=own_pool)
    first = worker_of(own_pool).process.pid

    read_invoice(path, pool=own_pool)

    assert worker_of(own_pool).process.pid == first


def test_a_worker_is_replaced_after_its_share_of_files(tmp_path, own_pool):
    path = made.put(tmp_path, made.an_invoice())

    readings = [read_invoice(path, limits=replace(DEFAULT, files_per_worker=1), pool=own_pool) for _ in range(2)]

    assert [reading.readable for reading in readings] == [True, True]
    assert not own_pool._idle


def test_a_worker_that_died_while_idle_is_replaced(tmp_path, own_pool):
    path = made.put(tmp_path, made.an_invoice())
    read_invoice(path, pool=own_pool)
    lost = worker_of(own_pool).process
    os.kill(lost.pid, signal.SIGKILL)
    lost.wait()

    assert read_invoice(path, pool=own_pool).readable


def test_after_a_file_that_hangs_the_next_is_read(tmp_path, own_pool):
    hanging = made.put(tmp_path, made.an_endless_drawing(), "hanging.pdf")
    path = made.put(tmp_path, made.an_invoice())

    slow = read_invoice(hanging, limits=replace(DEFAULT, seconds=1), pool=own_pool)

    assert slow.reason == "too_slow"
    assert read_invoice(path, pool=own_pool).readable


def test_a_worker_that_wants_more_memory_than_it_may_have_says_so(tmp_path, own_pool):
    generous = replace(DEFAULT, stream_bytes=2**31, unpacked_bytes=2**31, memory_bytes=160 * 2**20)

    reading = read_invoice(made.put(tmp_path, made.a_bomb(megabytes=120)), limits=generous, pool=own_pool)

    assert reading.reason == "too_much_memory"
    assert read_invoice(made.put(tmp_path, made.an_invoice()), pool=own_pool).readable


def test_an_answer_longer_than_agreed_is_not_taken(tmp_path, own_pool):
    path = made.put(tmp_path, made.an_invoice())

    assert read_invoice(path, limits=replace(DEFAULT, answer_bytes=50), pool=own_pool).reason == "too_much_memory"


def test_a_question_nobody_understands_costs_only_the_worker(own_pool):
    with pytest.raises(NoAnswer):
        own_pool.ask({"task": "read"})

    assert not own_pool._idle


def test_several_threads_read_at_once(tmp_path, own_pool):
    paths = [made.put(tmp_path, made.an_invoice(seed), f"{seed}.pdf") for seed in range(6)]

    with ThreadPoolExecutor(4) as threads:
        readings = list(threads.map(lambda path: read_invoice(path, pool=own_pool), paths))

    assert [Path(reading.file) for reading in readings] == paths
    assert all(reading.readable for reading in readings)
    assert len(own_pool._idle) <= 2


def test_under_eventlet_others_go_on_while_a_file_is_read(tmp_path):
    path = made.put(tmp_path, made.an_endless_drawing())
    program = f"""
import eventlet
eventlet.monkey_patch()
from dataclasses import replace
from pathlib import Path
from services.documents.reading import DEFAULT, read_invoice

beats = 0
def heart():
    global beats
    while True:
        eventlet.sleep(0.05)
        beats += 1

eventlet.spawn(heart)
reading = read_invoice(Path({str(path)!r}), limits=replace(DEFAULT, seconds=2))
print(reading.reason, beats > 10)
"""
    run = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert run.stdout.split() == ["too_slow", "True"]


def test_a_worker_does_not_outlive_its_caller(tmp_path):
    program = """
from services.documents.reading.pool import Worker
import os
print(Worker().process.pid, flush=True)
os._exit(0)
"""
    run = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)

    assert _ends(int(run.stdout))


def _ends(pid: int) -> bool:
    """Whether the process ends by itself: its exit closes what we wait on."""
    try:
        watched = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    import select

    ready, _, _ = select.select([watched], [], [], 10)
    os.close(watched)
    return bool(ready)
