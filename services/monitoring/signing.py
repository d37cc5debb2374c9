"""Signing heads of the trail, and the file of signed heads that lies outside the database.

The key is made once and stays on the machine that signs. For a check elsewhere the public half and the
file of heads are enough; keep copies of both where the database's owner cannot write.
"""

from __future__ import annotations

import json
import os
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from services.monitoring.domain.checkpoints import Checkpoint

KEY = "trail_key.pem"
PUBLIC_KEY = "trail_key.pub"
HEADS = "heads.jsonl"


class Signer:
    """Signs with the key in the directory, making one the first time."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._key: Ed25519PrivateKey | None = None

    def signed(self, checkpoint: Checkpoint) -> Checkpoint:
        return replace(checkpoint, signature=self._private_key().sign(checkpoint.message()))

    def write_down(self, checkpoint: Checkpoint) -> None:
        """Append to the file of heads, and be on disk before going on."""
        line = {
            "position": checkpoint.position,
            "hash": checkpoint.hash.hex(),
            "at": checkpoint.at.isoformat(),
            "signature": checkpoint.signature.hex(),
        }
        with (self._directory / HEADS).open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")
            file.flush()
            os.fsync(file.fileno())

    def _private_key(self) -> Ed25519PrivateKey:
        if self._key is None:
            self._key = _read_key(self._directory / KEY) or self._make_key()
        return self._key

    def _make_key(self) -> Ed25519PrivateKey:
        self._directory.mkdir(parents=True, exist_ok=True)
        key = Ed25519PrivateKey.generate()
        pem = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        # Exclusively: of two processes that start together one makes the key and the other is refused.
        descriptor = os.open(self._directory / KEY, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(pem)
        public = key.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        (self._directory / PUBLIC_KEY).write_bytes(public)
        return key


class HeadsKept:
    """The file of signed heads and the public key, for checking."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def all(self) -> list[Checkpoint]:
        path = self._directory / HEADS
        if not path.exists():
            return []
        return [_checkpoint(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]

    def is_genuine(self, checkpoint: Checkpoint) -> bool:
        """Whether our key signed it; without the public key nothing can be told to be."""
        path = self._directory / PUBLIC_KEY
        if not path.exists():
            return False
        key = serialization.load_pem_public_key(path.read_bytes())
        if not isinstance(key, Ed25519PublicKey):
            return False
        try:
            key.verify(checkpoint.signature, checkpoint.message())
        except InvalidSignature:
            return False
        return True


def _read_key(path: Path) -> Ed25519PrivateKey | None:
    if not path.exists():
        return None
    key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise TypeError(f"{path} holds no Ed25519 key")
    return key


def _checkpoint(line: str) -> Checkpoint:
    head = json.loads(line)
    return Checkpoint(
        position=int(head["position"]),
        hash=bytes.fromhex(head["hash"]),
        at=datetime.fromisoformat(head["at"]),
        signature=bytes.fromhex(head["signature"]),
    )
