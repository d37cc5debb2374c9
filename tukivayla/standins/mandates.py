"""A stand-in for the mandate register (Suomi.fi e-Authorizations, web API): the five steps, with its own page between.

It checks what the real one checks: the checksum header, the client's secret, a code that is used once.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from html import escape
from typing import Any
from urllib.parse import urlencode, urlsplit

from flask import Flask, Response, abort, redirect, request

from services.customers.demo import CHIEF, REPRESENTATIVES, identity_code_of
from tukivayla.standins.companies import ASSOCIATION, HALF_KNOWN, LISTED, NEW
from tukivayla.standins.moods import Mood, in_a_mood

CLIENT_ID = "tukivayla"
CHECKSUM_KEY = "stand-in-checksum-key"
OAUTH_SECRET = "stand-in-oauth-secret"  # noqa: S105  of a server that knows invented companies only
CLOCKS_DIFFER_AT_MOST = timedelta(minutes=5)

MAY_SIGN = ("NIMKO", "TJ")
MAY_PREPARE = ("J",)
CHAIR = ("PJ",)


@dataclass(frozen=True, slots=True)
class Known:
    """A company that a person may act for; `complete` False as when the trade register behind is away."""

    business_id: str
    roles: tuple[str, ...]
    complete: bool = True


@dataclass(slots=True)
class Visits:
    """What the register remembers between the steps, by its own names of it."""

    people: dict[str, tuple[str, str]] = field(default_factory=dict)  # user → (session, identity code)
    chosen: dict[str, list[str]] = field(default_factory=dict)  # session → business ids
    codes: dict[str, tuple[str, str]] = field(default_factory=dict)  # code → (session, redirect address)
    tokens: dict[str, str] = field(default_factory=dict)  # token → session


def people() -> dict[str, tuple[Known, ...]]:
    """Identity code → companies. The demonstration's people act for theirs; its chief for some more, to try with."""
    known = {
        identity_code_of(person.subject): tuple(
            Known(business_id, MAY_SIGN if "sign" in rights else MAY_PREPARE) for business_id, rights in person.mandates
        )
        for person in (*CHIEF, *REPRESENTATIVES)
    }
    chief = identity_code_of(CHIEF[0].subject)
    known[chief] += (
        Known(NEW.business_id, ("TJ",)),
        Known(ASSOCIATION.business_id, CHAIR),
        Known(HALF_KNOWN.business_id, MAY_SIGN, complete=False),
    )
    return known


def app(mood: Mood | None = None, known: dict[str, tuple[Known, ...]] | None = None) -> Flask:
    made = Flask("tukivayla.standins.mandates", static_folder=None)
    feeling, visits = mood or Mood(), Visits()
    companies = people() if known is None else known
    in_a_mood(made, feeling)
    _identify(made, visits)
    _let_choose(made, visits, companies)
    _tell_roles(made, visits, companies, feeling)
    return made


def _identify(made: Flask, visits: Visits) -> None:
    @made.get("/service/ypa/user/register/<client_id>/<identity_code>")
    def register(client_id: str, identity_code: str) -> dict[str, str]:
        _must_be_signed(client_id)
        user, session = secrets.token_hex(8), secrets.token_hex(16)
        visits.people[user] = (session, identity_code)
        return {"sessionId": session, "userId": user}


def _let_choose(made: Flask, visits: Visits, companies: dict[str, tuple[Known, ...]]) -> None:
    @made.get("/oauth/authorize")
    def choose() -> Response:
        session, identity_code = visits.people.get(request.args.get("user", "")) or abort(400)
        if request.args.get("client_id") != CLIENT_ID or not _is_address(request.args.get("redirect_uri", "")):
            abort(400)
        picked = request.args.getlist("yritys")
        if "peru" in request.args:
            return _back({"error": "access_denied"})
        if picked:
            code = secrets.token_urlsafe(16)
            visits.chosen[session] = picked
            visits.codes[code] = (session, request.args["redirect_uri"])
            return _back({"code": code})
        return Response(_page(companies.get(identity_code, ())), content_type="text/html; charset=utf-8")


def _tell_roles(made: Flask, visits: Visits, companies: dict[str, tuple[Known, ...]], feeling: Mood) -> None:
    @made.post("/oauth/token")
    def token() -> dict[str, Any]:
        given = request.authorization
        if given is None or (given.username, given.password) != (CLIENT_ID, OAUTH_SECRET):
            abort(401)
        found = visits.codes.pop(request.args.get("code", ""), None)
        if found is None or found[1] != request.args.get("redirect_uri"):
            abort(400)
        made_token = secrets.token_urlsafe(24)
        visits.tokens[made_token] = found[0]
        return {"access_token": made_token, "token_type": "bearer", "expires_in": 600}

    @made.get("/service/ypa/api/organizationRoles/<session>")
    def roles(session: str) -> list[dict[str, Any]]:
        _must_be_signed(CLIENT_ID)
        bearer = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if visits.tokens.get(bearer) != session:
            abort(401)
        code = next(code for known_session, code in visits.people.values() if known_session == session)
        wanted = visits.chosen[session]
        return [
            {
                "name": LISTED[one.business_id].name,
                "identifier": one.business_id,
                "complete": one.complete and not feeling.incomplete,
                "roles": list(one.roles) if one.complete and not feeling.incomplete else [],
            }
            for one in companies.get(code, ())
            if one.business_id in wanted
        ]


def _must_be_signed(client_id: str) -> None:
    """The header's three parts; the path is everything after the host, with the query, exactly as it came."""
    parts = request.headers.get("X-AsiointivaltuudetAuthorization", "").split(" ")
    if len(parts) != 3 or parts[0] != CLIENT_ID or client_id != CLIENT_ID:
        abort(403)
    path = _path_as_sent()
    text = f"{path} {parts[1]}".encode()
    signed = base64.b64encode(hmac.new(CHECKSUM_KEY.encode(), text, hashlib.sha256).digest()).decode()
    try:
        age = abs(datetime.now(UTC) - datetime.fromisoformat(parts[1]))
    except (ValueError, TypeError):
        abort(403)
    if not hmac.compare_digest(signed, parts[2]) or age > CLOCKS_DIFFER_AT_MOST:
        abort(403)


def _path_as_sent() -> str:
    """Undecoded: werkzeug's server and gunicorn keep it whole, eventlet the path under a name of its own."""
    told = request.environ
    for name in ("RAW_URI", "REQUEST_URI"):
        if name in told:
            return str(told[name])
    query = request.query_string.decode()
    return f"{told['RAW_PATH_INFO']}?{query}" if query else str(told["RAW_PATH_INFO"])


def _is_address(address: str) -> bool:
    return urlsplit(address).scheme in ("http", "https")


def _back(told: dict[str, str]) -> Response:
    address = request.args["redirect_uri"]
    joined = "&" if "?" in address else "?"
    return redirect(f"{address}{joined}{urlencode(told)}", 303)  # type: ignore[return-value]


TEXTS = {
    "fi": ("Valitse, kenen puolesta asioit", "Valtuusrekisterin sijainen. Yritykset ja henkilöt ovat keksittyjä.",
           "Jatka palveluun", "Peru", "Sinulle ei löytynyt yhtään yritystä."),
    "sv": ("Välj vem du företräder", "En ersättare för fullmaktsregistret. Företagen och personerna är påhittade.",
           "Fortsätt till tjänsten", "Avbryt", "Inget företag hittades för dig."),
    "en": ("Choose whom you act for", "A stand-in for the mandate register. Companies and people are invented.",
           "Continue to the service", "Cancel", "No company was found for you."),
}  # fmt: skip


def _page(companies: tuple[Known, ...]) -> str:
    language = request.args.get("lang", "fi")
    language = language if language in TEXTS else "fi"
    heading, about, go_on, cancel, nothing = TEXTS[language]
    hidden = "".join(
        f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">'
        for name, value in request.args.items()
        if name not in ("yritys", "peru")
    )
    choices = "".join(
        f'<p><input type="checkbox" name="yritys" id="y{place}" value="{one.business_id}">'
        f'<label for="y{place}">{escape(LISTED[one.business_id].name)}, {one.business_id}</label></p>'
        for place, one in enumerate(companies)
    )
    return f"""<!doctype html><html lang="{language}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>{heading}</title>
<style>body{{font:1.1rem/1.5 sans-serif;max-width:36rem;margin:2rem auto;padding:0 1rem}}
input{{width:1.3rem;height:1.3rem;margin-right:.6rem;vertical-align:middle}}
label{{display:inline-block;padding:.4rem 0}}
button{{font:inherit;padding:.6rem 1.2rem;margin:0 1rem 1rem 0}}</style></head>
<body><main><h1>{heading}</h1><p>{about}</p><form method="get">{hidden}{choices or f"<p>{nothing}</p>"}
<p><button>{go_on}</button><button name="peru" value="1">{cancel}</button></p></form></main></body></html>"""
