"""`make demo`: one whole case over HTTP, each step told as it happens, ending with the auditor's trace.

Uses the server at TUKIVAYLA_URL (http://127.0.0.1:8000) when one answers there; else starts one of its own,
with its data in a temporary directory, and stops it at the end.
"""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from typing import Any

import requests

from shared.dates import helsinki_day
from shared.storage.database import right_now
from tukivayla.demo.flow import Flow, open_a_call, players
from tukivayla.demo.people import Refused, eventually

START_SECONDS = 120


def main() -> int:
    with a_server() as address:
        try:
            tell(address)
        except Refused as refusal:
            print(f"\nThe case stopped: {refusal}", file=sys.stderr)
            return 1
    return 0


def tell(address: str) -> None:
    today = helsinki_day(right_now())
    cast = eventually(lambda: _players_or_none(address), seconds=60, what="the people of the demonstration")
    call_id = open_a_call(cast.operator, today=today)
    flow = Flow(cast, call_id, today)
    print(f"One case at {address}: Mallimetalli Esimerkki Oy wants a machining centre.\n")
    _application(flow)
    _decision(flow)
    _claim(flow)
    _payment(flow)
    _audit(flow)


def _players_or_none(address: str) -> Any:
    try:
        return players(address)
    except LookupError:
        return None


def _application(flow: Flow) -> None:
    saved = flow.apply()
    step(f"Satu Esimerkki fills in application {flow.number} and saves the draft.")
    note(f"eligible costs {euros(saved['totals']['eligible'])}, aid at 35 % {euros(saved['totals']['aid'])}")
    stored = flow.attach()
    step(f"She attaches {stored['file_name']} ({stored['size']} bytes, SHA-256 {stored['sha256'][:12]}…).")
    receipt = flow.submit()
    step(f"She submits. Receipt: {receipt['number']}, {receipt['submitted_at']}, digest {receipt['digest'][:12]}…")


def _decision(flow: Flow) -> None:
    flow.take()
    step("Aino Mallikas of the authority has no conflict of interest, takes the case and assesses it.")
    proposed = flow.propose()
    step(f"She proposes {euros(proposed['proposal']['aid'])}, under rules {proposed['proposal']['ruleset']}:")
    explain(proposed["proposal"]["steps"])
    decided = flow.decide()
    appeal = decided["decision"]["appeal"]
    step(f"Ritva Ratkaisija, another person, decides: {decided['decision']['outcome']}.")
    note(f"review may be sought within {appeal['days']} days ({appeal['legal_basis']})")
    letter, pdf = flow.letter()
    step(f"The decision letter is written in Finnish: {letter['file_name']}, {len(pdf)} bytes of accessible PDF.")


def _claim(flow: Flow) -> None:
    flow.open_claim()
    reading = flow.read_invoice()
    step(f"Work done, Satu opens claim {flow.claim_id} and sends an invoice as PDF. It is read:")
    for name, figure in reading["figures"].items():
        note(f"{name:15} {figure['value']:24} {figure['confidence']} % sure")
    flow.save_claim(reading)
    receipt = flow.submit_claim()
    step(f"She checks the figures, adds a second cost by hand and submits: {euros(receipt['claimed'])} claimed.")
    note(f"payment is due by {receipt['due_on']}")
    verified = flow.verify()
    step("Vesa Varmentaja verifies line by line and cuts one, with a reason:")
    for line in verified["lines"]:
        cut = f", cut {euros(line['cut'])} ({line['cut_reason']})" if line["cut_reason"] else ""
        note(f"line {line['line']}: claimed {euros(line['claimed'])}, accepted {euros(line['accepted'])}{cut}")


def _payment(flow: Flow) -> None:
    flow.present_payment()
    decided = flow.decide_payment()
    step(f"Eeva Esitelmä presents and Reijo Ratkaisu decides payment: {euros(flow.payable)}, because")
    explain(decided["decision"]["steps"])
    for share in decided["decision"]["shares"]:
        note(f"of it {share['source']}: {euros(share['amount'])}")
    batch = flow.order()
    step(f"Maija Maksaja makes payment file {flow.batch_id} (pain.001), to be executed on {batch['execute_on']}.")
    note(f"SHA-256 {batch['sha256'][:24]}…")
    settled = flow.settle()
    step(f"The bank answers ({settled['message']}): {settled['applied']} payment settled.")
    again = flow.settle_again()
    step(f"The same answer once more: {again['applied']} changed, {again['unchanged']} known already.")


def _audit(flow: Flow) -> None:
    trace = flow.trace()
    step(f"Tarmo Tarkkala, the auditor, opens payment {flow.payment_id} and follows {euros(trace['amount'])} back:")
    for entry in reversed(trace["steps"]):
        amount = euros(entry["amount"]) if entry["amount"] else ""
        who_when = f"{entry['position']:6}  {entry['at'][:19]}  {entry['type']:35} {entry['role']:15}"
        note(f"{who_when} {amount:>15}  {entry['hash'][:10]}…")
    for line in trace["lines"]:
        paper = f"invoice PDF, SHA-256 {line['sha256'][:12]}…" if line["sha256"] else "no document"
        note(f"cost line {line['line']}: invoice {line['invoice_number']}, accepted {euros(line['accepted'])}, {paper}")
    proof = flow.by.auditor.get("/trail/verification")
    if not proof["holds"]:
        raise SystemExit(f"The trail does not hold at entry {proof['broken_at']}: {proof['broken']}")
    step(f"The trail holds: {proof['entries']} entries, head {proof['head'][:24]}…")


_told = 0


def step(text: str) -> None:
    global _told
    _told += 1
    print(f"{_told:2}. {text}", flush=True)


def note(text: str) -> None:
    print(f"      {text}", flush=True)


def explain(steps: list[dict[str, Any]]) -> None:
    for row in steps:
        amount = euros(row["amount"]) if row["amount"] else ""
        facts = ", ".join(f"{name} {value}" for name, value in row["facts"].items())
        note(f"{row['sign']} {row['what']:32} {amount:>16}  {facts}  [{row['source']}]")


def euros(amount: str) -> str:
    return f"{amount} €"


@contextlib.contextmanager
def a_server() -> Iterator[str]:
    """The server that answers already, or one of our own."""
    address = os.environ.get("TUKIVAYLA_URL", f"http://127.0.0.1:{os.environ.get('PORT', '8000')}")
    if is_ready(address):
        yield address
        return
    with tempfile.TemporaryDirectory(prefix="tukivayla-demo-") as var, an_own_server(var) as own:
        yield own


@contextlib.contextmanager
def an_own_server(var: str, *, port: int = 0) -> Iterator[str]:
    """`tukivayla serve` with its data in `var`, stopped on the way out."""
    port = port or free_port()
    address = f"http://127.0.0.1:{port}"
    process = subprocess.Popen(  # noqa: S603  our own interpreter and module
        [sys.executable, "-m", "tukivayla", "serve", "--port", str(port), "--no-demo-data"],
        env={**os.environ, "VAR_DIR": var, "DEMO": "1"},
        stdout=subprocess.DEVNULL,
    )
    try:
        wait_until_ready(address, process)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=60)


def wait_until_ready(address: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not is_ready(address):
        if process.poll() is not None:
            raise SystemExit(f"The server ended with {process.returncode} before it was ready.")
        if time.monotonic() > deadline:
            raise SystemExit(f"The server was not ready within {START_SECONDS} seconds.")
        time.sleep(0.2)


def is_ready(address: str) -> bool:
    try:
        return requests.get(f"{address}/health/ready", timeout=5).ok
    except requests.RequestException:
        return False


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main())
