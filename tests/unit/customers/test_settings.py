"""How long a session may last, and which registers are asked how."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from services.customers.domain.sessions import SessionLimits
from services.customers.registers.mandates import MandateSettings
from services.customers.settings import RegisterSettingsMissing, registers_in, session_limits
from tukivayla.standins.running import stand_in

ROOT = Path(__file__).parents[3]


def test_a_working_day_and_an_hour_of_silence_unless_said_otherwise() -> None:
    assert session_limits({}) == SessionLimits(absolute=timedelta(hours=12), idle=timedelta(minutes=60))


def test_or_what_the_installation_says() -> None:
    limits = session_limits({"SESSION_HOURS": "8", "SESSION_IDLE_MINUTES": "20"})
    assert limits == SessionLimits(absolute=timedelta(hours=8), idle=timedelta(minutes=20))


class Noting(dict[str, str]):
    """Settings that remember which of them were asked for."""

    def __init__(self, **given: str) -> None:
        super().__init__(given)
        self.asked: set[str] = set()

    def get(self, name: str, default: Any = None) -> Any:
        self.asked.add(name)
        return super().get(name, default)


MANDATES = {
    "MANDATES_URL": "https://valtuudet.example.fi/",
    "MANDATES_CLIENT_ID": "tunnus",
    "MANDATES_CHECKSUM_KEY": "avain",
    "MANDATES_OAUTH_SECRET": "salaisuus",
}


def test_without_addresses_no_register_is_asked() -> None:
    registers = registers_in({})
    assert (registers.business, registers.mandates) == (None, None)
    assert registers.fresh_for == timedelta(hours=24)


def test_an_address_without_its_secrets_is_told_at_once() -> None:
    with pytest.raises(RegisterSettingsMissing, match="MANDATES_CHECKSUM_KEY, MANDATES_OAUTH_SECRET"):
        registers_in({"MANDATES_URL": "https://valtuudet.example.fi", "MANDATES_CLIENT_ID": "tunnus"})


def test_which_roles_sign_is_a_setting() -> None:
    register = registers_in({**MANDATES, "MANDATES_SIGN": "NIMKO, TJ", "MANDATES_SIGN_ASSOCIATION": "PJ"}).mandates
    assert register
    assert register.rules.signing == {"NIMKO", "TJ"}
    assert register.rules.signing_for_associations == {"PJ"}


def test_no_secret_is_shown_when_settings_are_printed() -> None:
    settings = MandateSettings(address="a", client_id="c", checksum_key="avain", oauth_secret="salaisuus")
    assert "avain" not in repr(settings)
    assert "salaisuus" not in repr(settings)


def test_every_setting_of_the_registers_is_told_of() -> None:
    settings = Noting(**MANDATES, YTJ_URL="https://ytj.example.fi")
    registers_in(settings)
    standins = {"STANDIN_YTJ_PORT", "STANDIN_MANDATES_PORT"}
    told = (ROOT / "docs/deploy.md").read_text()
    example = (ROOT / ".env.example").read_text()
    asked = {name for name in settings.asked | standins if f"`{name}`" not in told}
    assert asked == set()
    assert {name for name in settings.asked if f"\n{name}=" not in example} == set()


def test_a_stand_in_is_used_only_where_no_real_address_is_set() -> None:
    served: list[int] = []

    def serve(app: Any, port: int) -> int:
        served.append(port)
        return 4000 + len(served)

    environ = {"YTJ_URL": "https://ytj.example.fi", "STANDIN_MANDATES_PORT": "4999"}
    stand_in(environ, serve)
    assert served == [4999]
    assert environ["YTJ_URL"] == "https://ytj.example.fi"
    assert environ["MANDATES_URL"] == "http://127.0.0.1:4001"
    assert registers_in(environ).mandates
