"""Pages go over the wire compressed; a part that is kept is compressed once, for all who get it."""

import secrets
import struct
import zlib
from dataclasses import dataclass
from functools import cached_property

from flask import Flask, g, request
from werkzeug.wrappers import Response

SMALLEST = 1024
LEVEL, LEVEL_KEPT = 6, 9
# A long list in half of the time, a fifth larger.
LONG, LEVEL_OF_LONG = 100_000, 3
# The most memory zlib takes for finding what repeats: a little smaller at the same speed.
MEMORY = 9
KINDS = {"text/html", "text/csv", "application/json"}
# A name of random length in the head of the stream blurs the size, by which one could otherwise
# guess a secret that stands in the page beside text of the guesser's (BREACH).
BLUR = 100
# RFC 1952: deflate, a file name follows, no time, unknown system.
HEAD = b"\x1f\x8b\x08\x08\x00\x00\x00\x00\x00\xff"


@dataclass(frozen=True)
class Part:
    """A part of pages that is made once and sent often."""

    text: str

    @cached_property
    def plain(self) -> bytes:
        """The part as it stands in the page."""
        return self.text.encode()

    @cached_property
    def packed(self) -> bytes:
        """The part deflated, to be put between others: it refers to nothing outside itself."""
        packer = _packer(LEVEL_KEPT)
        # A full flush ends at a whole byte and forgets what went before.
        return packer.compress(self.plain) + packer.flush(zlib.Z_FULL_FLUSH)


def contains(part: Part) -> None:
    """Say that the present answer has that part in it."""
    g.part = part


def register(app: Flask) -> None:
    """Compress what is long enough and will be understood."""
    app.after_request(_compress)


def _compress(response: Response) -> Response:
    response.vary.add("Accept-Encoding")
    if (
        response.mimetype not in KINDS
        or response.direct_passthrough
        or response.is_streamed
        or "Content-Encoding" in response.headers
        or request.accept_encodings.quality("gzip") <= 0
        or (response.content_length or 0) < SMALLEST
    ):
        return response
    response.set_data(_gzip(response.get_data(), g.get("part")))
    response.headers["Content-Encoding"] = "gzip"
    return response


def _gzip(data: bytes, part: Part | None) -> bytes:
    """A gzip stream of the data; a kept part that stands in it is put in as it is."""
    before, inside, after = data.partition(part.plain) if part else (data, b"", b"")
    packer = _packer(LEVEL_OF_LONG if len(before) + len(after) > LONG else LEVEL)
    pieces = [
        HEAD + b"a" * (1 + secrets.randbelow(BLUR)) + b"\0",
        packer.compress(before),
        packer.flush(zlib.Z_FULL_FLUSH),  # to a whole byte, where the part can follow
        part.packed if part and inside else b"",
        packer.compress(after),
        packer.flush(),  # the end of the stream
        struct.pack("<LL", zlib.crc32(data), len(data) & 0xFFFFFFFF),
    ]
    return b"".join(pieces)


def _packer(level: int) -> "zlib._Compress":
    """Raw deflate: head and checksum of the stream are ours."""
    return zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS, MEMORY)
