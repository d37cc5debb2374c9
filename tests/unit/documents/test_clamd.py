"""The client of clamd against a real socket: the stand-in's, and the daemon's own where it is installed."""

from __future__ import annotations

import shutil
import subprocess
import time
from pathlib import Path

import pytest

from services.documents.domain.scans import LargerThanScanner, ScannerAway
from services.documents.scanning.clamd import CHUNK, Clamd
from tests.support.clamd_stand_in import MARK, ClamdStandIn


@pytest.fixture
def clean(tmp_path: Path) -> Path:
    path = tmp_path / "clean"
    path.write_bytes(b"%PDF-1.7 harmless" * 10)
    return path


@pytest.fixture
def infected(tmp_path: Path) -> Path:
    path = tmp_path / "infected"
    path.write_bytes(b"x" * (2 * CHUNK - 5) + MARK + b"y" * 17)  # the mark lies across two pieces
    return path


@pytest.mark.parametrize("kind", ["tcp", "unix"])
def test_a_file_goes_whole_over_the_socket_and_the_verdict_comes_back(kind, tmp_path, clean, infected):
    with ClamdStandIn(path=tmp_path / "clamd.ctl" if kind == "unix" else None) as daemon:
        clamd = Clamd.at(daemon.address)

        assert clamd.scan(clean).finding is None
        assert clamd.scan(infected).finding == "Test.Mark"
        assert daemon.scanned == [clean.read_bytes(), infected.read_bytes()]
        assert clamd.ping()


def test_a_file_larger_than_the_daemon_takes_is_told_as_that_even_when_it_hangs_up_early(tmp_path):
    large = tmp_path / "large"
    large.write_bytes(b"0" * (40 * CHUNK))
    with ClamdStandIn(most=CHUNK) as daemon, pytest.raises(LargerThanScanner):
        Clamd.at(daemon.address).scan(large)


@pytest.mark.parametrize("answer", [b"stream: Can't allocate memory ERROR", b"COMMAND READ TIMED OUT", b"", None])
def test_an_answer_that_is_no_verdict_is_never_taken_for_clean(clean, answer):
    with ClamdStandIn(answer=lambda content: answer) as daemon, pytest.raises(ScannerAway):
        Clamd.at(daemon.address).scan(clean)


def test_a_daemon_that_says_nothing_costs_a_limited_time(clean):
    with ClamdStandIn(silent=True) as daemon:
        began = time.monotonic()
        with pytest.raises(ScannerAway):
            Clamd.at(daemon.address, seconds=0.3).scan(clean)
        assert time.monotonic() - began < 5


def test_a_daemon_that_is_not_there_is_away(clean, tmp_path):
    with ClamdStandIn() as gone:
        address = gone.address
    for nowhere in (address, str(tmp_path / "nobody.ctl")):
        assert not Clamd.at(nowhere).ping()
        with pytest.raises(ScannerAway):
            Clamd.at(nowhere).scan(clean)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("/run/clamav/clamd.ctl", Clamd(path="/run/clamav/clamd.ctl")),
        ("unix:///run/clamd.ctl", Clamd(path="/run/clamd.ctl")),
        ("scanner:3311", Clamd(host="scanner", port=3311)),
        ("tcp://10.0.0.5", Clamd(host="10.0.0.5", port=3310)),
    ],
)
def test_an_address_may_be_a_socket_or_a_host(written, meant):
    assert Clamd.at(written) == meant


@pytest.mark.parametrize("written", ["http://scanner", "unix://", ":3310", "scanner:many"])
def test_an_address_that_cannot_be_read_is_refused(written):
    with pytest.raises(ValueError, match=r".+"):
        Clamd.at(written)


def test_the_daemon_itself_gives_the_same_verdicts(tmp_path, clean, infected):
    """With a signature database of one hand-made signature, so that nothing is downloaded."""
    program = shutil.which("clamd") or "/usr/sbin/clamd"
    if not Path(program).exists():
        pytest.skip("LEFT OUT: clamd is not installed; only the stand-in has spoken its protocol")
    database, address = tmp_path / "db", tmp_path / "c.ctl"
    database.mkdir()
    (database / "own.ndb").write_text(f"Own.Mark:0:*:{MARK.hex()}\n")
    settings = tmp_path / "clamd.conf"
    settings.write_text(f"LocalSocket {address}\nDatabaseDirectory {database}\nForeground yes\nStreamMaxLength 1M\n")
    daemon = subprocess.Popen([program, "-c", str(settings)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        clamd = Clamd.at(str(address))
        until = time.monotonic() + 60
        while not clamd.ping():
            assert daemon.poll() is None, "clamd did not start"
            assert time.monotonic() < until, "clamd did not start in a minute"
            daemon_starts(daemon)
        large = tmp_path / "large"
        large.write_bytes(b"0" * 3_000_000)

        assert clamd.scan(clean).finding is None
        assert "Own.Mark" in (clamd.scan(infected).finding or "")
        with pytest.raises((LargerThanScanner, ScannerAway)):
            clamd.scan(large)
    finally:
        daemon.terminate()
        daemon.wait(timeout=20)


def daemon_starts(daemon: subprocess.Popen[bytes]) -> None:
    """A moment for the daemon, or its end."""
    try:
        daemon.wait(timeout=0.2)
    except subprocess.TimeoutExpired:
        return
