"""Starting the stand-ins, and pointing the registers' settings at those that run."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping

from flask import Flask

from tukivayla.standins import mandates, ytj

Serve = Callable[[Flask, int], int]
"""Serves an app on a loopback port (0: any that is free) and gives the port."""


def stand_in(environ: MutableMapping[str, str], serve: Serve) -> None:
    """For each register whose address is not set: a stand-in, and settings that lead to it.

    STANDIN_YTJ_PORT and STANDIN_MANDATES_PORT say where (0, any free one). A real address always wins.
    """
    if not environ.get("YTJ_URL"):
        port = serve(ytj.app(), _port(environ, "STANDIN_YTJ_PORT"))
        environ["YTJ_URL"] = f"http://127.0.0.1:{port}"
    if not environ.get("MANDATES_URL"):
        port = serve(mandates.app(), _port(environ, "STANDIN_MANDATES_PORT"))
        environ.update(
            {
                "MANDATES_URL": f"http://127.0.0.1:{port}",
                "MANDATES_CLIENT_ID": mandates.CLIENT_ID,
                "MANDATES_CHECKSUM_KEY": mandates.CHECKSUM_KEY,
                "MANDATES_OAUTH_SECRET": mandates.OAUTH_SECRET,
            }
        )


def _port(environ: MutableMapping[str, str], name: str) -> int:
    told = environ.get(name, "0")
    return int(told) if told.isdigit() and int(told) < 65536 else 0
