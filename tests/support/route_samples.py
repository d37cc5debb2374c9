"""Every route of the gateway with a sample of what is sent to it, and whose business it is.

A route that is not here fails `tests/e2e/test_foreign_access.py`: whoever adds one says whose data it shows.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from tests.support import afterwards_samples


class About(StrEnum):
    HOUSE = "house"  # nobody's case: calls, the operator's tools, pages for all
    REGISTER = "register"  # officials share the customer register; to a company only itself is there
    LIST = "list"  # each sees their own rows
    LIST_OF_CASE = "list of a case"  # empty for another company; another authority's is not for you
    CASE = "case"  # one case's: another company's is not there, another authority's is not for you
    LETTER = "letter"  # whoever holds the paper may check it by the code printed on it
    DOOR = "door"  # signing in and out: tried on its own


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """`body` is sent as JSON, `form` as a page's form, `file` as an upload, `xml` as it is; `query` follows "?".

    `no_such` says that the sample's own thing is not there: being told so is being let in.
    """

    about: About
    body: dict[str, Any] | None = None
    form: dict[str, str] | None = None
    xml: str | None = None
    upload: bool = False
    query: str = ""
    no_such: bool = False


def house(**sent: Any) -> Sample:
    return Sample(about=About.HOUSE, **sent)


def listed(**sent: Any) -> Sample:
    return Sample(about=About.LIST, **sent)


def listed_of_case(**sent: Any) -> Sample:
    return Sample(about=About.LIST_OF_CASE, **sent)


def of_case(**sent: Any) -> Sample:
    return Sample(about=About.CASE, **sent)


VERSION = {"version": 1}
FORM = {"version": "1", "idempotency_key": "sample"}
LINES = [{"line": 1, "accepted": "1.00", "cut_reason": "not_project_cost", "cut_note": "Näyte."}]

OF_COMPANIES: dict[str, Sample] = {
    "GET /business-register": house(query="name=Esimerkki"),
    "GET /disagreements": listed(),
    "POST /disagreements/<disagreement_id>/settlement": house(
        body=VERSION | {"outcome": "noted", "reason": "Näyte."}, no_such=True
    ),
    "GET /undertakings/<business_id>/register-data": Sample(about=About.REGISTER),
    "POST /undertakings/<business_id>/register-data": Sample(about=About.REGISTER),
    "GET /undertakings/<business_id>/register-answers/<digest>": house(no_such=True),
    "POST /undertakings/<business_id>/disagreements": Sample(
        about=About.REGISTER, body={"about": "address", "should_be": "Näyte."}
    ),
    "GET /undertakings/<business_id>/mandate-checks": Sample(about=About.REGISTER),
    "GET /undertakings/<business_id>/people": Sample(about=About.REGISTER),
    "GET /undertakings/<business_id>/acts": Sample(about=About.REGISTER),
    "GET /undertakings/<business_id>/preferences": Sample(about=About.REGISTER),
    "GET /undertakings/<business_id>/api-keys": Sample(about=About.REGISTER),
    "GET /undertakings/<business_id>/ownership": Sample(about=About.REGISTER),
    "POST /company/invitations": house(body={}),
    "DELETE /company/invitations/<invitation_id>": house(no_such=True),
    "PUT /company/people/<person_id>/role": house(body={}),
    "POST /company/people/<person_id>/end": house(body={"successor": 1}),
    "PUT /company/preferences": house(body={}),
    "POST /company/releases": house(body={}),
    "POST /company/releases/<release_id>/settlement": house(body={"confirmed": False}, no_such=True),
    "POST /company/api-keys": house(body={}),
    "POST /api-keys/<key_id>/revocation": house(no_such=True),
    "POST /ownership": house(body={}),
}

API: dict[str, Sample] = {
    "GET /applications": listed(),
    "POST /applications": house(body={}),
    "GET /applications/<number>": of_case(),
    "GET /applications/<number>/attachments": of_case(),
    "POST /applications/<number>/attachments": of_case(body=VERSION | {"document_id": "{document_id}", "kind": "plan"}),
    "DELETE /applications/<number>/attachments/<document_id>": of_case(body=VERSION),
    "GET /applications/<number>/gate": of_case(),
    "DELETE /applications/<number>/handler": of_case(body=VERSION | {"reason": "Näyte."}),
    "POST /applications/<number>/handler": of_case(body=VERSION | {"to": "{person_id}", "reason": "Näyte."}),
    "POST /applications/<number>/interest": of_case(body={"answer": "none"}),
    "POST /applications/<number>/interest/<person>": of_case(body={"verdict": "lifted", "reason": "Näyte."}),
    "POST /applications/<number>/transfer": of_case(body=VERSION | {"to": "KES", "reason": "Näyte."}),
    "GET /transfers": listed(),
    "GET /handlers": house(),
    "GET /substitutes": listed(),
    "POST /substitutes": house(
        body={"person": "{person}", "substitute": "{person}", "first": "2026-01-01", "last": "2026-01-02"}
    ),
    "DELETE /substitutes/<substitution_id>": house(body={}, no_such=True),
    "GET /work-queue": listed(),
    "GET /work-queue/views": house(),
    "POST /work-queue/views": house(body={"name": "Näyte", "filters": {"group": "open"}}),
    "DELETE /work-queue/views/<view_id>": house(body={}, no_such=True),
    "POST /work-queue/reminders": house(body={"numbers": ["A99999"]}),
    "POST /work-queue/assignments": house(
        body={"cases": [{"number": "A99999", "version": 1}], "to": "{person_id}", "reason": "Näyte."}
    ),
    "POST /work-queue/file": listed(body={}),
    "GET /applications/<number>/assessment": of_case(),
    "PUT /applications/<number>/assessment": of_case(body=VERSION | {"answers": {}}),
    "GET /applications/<number>/reckonings": of_case(),
    "GET /applications/<number>/replay": of_case(no_such=True),
    "GET /proposals": listed(),
    "POST /proposals/signatures": listed(body={"items": [{"number": "A1", "version": 1}]}),
    "GET /envelope-entries": listed(),
    "GET /undertakings/<business_id>/aid-room": Sample(about=About.REGISTER),
    "POST /applications/<number>/case-taking": of_case(body=VERSION),
    "POST /applications/<number>/copies": of_case(body={"call_id": "{call_id}", "language": "fi"}),
    "POST /applications/<number>/count": of_case(body={"answers": {}}),
    "GET /applications/<number>/drafting": of_case(),
    "GET /applications/<number>/versions": of_case(),
    "GET /applications/<number>/version-comparison": of_case(query="first=0&second=1"),
    "PUT /applications/<number>/second-signature": of_case(body=VERSION | {"demanded": True}),
    "POST /applications/<number>/signature-request": of_case(body=VERSION),
    "DELETE /applications/<number>/signature-request": of_case(body=VERSION),
    "POST /applications/<number>/signature-return": of_case(body=VERSION | {"note": "Näyte."}),
    "PUT /applications/<number>/responsible": of_case(body={"before": None}),
    "GET /left-drafts": listed(),
    "GET /paper-applications": listed(),
    "POST /paper-applications": house(body={}),
    "POST /paper-applications/<number>/filing": of_case(body=VERSION),
    "POST /applications/<number>/decision": of_case(body=VERSION | {"verdict": "sign"}),
    "PUT /applications/<number>/draft": of_case(body=VERSION | {"answers": {}}),
    "POST /applications/<number>/proposal": of_case(
        body=VERSION | {"outcome": "reject", "accepted_costs": [], "reasons": "Näyte."}
    ),
    "POST /applications/<number>/submission": of_case(body=VERSION),
    "POST /applications/<number>/withdrawal": of_case(body=VERSION),
    "POST /bank-answers": of_case(xml="{bank_answer}"),
    "GET /batches": listed(),
    "POST /batches": of_case(body={"claim_ids": ["{claim_id}"], "total": "1.00"}),
    "GET /batches/<batch_id>": of_case(),
    "GET /batches/<batch_id>/file": of_case(),
    "GET /calls": house(),
    "GET /calls/<call_id>": house(),
    "PUT /calls/<call_id>": house(body={}),
    "GET /cases": listed(),
    "GET /cases/<number>/trail": of_case(),
    "GET /applications/<number>/correspondence": of_case(),
    "GET /applications/<number>/status": of_case(),
    "POST /applications/<number>/completion-requests": of_case(
        body=VERSION | {"asked": "Näyte.", "keys": ["summary"], "due_on": "2099-12-31"}
    ),
    "POST /applications/<number>/hearings": of_case(
        body=VERSION | {"asked": "Näyte.", "facts": ["Näyte."], "due_on": "2099-12-31"}
    ),
    "POST /applications/<number>/opinion-requests": of_case(
        body=VERSION | {"giver": "myr", "giver_name": "MYR", "asked": "Näyte.", "due_on": "2099-12-31"}
    ),
    "GET /applications/<number>/requests/<int:place>": of_case(no_such=True),
    "PUT /applications/<number>/requests/<int:place>/reply": of_case(body=VERSION | {"reply": "Näyte."}, no_such=True),
    "POST /applications/<number>/requests/<int:place>/files": of_case(
        body=VERSION | {"document_id": "{document_id}", "kind": "plan"}, no_such=True
    ),
    "DELETE /applications/<number>/requests/<int:place>/files/<document_id>": of_case(body=VERSION, no_such=True),
    "POST /applications/<number>/requests/<int:place>/completion": of_case(body=VERSION, no_such=True),
    "POST /applications/<number>/requests/<int:place>/comments": of_case(body=VERSION, no_such=True),
    "POST /applications/<number>/requests/<int:place>/more-time": of_case(
        body=VERSION | {"until": "2099-12-31", "reason": "Näyte."}, no_such=True
    ),
    "POST /applications/<number>/requests/<int:place>/due-day": of_case(
        body=VERSION | {"due_on": "2099-12-31"}, no_such=True
    ),
    "POST /applications/<number>/requests/<int:place>/more-time-refusal": of_case(
        body=VERSION | {"reason": "Näyte."}, no_such=True
    ),
    "POST /applications/<number>/requests/<int:place>/opinion": of_case(
        body=VERSION
        | {"given_by": "MYR", "given_on": "2026-01-15", "stance": "for", "binding": False, "text": "Näyte."},
        no_such=True,
    ),
    "POST /applications/<number>/messages": of_case(body={"text": "Näyte."}),
    "PUT /applications/<number>/message-draft": of_case(body={"text": "Näyte."}),
    "POST /applications/<number>/messages/read": of_case(body={"message_no": 1}),
    "GET /requests": listed(),
    "GET /threads": listed(),
    "GET /own-mail-settings": house(),
    "PUT /own-mail-settings/address": house(body={"email": ""}),
    "POST /own-mail-settings/address/confirmation": house(body={"code": "Näyte"}, no_such=True),
    "PUT /own-mail-settings/choices": house(body={"choices": {}}),
    "GET /mail": house(query="number={number}"),
    "POST /mail/<mail_id>/sending": house(body={}, no_such=True),
    "GET /claims": listed(),
    "GET /claims/<claim_id>": of_case(),
    "PUT /claims/<claim_id>/draft": of_case(body=VERSION | {"typed": {}}),
    "POST /claims/<claim_id>/payment-decision": of_case(body=VERSION | {"verdict": "sign"}),
    "POST /claims/<claim_id>/payment-proposal": of_case(body=VERSION),
    "POST /claims/<claim_id>/submission": of_case(body=VERSION),
    "POST /claims/<claim_id>/verification": of_case(body=VERSION | {"lines": LINES}),
    "GET /demo-people": house(),
    "GET /documents": listed_of_case(query="subject=application/{number}"),
    "POST /documents": of_case(upload=True),
    "GET /documents/<document_id>": of_case(),
    "GET /documents/<document_id>/content": of_case(),
    "GET /documents/<document_id>/pages/<int:page>": of_case(),
    "GET /documents/<document_id>/reading": of_case(),
    "GET /documents/<document_id>/archive": house(no_such=True),
    "POST /documents/<document_id>/scans": of_case(body={}),
    "GET /unjudged-files": house(),
    "POST /unjudged-files/scans": house(body={}, no_such=True),
    "GET /applications/<number>/letters": listed_of_case(),
    "GET /files/<sha256>": Sample(about=About.LETTER, no_such=True),
    "POST /uploads": house(no_such=True),
    "PATCH /uploads/<upload_id>": house(no_such=True),
    "DELETE /uploads/<upload_id>": house(no_such=True),
    "GET /written-letters/<letter_id>": house(no_such=True),
    "POST /written-letters/<letter_id>/askings": house(body={"language": "sv"}, no_such=True),
    "POST /written-letters/<letter_id>/translations": house(body={"language": "sv", "texts": {}}, no_such=True),
    "GET /envelopes": listed(),
    "POST /envelopes": house(body={}),
    "GET /figures": house(),
    "GET /grants": listed(),
    "GET /grants/<number>": of_case(),
    "POST /grants/<number>/claims": of_case(body={"kind": "interim"}),
    "GET /grants/<number>/claims": listed(),
    "GET /letters/<check_code>": Sample(about=About.LETTER),
    "GET /names": house(query="id={person_id}"),
    "GET /payments": listed(),
    "GET /payments/<payment_id>/trace": of_case(),
    "GET /people/<person_id>": house(),
    "POST /people/<person_id>/mandates": house(body={}),
    "POST /people/<person_id>/posts": house(body={}),
    "GET /session": Sample(about=About.DOOR),
    "POST /session": Sample(about=About.DOOR),
    "DELETE /session": Sample(about=About.DOOR),
    "POST /calls/<call_id>/simulation": house(body={}),
    "GET /rules": house(),
    "GET /rules/<rule>": house(),
    "POST /rules/<rule>": house(body={"on": "2026-11-25"}),
    "GET /trail/verification": house(),
    "GET /undertakings": Sample(about=About.REGISTER),
    "POST /undertakings": house(body={}),
    "GET /undertakings/<business_id>": Sample(about=About.REGISTER),
    "GET /undertakings/<business_id>/contacts": Sample(about=About.REGISTER),
    **OF_COMPANIES,
} | {
    sample: row
    for room in ("applications", "customers", "documents", "monitoring", "payments")
    for sample, row in {
        f"GET /parked/{room}": house(),
        f"GET /parked/{room}/<message_id>": house(no_such=True),
        f"POST /parked/{room}/<message_id>/discard": house(body={"reason": "Näyte."}, no_such=True),
        f"POST /parked/{room}/<message_id>/run": house(no_such=True),
    }.items()
}

COMPANY_PAGES: dict[str, Sample] = {
    **dict.fromkeys(
        [
            "GET /oma/yritys/avaimet",
            "GET /oma/yritys/ihmiset",
            "GET /oma/yritys/oikaisu",
            "GET /oma/yritys/omistus",
            "GET /tyo/asiakkaat",
        ],
        listed(),
    ),
    "GET /kutsu": Sample(about=About.DOOR),
    "POST /kutsu": Sample(about=About.DOOR),
    "GET /kutsu/<code>": Sample(about=About.DOOR),
    "POST /kutsu/<code>": Sample(about=About.DOOR),
    "GET /oma/yritys/ihmiset/<person_id>": house(no_such=True),
    "POST /oma/yritys/avaimet": house(form=FORM),
    "POST /oma/yritys/avaimet/<key_id>": house(form=FORM, no_such=True),
    "POST /oma/yritys/ihmiset": house(form=FORM),
    "POST /oma/yritys/ihmiset/<person_id>": house(form=FORM, no_such=True),
    "POST /oma/yritys/kutsut/<invitation_id>": house(form=FORM, no_such=True),
    "POST /oma/yritys/oikaisu": house(form=FORM),
    "POST /oma/yritys/omistus": house(form=FORM),
    "POST /oma/yritys/paivita": house(form=FORM),
    "POST /oma/yritys/valinnat": house(form=FORM),
    "GET /oma/yritys/yksi-allekirjoitus": house(),
    "POST /oma/yritys/yksi-allekirjoitus": house(form=FORM),
    "GET /oma/yritys/yksi-allekirjoitus/<release_id>": house(),
    "POST /oma/yritys/yksi-allekirjoitus/<release_id>": house(form=FORM, no_such=True),
    "GET /tyo/asiakkaat/<business_id>": Sample(about=About.REGISTER),
    "POST /tyo/asiakkaat/<business_id>/omistus": Sample(about=About.REGISTER, form=FORM),
    "POST /tyo/asiakkaat/<business_id>/lisaa": Sample(about=About.REGISTER, form=FORM),
    "POST /tyo/asiakkaat/<business_id>/paivita": Sample(about=About.REGISTER, form=FORM),
    "GET /tyo/asiakkaat/<business_id>/rekisteri/<digest>": house(no_such=True),
    "GET /tyo/asiakkaat/<business_id>/oikaisut/<disagreement_id>": house(no_such=True),
    "POST /tyo/asiakkaat/<business_id>/oikaisut/<disagreement_id>": house(form=FORM, no_such=True),
    "GET /valtuudet": Sample(about=About.DOOR),
    "GET /valtuudet/paluu": Sample(about=About.DOOR),
}

PAGES: dict[str, Sample] = {
    **COMPANY_PAGES,
    **dict.fromkeys(
        [
            "GET /",
            "GET /api/asyncapi.json",
            "GET /api/docs",
            "GET /api/openapi.json",
            "GET /haut",
            "GET /haut.ics",
            "GET /haut/<call_id>",
            "GET /health/live",
            "GET /health/ready",
            "GET /metrics",
            "GET /laskuri",
            "GET /ohjeet",
            "GET /problems/<code>",
            "GET /saavutettavuus",
            "GET /static/portal/<path:filename>",
            "GET /tietosuoja",
            "GET /tila",
            "GET /oma/asiat/<number>/laheta",
            "GET /oma/asiat/<number>/allekirjoitus/<any(kaksi, takaisin, palauta):deed>",
            "GET /oma/asiat/<number>/vastuu",
            "GET /oma/asiat/<number>/kopioi/<call_id>",
            "GET /oma/maksatus/<claim_id>/laheta",
            "GET /tyo",
            "GET /tyo/asiat/<number>/este/<person>",
            "GET /tyo/asiat/<number>/ota",
            "GET /tyo/nakymat/<view_id>/poista",
            "GET /tyo/nakymat/uusi",
            "GET /tyo/jono/muistutus",
            "GET /tyo/jono/siirra",
            "GET /tyo/jono/siirto",
            "GET /tyo/jono/tiedosto",
            "GET /tyo/sijaiset/<substitution_id>/poista",
            "GET /valvonta/ketju",
            "GET /yllapito",
            "GET /yllapito/posti",
            "GET /yllapito/tiedostot",
            "GET /yllapito/pysaytetyt",
        ],
        house(),
    ),
    **dict.fromkeys(
        [
            "GET /oma/viestit",
            "GET /tyo/viestit",
            "GET /maksu",
            "GET /maksu/erat",
            "GET /maksu/palautuneet",
            "GET /maksu/valmiit",
            "GET /maksu/vastaukset",
            "GET /oma",
            "GET /oma/hakemukset",
            "GET /oma/hankkeet",
            "GET /oma/yritys",
            "GET /tyo/jono",
            "GET /tyo/paperi",
            "GET /tyo/myontovaltuus",
            "GET /tyo/paatettavat",
            "GET /tyo/siirrot",
            "GET /tyo/sijaiset",
            "GET /tyo/valtuus",
            "GET /tyo/valtuus/tapahtumat",
            "GET /valvonta",
            "GET /valvonta/hankkeet",
            "GET /valvonta/maksut",
            "GET /valvonta/valtuus",
            "GET /yllapito/valtuus",
        ],
        listed(),
    ),
    **dict.fromkeys(
        [
            "GET /oma/asiat/<number>/viestit",
            "GET /tyo/asiat/<number>/kuule",
            "GET /tyo/asiat/<number>/lausunto",
            "GET /tyo/asiat/<number>/taydennyspyynto",
            "GET /tyo/asiat/<number>/viestit",
            "GET /asiakirja/<document_id>",
            "GET /asiakirja/<document_id>/sivu/<int:page>",
            "GET /asiakirja/<document_id>/tarkistus",
            "GET /maksu/erat/<batch_id>",
            "GET /maksu/erat/<batch_id>/tiedosto",
            "GET /oma/asiat/<number>",
            "GET /oma/asiat/<number>/<path>",
            "GET /oma/asiat/<number>/allekirjoitus",
            "GET /oma/asiat/<number>/kopioi",
            "GET /oma/asiat/<number>/versiot",
            "GET /tyo/asiat/<number>/versiot",
            "GET /tyo/paperi/<number>",
            "GET /tyo/paperi/<number>/<path>",
            "GET /tyo/paperi/<number>/liitteet",
            "GET /tyo/paperi/<number>/tarkista",
            "GET /oma/asiat/<number>/liitteet",
            "GET /oma/asiat/<number>/peru",
            "GET /oma/asiat/<number>/tarkista",
            "GET /oma/asiat/<number>/vastaanotto",
            "GET /oma/maksatus/<claim_id>",
            "GET /oma/maksatus/<claim_id>/lasku",
            "GET /oma/maksatus/<claim_id>/lasku/<document_id>",
            "GET /oma/maksatus/<claim_id>/rivi/<int:place>",
            "GET /oma/maksatus/<claim_id>/tarkista",
            "GET /oma/maksatus/<claim_id>/vastaanotto",
            "GET /tyo/asiat/<number>",
            "GET /tyo/asiat/<number>/arviointi",
            "GET /tyo/asiat/<number>/laskelma",
            "GET /tyo/asiat/<number>/este",
            "GET /tyo/asiat/<number>/esitys",
            "GET /tyo/asiat/<number>/kasittelija",
            "GET /tyo/asiat/<number>/ratkaise",
            "GET /tyo/asiat/<number>/siirra",
            "GET /tyo/maksatus/<claim_id>",
            "GET /tyo/maksatus/<claim_id>/esitys",
            "GET /tyo/maksatus/<claim_id>/ratkaise",
            "GET /valvonta/hankkeet/<number>",
            "GET /valvonta/reitti/<payment_id>",
        ],
        of_case(),
    ),
    **dict.fromkeys(
        [
            "POST /oma/asiat/<number>/<path>",
            "POST /oma/asiat/<number>/<path>/laske",
            "POST /oma/asiat/<number>/allekirjoitus",
            "POST /oma/asiat/<number>/allekirjoitus/kaksi",
            "POST /oma/asiat/<number>/allekirjoitus/palauta",
            "POST /oma/asiat/<number>/allekirjoitus/takaisin",
            "POST /oma/asiat/<number>/vastuu",
            "POST /oma/asiat/<number>/kopioi/<call_id>",
            "POST /tyo/paperi/<number>/<path>",
            "POST /tyo/paperi/<number>/<path>/laske",
            "POST /tyo/paperi/<number>/liitteet/<document_id>/poista",
            "POST /tyo/paperi/<number>/tarkista",
            "POST /oma/asiat/<number>/viestit",
            "POST /tyo/asiat/<number>/kuule",
            "POST /tyo/asiat/<number>/lausunto",
            "POST /tyo/asiat/<number>/taydennyspyynto",
            "POST /tyo/asiat/<number>/viestit",
            "POST /oma/asiat/<number>/laheta",
            "POST /oma/asiat/<number>/liitteet/<document_id>/poista",
            "POST /oma/asiat/<number>/peru",
            "POST /oma/hankkeet/<number>/maksatus",
            "POST /oma/maksatus/<claim_id>",
            "POST /oma/maksatus/<claim_id>/laheta",
            "POST /oma/maksatus/<claim_id>/lasku/<document_id>",
            "POST /oma/maksatus/<claim_id>/rivi/<int:place>",
            "POST /oma/maksatus/<claim_id>/rivi/<int:place>/poista",
            "POST /tyo/asiat/<number>/arviointi",
            "POST /tyo/asiat/<number>/esitys",
            "POST /tyo/asiat/<number>/kasittelija",
            "POST /tyo/asiat/<number>/ota",
            "POST /tyo/asiat/<number>/ratkaise",
            "POST /tyo/asiat/<number>/siirra",
            "POST /tyo/maksatus/<claim_id>",
            "POST /tyo/maksatus/<claim_id>/esitys",
            "POST /tyo/maksatus/<claim_id>/ratkaise",
        ],
        of_case(form=FORM | {"verdict": "sign", "return_note": "Näyte."}),
    ),
    **dict.fromkeys(
        [
            "GET /yllapito/pysaytetyt/<room>/<message_id>",
            "GET /yllapito/pysaytetyt/<room>/<message_id>/aja",
            "GET /yllapito/pysaytetyt/<room>/<message_id>/hylkaa",
        ],
        house(no_such=True),
    ),
    **dict.fromkeys(
        [
            "GET /kirjaudu",
            "POST /kirjaudu",
            "GET /kirjaudu/oidc",
            "GET /kirjaudu/paluu",
            "GET /ulos",
            "POST /ulos",
            "GET /valitse-yritys",
            "POST /valitse-yritys",
        ],
        Sample(about=About.DOOR),
    ),
    "GET /tyo/asiat/<number>/todistus": of_case(no_such=True),
    "POST /tyo/paatettavat": listed(form=FORM | {"sign": "A1:1", "read": "kylla"}),
    "POST /tyo/asiat/<number>/este": of_case(form=FORM | {"answer": "none"}),
    "POST /tyo/asiat/<number>/este/<person>": of_case(form=FORM | {"verdict": "lifted", "reason": "Näyte."}),
    "POST /tyo/nakymat/<view_id>/poista": house(form=FORM, no_such=True),
    "POST /tyo/nakymat/uusi": house(form=FORM | {"name": "Näyte"}),
    "POST /tyo/jono/muistutus": house(form=FORM | {"valittu": "hakemus.A99999.1"}),
    "POST /tyo/jono/siirra": house(
        form=FORM | {"valittu": "hakemus.A99999.1", "to": "{person_id}", "reason": "Näyte."}
    ),
    "POST /tyo/jono/siirto": house(form=FORM | {"valittu": "hakemus.A99999.1"}),
    "POST /tyo/jono/tiedosto": listed(form=FORM),
    "POST /tyo/sijaiset": house(form=FORM),
    "POST /tyo/sijaiset/<substitution_id>/poista": house(form=FORM, no_such=True),
    **dict.fromkeys(
        [
            "GET /asetukset/osoite/<code>",
            "GET /oma/asetukset",
            "GET /tyo/asetukset",
        ],
        house(),
    ),
    **dict.fromkeys(
        [
            "GET /oma/asiat/<number>/<any(taydennys, kuuleminen):path>/<int:place>",
            "GET /tyo/asiat/<number>/lausunto/<int:place>",
            "GET /tyo/asiat/<number>/maaraaika/<int:place>",
        ],
        of_case(no_such=True),
    ),
    **dict.fromkeys(
        [
            "POST /oma/asiat/<number>/<any(taydennys, kuuleminen):path>/<int:place>",
            "POST /oma/asiat/<number>/<any(taydennys, kuuleminen):path>/<int:place>/liite/<document_id>/poista",
            "POST /oma/asiat/<number>/<any(taydennys, kuuleminen):path>/<int:place>/lisaaika",
            "POST /tyo/asiat/<number>/lausunto/<int:place>",
            "POST /tyo/asiat/<number>/maaraaika/<int:place>",
        ],
        of_case(form=FORM, no_such=True),
    ),
    "POST /asetukset/osoite/<code>": house(form=FORM, no_such=True),
    "POST /oma/asetukset": house(form=FORM),
    "POST /tyo/asetukset": house(form=FORM),
    "POST /oma/asiat/<number>/viestit/liite": of_case(upload=True),
    "POST /tyo/asiat/<number>/viestit/liite": of_case(upload=True),
    "POST /oma/asiat/<number>/viestit/liite/<document_id>/poista": of_case(form=FORM),
    "POST /tyo/asiat/<number>/viestit/liite/<document_id>/poista": of_case(form=FORM),
    "GET /oma/asiat/<number>/viestit/liite": house(),
    "GET /tyo/asiat/<number>/viestit/liite": house(),
    "GET /oma/asiat/<number>/viestit/liite/<document_id>/poista": house(),
    "GET /tyo/asiat/<number>/viestit/liite/<document_id>/poista": house(),
    "POST /oma/asiat/<number>/<any(taydennys, kuuleminen):path>/<int:place>/liite/<kind>": of_case(
        upload=True, no_such=True
    ),
    "GET /tyo/kirjeet/<letter_id>/kaannos": house(no_such=True),
    "POST /tyo/kirjeet/<letter_id>/kaannos": house(form=FORM | {"language": "sv"}, no_such=True),
    "GET /oma/asiat/<number>/kirjeet": of_case(),
    "GET /tyo/asiat/<number>/kirjeet": of_case(),
    "POST /oma/asiat/<number>/kirjeet": of_case(form=FORM | {"letter_id": "{letter_id}", "language": "sv"}),
    "POST /oma/asiat/<number>/liitteet/<kind>/valmis": of_case(form=FORM | {"document_id": "{document_id}"}),
    "POST /todenna": Sample(about=About.LETTER, upload=True, no_such=True),
    "GET /todenna": Sample(about=About.LETTER, query="tunnus={check_code}"),
    "POST /haut/<call_id>/aloita": house(form={}, no_such=True),
    "POST /maksu/valmiit": of_case(form=FORM | {"maksu-{claim_id}": "1", "total": "1,00"}),
    "POST /maksu/vastaukset": of_case(form=FORM | {"xml": "{bank_answer}"}),
    "POST /maksu/vastaukset/tiedosto": of_case(upload=True),
    "POST /oma/asiat/<number>/liitteet/<kind>": of_case(upload=True),
    "POST /tyo/paperi": house(form=FORM),
    "POST /tyo/paperi/<number>/liitteet/<kind>": of_case(upload=True),
    "POST /oma/maksatus/<claim_id>/lasku": of_case(upload=True),
    "POST /yllapito/pysaytetyt/<room>/<message_id>/aja": house(form=FORM, no_such=True),
    "POST /yllapito/pysaytetyt/<room>/<message_id>/hylkaa": house(form=FORM | {"reason": "Näyte."}, no_such=True),
    "POST /asiakirja/<document_id>/tarkistus": of_case(form=FORM),
    "POST /yllapito/posti": house(form=FORM),
    "POST /yllapito/tiedostot": house(form=FORM),
    "POST /yllapito/valtuus": house(form=FORM),
}

API |= {"GET /follow-ups": listed()} | {
    route: of_case(body=body, no_such=afterwards_samples.is_of_one(route))
    for route, body in afterwards_samples.API.items()
}
PAGES |= (
    {"GET /tyo/jatkotoimet": listed()}
    | dict.fromkeys(afterwards_samples.PAGES_BACK, house())
    | {route: of_case(no_such=afterwards_samples.is_of_one(route)) for route in afterwards_samples.PAGES_SEEN}
    | {
        route: of_case(form=form, no_such=afterwards_samples.is_of_one(route))
        for route, form in afterwards_samples.PAGES_SENT.items()
    }
)

SAMPLES = {f"{key.split(' ')[0]} /api/v1{key.split(' ')[1]}": sample for key, sample in API.items()} | PAGES
