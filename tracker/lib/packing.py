"""JSON that is kept for long and seldom read: small, and known by its digest."""

import json
import zlib
from collections.abc import Mapping
from hashlib import sha256
from typing import Any, NamedTuple

DIGITS = 32


class Packed(NamedTuple):
    """A value in few bytes; the digest is that of its text, however it is compressed."""

    digest: str
    content: bytes


def pack(value: Mapping[str, Any]) -> Packed:
    """The same value has the same digest, in whatever order its keys are."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    return Packed(sha256(text).hexdigest()[:DIGITS], zlib.compress(text))


def unpack(content: bytes) -> dict[str, Any]:
    """The value again."""
    value: dict[str, Any] = json.loads(zlib.decompress(content))
    return value
