"""What the gateway is told when it starts. Read once, frozen, every fault said at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from environs import Env
from marshmallow import validate

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class OidcSettings:
    """The identity provider. `discovery` is the address of its OpenID configuration."""

    discovery: str
    client_id: str
    client_secret: str = field(repr=False)
    scope: str = "openid profile"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Sizes are in bytes, times in seconds, limits as Flask-Limiter writes them ("20 per minute").

    `public_url` is how browsers reach the gateway: https makes cookies Secure and HSTS is sent.
    `trusted_hosts` empty means the host of `public_url`. `proxies` is how many reverse proxies stand
    in front and may say who the caller is. `rate_limits` off is for tests and measuring only.
    """

    secret_key: str = field(repr=False)
    public_url: str = "http://localhost:8000"
    amqp_url: str = field(default="memory://", repr=False)
    demo: bool = False
    oidc: OidcSettings | None = None
    blob_dir: Path = Path("var/blobs")
    upload_most: int = 50 * MEGABYTE
    bank_answer_most: int = 20 * MEGABYTE
    body_most: int = 2 * MEGABYTE
    trusted_hosts: tuple[str, ...] = ()
    proxies: int = 0
    rate_limits: bool = True
    rate_limit: str = "600 per minute"
    sign_in_limit: str = "20 per minute"
    session_cache_seconds: float = 30.0
    ready_seconds: float = 1.0  # how long readiness waits for a room

    @property
    def https(self) -> bool:
        return urlsplit(self.public_url).scheme == "https"

    @property
    def hosts(self) -> tuple[str, ...]:
        return self.trusted_hosts or (urlsplit(self.public_url).hostname or "localhost",)


def read_settings() -> Settings:
    """From the environment. Raises environs.EnvValidationError that names every variable at fault."""
    env = Env(eager=False)
    read: dict[str, Any] = {
        "secret_key": env.str("SECRET_KEY", validate=validate.Length(min=32)),
        "public_url": env.str("PUBLIC_URL", "http://localhost:8000", validate=validate.URL(require_tld=False)),
        "amqp_url": env.str("AMQP_URL"),
        "demo": env.bool("DEMO", False),
        "blob_dir": env.path("BLOB_DIR", Path("var/blobs")),
        "upload_most": env.int("UPLOAD_MOST_MB", 50, validate=validate.Range(min=1, max=5000)),
        "trusted_hosts": env.list("TRUSTED_HOSTS", []),
        "proxies": env.int("PROXIES", 0, validate=validate.Range(min=0, max=5)),
        "rate_limits": env.bool("RATE_LIMITS", True),
        "rate_limit": env.str("RATE_LIMIT", "600 per minute"),
        "sign_in_limit": env.str("SIGN_IN_LIMIT", "20 per minute"),
        "session_cache_seconds": env.float("SESSION_CACHE_SECONDS", 30.0, validate=validate.Range(min=0, max=30)),
    }
    oidc = _read_oidc(env)
    env.seal()
    more = {"upload_most": read["upload_most"] * MEGABYTE, "trusted_hosts": tuple(read["trusted_hosts"])}
    return Settings(**{**read, **more}, oidc=oidc)


def _read_oidc(env: Env) -> OidcSettings | None:
    """Either all three variables or none: half a provider is a fault."""
    discovery = env.str("OIDC_DISCOVERY_URL", "")
    if not discovery:
        return None
    return OidcSettings(
        discovery=discovery,
        client_id=env.str("OIDC_CLIENT_ID"),
        client_secret=env.str("OIDC_CLIENT_SECRET"),
        scope=env.str("OIDC_SCOPE", "openid profile"),
    )
