"""Routes of what follows a decision, each with a sample of what is sent to it: all are one case's."""

from __future__ import annotations

from typing import Any

VERSION = {"version": 1}
FORM = {"version": "1", "idempotency_key": "sample"}
CASE = "/applications/<number>"
TERMS = {"period_last": "2028-12-31"}

# What is sent as JSON, None for a reading.
API: dict[str, dict[str, Any] | None] = {
    f"GET {CASE}/acts": None,
    f"GET {CASE}/clocks": None,
    f"POST {CASE}/acts": VERSION | {"kind": "closure", "reasons": "Näyte."},
    f"POST {CASE}/acts/<int:act>/decision": VERSION | {"verdict": "sign"},
    f"POST {CASE}/acts/<int:act>/sending": VERSION | {"sent_on": "2026-11-01", "channel": "letter"},
    f"POST {CASE}/acts/<int:act>/review": VERSION | {"demand": "Näyte."},
    f"POST {CASE}/reviews": VERSION
    | {"act": 1, "kind": "review", "by": "Näyte", "arrived_on": "2026-11-01", "demand": "Näyte."},
    f"POST {CASE}/reviews/<int:review>/ruling": VERSION
    | {"ruling": "dismissed", "ruled_on": "2026-11-01", "ruling_number": "H1/2026"},
    f"POST {CASE}/amendments": VERSION | {"wished": TERMS, "change_on": "2028-01-01", "grounds": "Näyte."},
    f"POST {CASE}/amendments/<int:amendment>/withdrawal": VERSION,
    f"PUT {CASE}/service-channel": VERSION | {"channel": "letter"},
}
OWN, STAFF = "/oma/asiat/<number>", "/tyo/asiat/<number>"
DEED = "<any(oikaise, sulje, 'peruuta-tuki', keskeyta, jatka, vuosi):later>"
# Pages that show the case, and what a form sends to it.
PAGES_SEEN = (
    f"GET {OWN}/paatos",
    f"GET {OWN}/oikaisu",
    f"GET {OWN}/muutos/uusi",
    f"GET {STAFF}/paatokset",
    f"GET {STAFF}/paatos/<int:act>",
    f"GET {STAFF}/paatos/<int:act>/tiedoksianto",
    f"GET {STAFF}/muutos/<int:amendment>",
    f"GET {STAFF}/oikaisuvaatimus",
    f"GET {STAFF}/oikaisuvaatimus/<int:review>",
    f"GET {STAFF}/{DEED}",
)
PAGES_BACK = (f"GET {OWN}/tiedoksianto", f"GET {OWN}/muutos/<int:amendment>/peru")
PAGES_SENT: dict[str, dict[str, str]] = {
    f"POST {OWN}/tiedoksianto": FORM | {"channel": "letter"},
    f"POST {OWN}/oikaisu": FORM | {"act": "1", "demand": "Näyte."},
    f"POST {OWN}/muutos/uusi": FORM | {"period_last": "31.12.2028", "change_on": "1.1.2028", "grounds": "Näyte."},
    f"POST {OWN}/muutos/<int:amendment>/peru": FORM,
    f"POST {STAFF}/paatos/<int:act>": FORM | {"verdict": "sign"},
    f"POST {STAFF}/paatos/<int:act>/tiedoksianto": FORM | {"sent_on": "1.11.2026", "channel": "letter"},
    f"POST {STAFF}/muutos/<int:amendment>": FORM | {"verdict": "reject", "reasons": "Näyte."},
    f"POST {STAFF}/oikaisuvaatimus": FORM
    | {"kind": "review", "about": "1", "by": "Näyte", "arrived_on": "1.11.2026", "demand": "Näyte."},
    f"POST {STAFF}/oikaisuvaatimus/<int:review>": FORM | {"verdict": "uphold", "reasons": "Näyte."},
    f"POST {STAFF}/{DEED}": FORM | {"kind": "correction_of_error", "reasons": "Näyte."},
}


def is_of_one(route: str) -> bool:
    """Whether the route is of an amendment or a review, which the case of the samples does not have."""
    return "<int:amendment>" in route or "<int:review>" in route
