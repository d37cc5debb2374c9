"""The gateway on fake rooms behind a real server, for tests that need one: as a WSGI app, or run by eventlet.

gunicorn --worker-class gthread "tests.support.gateway_server:application()"
python -m tests.support.gateway_server PORT
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from flask import Flask

from tests.support.fake_rooms import FakeRooms
from tests.support.gateway import an_app


def application() -> Flask:
    return an_app(FakeRooms(), Path(os.environ["BLOB_DIR"]), upload_most=1_000_000, trusted_hosts=("127.0.0.1",))


def serve_by_eventlet(port: int) -> None:
    import eventlet
    from eventlet import wsgi

    wsgi.server(eventlet.listen(("127.0.0.1", port)), application(), log_output=False)


if __name__ == "__main__":
    import eventlet

    eventlet.monkey_patch()
    serve_by_eventlet(int(sys.argv[1]))
