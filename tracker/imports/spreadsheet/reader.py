"""The child process: bytes on standard input, a book or a refusal as JSON on standard output."""

import json
import sys
from contextlib import suppress
from pathlib import PurePath
from typing import Any

from tracker.errors import ImportRefusedError
from tracker.imports.spreadsheet import delimited, limits, xlsx
from tracker.imports.spreadsheet.book import Book, to_json

if sys.platform != "win32":  # pragma: no branch
    import resource

_ZIP = b"PK\x03\x04"
_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE2_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_TEXT_SUFFIXES = {".csv", ".tsv", ".txt"}


def main() -> None:
    """Read under limits; a refusal is an answer too, so it ends with exit code 0."""
    _limit()
    json.dump(answer(sys.stdin.buffer.read(), sys.argv[1]), sys.stdout, ensure_ascii=True)


def _limit() -> None:
    # There are no such limits on Windows; the scan and the parent's clock remain.
    if sys.platform == "win32":  # pragma: no cover
        return
    # macOS refuses a limit on memory; the others still hold.
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (limits.CHILD_MEMORY_BYTES,) * 2)
    resource.setrlimit(resource.RLIMIT_CPU, (limits.CHILD_CPU_SECONDS,) * 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def answer(data: bytes, file_name: str) -> dict[str, Any]:
    """What the parent is told."""
    try:
        book = read(data, file_name)
        _check_text(book)
        return {"book": to_json(book)}
    except ImportRefusedError as refusal:
        return {"refused": refusal.code, "values": refusal.values}
    except (MemoryError, RecursionError):
        return {"refused": "import_too_heavy", "values": {}}


def read(data: bytes, file_name: str) -> Book:
    """The cells of a file whose kind is told by its first bytes, not by its name."""
    name = PurePath(file_name.replace("\\", "/"))
    if data.startswith(_ZIP):
        return xlsx.read(data)
    if data.startswith(_OLE2):
        raise ImportRefusedError(
            "import_password" if _OLE2_ENCRYPTED in data else "import_old_format"
        )
    if name.suffix.lower() not in _TEXT_SUFFIXES:
        raise ImportRefusedError("import_not_a_spreadsheet")
    return delimited.read(data, name=name.stem)


def _check_text(book: Book) -> None:
    # One long text used by every cell is short in the file and long for everybody after it.
    characters = sum(
        len(cell)
        for sheet in book.sheets
        for row in sheet.rows.values()
        for cell in row
        if isinstance(cell, str)
    )
    if characters > limits.TEXT_CHARACTERS:
        raise ImportRefusedError("import_too_heavy")


if __name__ == "__main__":
    main()
