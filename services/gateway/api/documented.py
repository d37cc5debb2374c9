"""flask-smorest set up for us: no pages with foreign scripts, refusals as problem documents."""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask_smorest import Api
from flask_smorest.utils import prepare_response

from services.gateway.api.schemas import ProblemDocument
from services.gateway.json_forms import tell_forms
from services.gateway.problems import MEDIA_TYPE

ABOUT = """Structural-fund and company-aid grants from application to audit.

Sums are texts with two decimals ("1234.50"), days "2026-11-22", moments RFC 3339 with an offset.
Every change carries an `Idempotency-Key`; a change of something with a version says it in `If-Match`.
Refusals are problem documents (RFC 9457) whose `code` is stable and whose `detail` is in the asker's language.
"""


class DocumentedApi(Api):  # type: ignore[misc]  # flask-smorest carries no types
    """flask-smorest's Api, whose refusals are the gateway's problem documents."""

    ERROR_SCHEMA = ProblemDocument
    DEFAULT_ERROR_RESPONSE_NAME = "PROBLEM"

    def __init__(self, app: Flask) -> None:
        app.config.update(
            API_TITLE="Tukiväylä",
            API_VERSION="1",
            OPENAPI_VERSION="3.1.0",
            API_SPEC_OPTIONS={"info": {"description": ABOUT}, "security": [{"bearer": []}, {"cookie": []}, {}]},
        )
        super().__init__(app)
        tell_forms(self.ma_plugin.converter)
        self.spec.components.security_scheme("bearer", {"type": "http", "scheme": "bearer"})
        self.spec.components.security_scheme("cookie", {"type": "apiKey", "in": "cookie", "name": "tukivayla"})

    def _register_doc_blueprint(self) -> None:
        """None of flask-smorest's pages: they would fetch scripts from elsewhere."""

    def _register_error_handlers(self) -> None:
        """None of flask-smorest's: `problems` answers for the whole app."""

    def _register_responses(self) -> None:
        super()._register_responses()
        for name in ("PROBLEM", "UNPROCESSABLE_ENTITY", "UNPROCESSABLE_CONTENT"):
            response: dict[str, Any] = {"description": "A problem document", "schema": ProblemDocument}
            prepare_response(response, self.spec, MEDIA_TYPE)
            self.spec.components.responses.pop(name, None)
            self.spec.components.responses_lazy.pop(name, None)
            self.spec.components.response(name, response, lazy=True)
