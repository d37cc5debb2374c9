"""The web portal: pages for companies, officials, auditors and everybody, rendered on the server.

Every page works without a script. How a page is made: README.md beside this file.
"""

from __future__ import annotations

from flask import Flask

from services.gateway import formats, language
from services.gateway.portal import (  # noqa: F401  each module puts its pages on the blueprint
    files,
    frame,
    kept,
    public,
    refusals,
    sign_in,
)
from services.gateway.portal.company import (  # noqa: F401
    attachments,
    cases,
    claims,
    drafts,
    invoices,
    own,
)
from services.gateway.portal.oversight import (  # noqa: F401
    audited,
    authority_granted,
    bank_answers,
    overview,
    parked,
    payer,
    template_words,
)
from services.gateway.portal.pages import portal
from services.gateway.portal.staff import (  # noqa: F401
    case,
    decision,
    envelopes,
    handling,
    interest,
    payment,
    proposal,
    queue,
    saved_views,
    verification,
)


def register(app: Flask) -> None:
    language.speak(app)
    formats.install(app)
    app.register_blueprint(portal)
    refusals.show_as_pages(app)
