"""The same app behind gunicorn's threads and behind eventlet, over real sockets."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import requests

ROOT = Path(__file__).parents[3]
GUNICORN = [sys.executable, "-m", "gunicorn", "--worker-class", "gthread", "--threads", "4"]
COMMANDS = {
    "gunicorn": [*GUNICORN, "--bind", "127.0.0.1:{port}", "tests.support.gateway_server:application()"],
    "eventlet": [sys.executable, "-m", "tests.support.gateway_server", "{port}"],
}
BOUNDARY = "raja"
HEAD = (
    f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="subject"\r\n\r\napplication/A80700\r\n'
    f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n'
).encode()
END = f"\r\n--{BOUNDARY}--\r\n".encode()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_up(address: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        try:
            requests.get(f"{address}/health/live", timeout=5)
        except requests.ConnectionError:
            time.sleep(0.05)  # a server says nowhere else that it listens
        else:
            return
    pytest.fail("the server did not start")


@pytest.fixture(scope="module", params=COMMANDS)
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    port = free_port()
    command = [part.format(port=port) for part in COMMANDS[request.param]]
    environ = os.environ | {"BLOB_DIR": str(tmp_path_factory.mktemp("blobs")), "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(command, cwd=ROOT, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_until_up(address, process)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=10)


@pytest.fixture(scope="module")
def program(server: str) -> requests.Session:
    """Signed in as the company of the fake case."""
    session = requests.Session()
    body = {"person_id": "p-aino", "capacity_id": "c-verstas"}
    token = session.post(f"{server}/api/v1/session", json=body, timeout=10).json()["token"]
    session.cookies.clear()
    session.headers["Authorization"] = f"Bearer {token}"
    return session


def upload(program: requests.Session, server: str, chunks: Iterator[bytes], key: str) -> requests.Response:
    headers = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}", "Idempotency-Key": key}
    return program.post(f"{server}/api/v1/documents", data=chunks, headers=headers, timeout=30)


def test_a_program_reads_and_changes(server: str, program: requests.Session):
    draft = program.get(f"{server}/api/v1/applications/A80700", timeout=10)
    headers = {"If-Match": draft.headers["ETag"], "Idempotency-Key": "submission-1"}
    sent = program.post(f"{server}/api/v1/applications/A80700/submission", json={}, headers=headers, timeout=10)
    assert sent.status_code == 200
    assert sent.json()["digest"]


def test_a_file_whose_size_nobody_said_arrives_whole(server: str, program: requests.Session):
    content = os.urandom(600_000)
    stored = upload(program, server, iter([HEAD, content[:1000], content[1000:], END]), "upload-1")
    assert stored.status_code == 201
    document = stored.headers["Location"]
    assert program.get(f"{server}{document}/content", timeout=10).content == content


def test_a_file_that_grows_beyond_the_limit_is_refused(server: str, program: requests.Session):
    chunks = iter([HEAD, *[b"\0" * 100_000] * 12, END])
    assert upload(program, server, chunks, "upload-2").status_code == 413


def test_many_at_once_get_their_own_answers(server: str, program: requests.Session):
    def ask(number: int) -> str:
        headers = {"X-Correlation-ID": f"request-{number}", **program.headers}
        return requests.get(f"{server}/api/v1/calls", headers=headers, timeout=30).headers["X-Correlation-ID"]

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(ask, range(40))) == [f"request-{number}" for number in range(40)]
