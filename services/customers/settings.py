"""Settings of customers: read once, by the process that starts the room."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from services.customers.domain.mandate_rules import SIGNING, SIGNING_FOR_ASSOCIATIONS, MandateRules
from services.customers.domain.sessions import SessionLimits
from services.customers.registers.mandates import MandateRegister, MandateSettings
from services.customers.registers.ytj import BusinessRegister, YtjSettings


class RegisterSettingsMissing(Exception):
    """An address of the mandate register without what it takes to ask it; the text names what is missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Registers:
    """A register that is not set up is None: what needs it says so, everything else goes on."""

    business: BusinessRegister | None
    mandates: MandateRegister | None
    fresh_for: timedelta


def session_limits(environ: Mapping[str, str]) -> SessionLimits:
    """SESSION_HOURS from sign-in at most, SESSION_IDLE_MINUTES of silence at most."""
    return SessionLimits(
        absolute=timedelta(hours=int(environ.get("SESSION_HOURS", "12"))),
        idle=timedelta(minutes=int(environ.get("SESSION_IDLE_MINUTES", "60"))),
    )


def registers_in(environ: Mapping[str, str]) -> Registers:
    """YTJ_URL and MANDATES_URL, each with its own settings beside it. Raises RegisterSettingsMissing."""
    return Registers(
        business=_business(environ),
        mandates=_mandates(environ),
        fresh_for=timedelta(hours=int(environ.get("YTJ_FRESH_HOURS", "24"))),
    )


def _business(environ: Mapping[str, str]) -> BusinessRegister | None:
    address = environ.get("YTJ_URL", "").rstrip("/")
    if not address:
        return None
    return BusinessRegister(
        YtjSettings(
            address=address,
            patience=int(environ.get("YTJ_TIMEOUT_MS", "2500")) / 1000,
            retries=int(environ.get("YTJ_RETRIES", "2")),
        )
    )


def _mandates(environ: Mapping[str, str]) -> MandateRegister | None:
    address = environ.get("MANDATES_URL", "").rstrip("/")
    if not address:
        return None
    needed = ("MANDATES_CLIENT_ID", "MANDATES_CHECKSUM_KEY", "MANDATES_OAUTH_SECRET")
    if missing := [name for name in needed if not environ.get(name)]:
        raise RegisterSettingsMissing(
            f"Settings to mend: MANDATES_URL is set, so these must be too: {', '.join(missing)}"
        )
    return MandateRegister(
        MandateSettings(
            address=address,
            page_address=environ.get("MANDATES_PAGE_URL", "").rstrip("/"),
            client_id=environ["MANDATES_CLIENT_ID"],
            checksum_key=environ["MANDATES_CHECKSUM_KEY"],
            oauth_secret=environ["MANDATES_OAUTH_SECRET"],
            patience=int(environ.get("MANDATES_TIMEOUT_MS", "4000")) / 1000,
            rules=MandateRules(
                signing=_codes(environ, "MANDATES_SIGN", SIGNING),
                signing_for_associations=_codes(environ, "MANDATES_SIGN_ASSOCIATION", SIGNING_FOR_ASSOCIATIONS),
            ),
        )
    )


def _codes(environ: Mapping[str, str], name: str, default: tuple[str, ...]) -> frozenset[str]:
    told = environ.get(name, "")
    return frozenset(code.strip() for code in told.split(",") if code.strip()) if told.strip() else frozenset(default)
