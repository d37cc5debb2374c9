"""What the archive wants to know of a letter, after SÄHKE2 (Kansallisarkisto): set into the file, and kept beside it.

Names of elements follow the standard's own Finnish terms where it has them (from knowledge, to be checked against
the schema of the receiving archive).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree

SCHEMA = "tukivayla-sahke2/1"
FILE_NAME = "arkistotiedot.xml"
NAMESPACE = "https://tukivayla.example/arkistotiedot/1"


def seal_of(metadata: Mapping[str, Any], sha256: str) -> str:
    """SHA-256 over the metadata (JSON, sorted, no spaces) and the file's digest: neither can change alone."""
    canonical = json.dumps(metadata, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{canonical}\n{sha256}".encode()).hexdigest()


def as_xml(metadata: Mapping[str, Any]) -> str:
    root = ElementTree.Element("Asiakirja", {"xmlns": NAMESPACE, "skeema": SCHEMA})
    _fill(root, metadata)
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode", xml_declaration=False)


def _fill(parent: ElementTree.Element, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        for one in value if isinstance(value, list) else [value]:
            element = ElementTree.SubElement(parent, name)
            if isinstance(one, Mapping):
                _fill(element, one)
            elif one is not None:
                element.text = str(one)
