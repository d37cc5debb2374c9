"""One round of the room's own sending, in a process of its own that a test can kill.

python -m tests.support.mail_sender postgresql://… 2026-11-23T07:00:00+00:00   (SMTP_URL and MAIL_FROM as in life)
"""

from __future__ import annotations

import sys
from datetime import datetime
from typing import Any, cast

from services.customers.service import CustomersService
from services.customers.storage import CustomersWork
from shared.asker import the_house
from shared.messaging.service import OpenOffice
from shared.messaging.settings import BusSettings
from shared.storage.database import Database, connect


def main(url: str, now: str) -> None:
    room = CustomersService()
    database = Database(connect(url, size=1), clock=lambda: datetime.fromisoformat(now))
    room.office = cast(Any, OpenOffice(database, CustomersWork, BusSettings()))
    room.send_mail(the_house("customers"))


if __name__ == "__main__":
    main(*sys.argv[1:])
