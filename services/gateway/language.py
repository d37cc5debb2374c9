"""The portal's three languages. Which one a request speaks, `identity.current_language` says."""

from __future__ import annotations

from babel.support import Translations
from flask import Flask, has_request_context
from flask_babel import Babel, Domain

from services.gateway.identity import current_language
from services.gateway.translations import catalogue

LOCALES = {"fi": "fi_FI", "sv": "sv_FI", "en": "en_GB"}
NAMES = {"fi": "Suomi", "sv": "Svenska", "en": "English"}


class Catalogues(Domain):
    """Flask-Babel's texts, out of the .po files themselves."""

    def get_translations(self) -> Translations:
        return catalogue(language_now())


class ThreeLanguages(Babel):
    @property
    def domain_instance(self) -> Domain:
        return Catalogues()


def speak(app: Flask) -> None:
    """Give the app's templates and code the three languages."""
    ThreeLanguages(app, default_locale=LOCALES["fi"], locale_selector=lambda: LOCALES[language_now()])


def language_now() -> str:
    """The language of this request: fi, sv or en; Finnish outside any."""
    return current_language() if has_request_context() else "fi"
