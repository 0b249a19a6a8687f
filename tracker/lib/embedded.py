"""The mark that our report files carry, found in a file however it was renamed, cut or changed."""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

# As `NQI-12-0123456789abcdef`: the report, and how the digest of its facts begins.
_MARK = re.compile(rb"NQI-(\d{1,9})-([0-9a-f]{16})(?![0-9a-f])")
# A local header of a ZIP archive: its signature, the method of packing, lengths of two names.
_MEMBER = re.compile(rb"PK\x03\x04.{4}(.{2}).{16}(.{2})(.{2})", re.DOTALL)
_DEFLATED = b"\x08\x00"
# A stream of a PDF, where others than we may have packed what describes the file. Looked for from
# the last of many filters, so that a file of nothing but filters takes no longer than another.
_STREAM = re.compile(rb"FlateDecode(?:(?!FlateDecode).){0,400}?stream\r?\n", re.DOTALL)
# "NQI-" and what follows in UTF-16 as hexadecimal digits, as some write keywords into a PDF.
_SPELT = re.compile(rb"004E00510049002D(?:00[0-9A-F]{2}){18,26}", re.IGNORECASE)
# What describes a file is small, and there are not many parts of it.
_MOST_PARTS = 400
_LARGEST_PART = 256 * 1024


@dataclass(frozen=True)
class Mark:
    """Of which report a file is, and of which facts: the first 16 digits of their SHA-256."""

    report_id: int
    digest: str


def mark_in(content: bytes) -> Mark | None:
    """The mark of a report, or nothing. Never fails, and unpacks at most 100 MB in small pieces."""
    for part in _parts(content):
        found = _MARK.search(part)
        if found:
            return Mark(int(found[1]), found[2].decode())
    return None


def _parts(content: bytes) -> Iterator[bytes]:
    yield content
    yield from _members(content)
    yield from _streams(content)
    yield content.replace(b"\0", b"")  # UTF-16, as some editors write
    for spelt in islice(_SPELT.finditer(content), _MOST_PARTS):
        yield bytes.fromhex(spelt[0].decode()).replace(b"\0", b"")


def _members(content: bytes) -> Iterator[bytes]:
    """What is packed in an Office file, also in one whose end (and so its list) is missing."""
    for header in islice(_MEMBER.finditer(content), _MOST_PARTS):
        method, *lengths = header.groups()
        if method == _DEFLATED:
            names = sum(int.from_bytes(length, "little") for length in lengths)
            yield _unpacked(content, header.end() + names, -zlib.MAX_WBITS)


def _streams(content: bytes) -> Iterator[bytes]:
    for stream in islice(_STREAM.finditer(content), _MOST_PARTS):
        yield _unpacked(content, stream.end(), zlib.MAX_WBITS)


def _unpacked(content: bytes, start: int, window: int) -> bytes:
    """The beginning of what is packed there; as much as can be read of what is broken."""
    unpacking = zlib.decompressobj(window)
    packed = memoryview(content)[start : start + _LARGEST_PART]
    try:
        return unpacking.decompress(packed, _LARGEST_PART)
    except zlib.error:
        return b""
