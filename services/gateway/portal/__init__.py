"""The web portal: pages for companies, officials, auditors and everybody, rendered on the server.

Every page works without a script. How a page is made: README.md beside this file.
"""

from __future__ import annotations

from flask import Flask

from services.gateway import formats, language
from services.gateway.portal import (  # noqa: F401  each module puts its pages on the blueprint
    files,
    frame,
    invitations,
    kept,
    mail_settings,
    public,
    refusals,
    sign_in,
    simulator,
)
from services.gateway.portal.afterwards import (  # noqa: F401
    own as own_afterwards,
)
from services.gateway.portal.afterwards import (  # noqa: F401
    staff as staff_afterwards,
)
from services.gateway.portal.afterwards import (  # noqa: F401
    staff_answers,
)
from services.gateway.portal.company import (  # noqa: F401
    attachments,
    cases,
    claims,
    company_words,
    copying,
    drafts,
    invoices,
    keys,
    own,
    own_company,
    ownership,
    people,
    places,
    signing,
    versions,
)
from services.gateway.portal.correspondence import (  # noqa: F401
    asking,
    messages,
    on_case,
    replies,
)
from services.gateway.portal.letters import (  # noqa: F401
    checking,
    of_case,
)
from services.gateway.portal.oversight import (  # noqa: F401
    audited,
    authority_granted,
    bank_answers,
    failed_mail,
    overview,
    parked,
    payer,
    template_words,
    unjudged,
)
from services.gateway.portal.pages import portal
from services.gateway.portal.staff import (  # noqa: F401
    assessment,
    case,
    chosen,
    customers,
    decidable,
    decision,
    envelopes,
    handling,
    interest,
    paper,
    payment,
    proposal,
    queue,
    reckonings,
    saved_views,
    transfer,
    verification,
)


def register(app: Flask) -> None:
    language.speak(app)
    formats.install(app)
    app.register_blueprint(portal)
    refusals.show_as_pages(app)
