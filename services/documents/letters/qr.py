"""The check code as a picture that a phone reads: the address of the page that says whether the letter is ours."""

from __future__ import annotations

import io

import segno


def address_of(service_address: str, check_code: str) -> str:
    """`service_address` as it is printed has no "https://"; one for demonstration may say http itself."""
    base = service_address if "://" in service_address else f"https://{service_address}"
    return f"{base}?tunnus={check_code}"


def printed(service_address: str) -> str:
    return service_address.partition("://")[2] or service_address


def picture(address: str) -> str:
    """An SVG of dark squares, without a border of its own."""
    svg = io.BytesIO()
    code = segno.make(address, error="m", micro=False)
    code.save(svg, kind="svg", border=0, xmldecl=False, svgns=True, nl=False, dark="#14212a", omitsize=True)
    return svg.getvalue().decode()
