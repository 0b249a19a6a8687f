"""ISO Open Data: the metadata of deliverables as JSON lines, read one line at a time.

A line is an object with `id`, `reference`, `currentStage` (6060 for 60.60) and, where known,
`title`, `publicationDate`, `icsCode`, `ownerCommittee`. Data of ISO under ODC-By 1.0.
"""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any, BinaryIO

from tracker.lib.dates import FIRST_YEAR, LAST_YEAR
from tracker.lib.iso_records import Problem, Record
from tracker.lib.stages import code_of_number
from tracker.lib.text import nfc, strip_controls

SOURCE = "iso"
# Of the longest records of 2025, scope included, a tenth.
LONGEST_LINE = 1_000_000
LONGEST_TEXT = 500
BOM = b"\xef\xbb\xbf"
HIGHEST_STAGE = 9999


class _UnusableError(Exception):
    """Why a line cannot be used."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


def read(stream: BinaryIO) -> Iterator[Record | Problem]:
    """Every line as a record or as what is wrong with it; empty lines are passed over."""
    seen: dict[str, int] = {}
    for number, line in _lines(stream):
        try:
            record = _record(number, line)
        except _UnusableError as error:
            yield Problem(number, error.code, error.values)
            continue
        if record is None:
            continue
        if record.source_id in seen:
            yield Problem(number, "record_twice", {"other": seen[record.source_id]})
        else:
            seen[record.source_id] = number
            yield record


def _lines(stream: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """The lines by number; None for one too long to be kept."""
    number = 0
    while chunk := stream.readline(LONGEST_LINE):
        number += 1
        if number == 1:
            chunk = chunk.removeprefix(BOM)
        if len(chunk) == LONGEST_LINE and not chunk.endswith(b"\n"):
            _pass_over(stream)
            yield number, None
        else:
            yield number, chunk


def _pass_over(stream: BinaryIO) -> None:
    while (rest := stream.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
        pass


def _record(number: int, line: bytes | None) -> Record | None:
    if line is None:
        raise _UnusableError("record_line_too_long")
    if not line.strip():
        return None
    found = _object(line)
    identity, reference = found.get("id"), _text(found.get("reference"))
    if not isinstance(identity, int) or isinstance(identity, bool):
        raise _UnusableError("record_without_id")
    if not reference:
        raise _UnusableError("record_without_reference")
    return Record(
        line=number,
        source_id=f"{SOURCE}:{identity}",
        reference=reference,
        title=_title(found.get("title")),
        stage=_stage(found.get("currentStage")),
        published=_day(found.get("publicationDate")),
        ics=_list(found.get("icsCode")),
        committee=_text(found.get("ownerCommittee")),
    )


def _object(line: bytes) -> dict[str, Any]:
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _UnusableError("record_not_utf8") from error
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _UnusableError("record_not_json") from error
    if not isinstance(found, dict):
        raise _UnusableError("record_not_json")
    return found


def _text(value: object) -> str:
    """One line, in the form in which everything is stored."""
    if value is None:
        return ""
    if not isinstance(value, str):
        raise _UnusableError("record_not_text", value=str(value)[:40])
    text = " ".join(strip_controls(nfc(value)).split())
    if len(text) > LONGEST_TEXT:
        raise _UnusableError("record_text_too_long", limit=LONGEST_TEXT)
    return text


def _title(value: object) -> str:
    """The English one; a title may also be given as plain text."""
    return _text(value.get("en") if isinstance(value, dict) else value)


def _stage(value: object) -> str:
    if value is None:
        return ""
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= HIGHEST_STAGE:
        raise _UnusableError("record_stage_unreadable", value=str(value)[:40])
    return code_of_number(value)


def _day(value: object) -> date | None:
    if value is None:
        return None
    try:
        day = date.fromisoformat(str(value)[:10])
    except ValueError as error:
        raise _UnusableError("record_day_unreadable", value=str(value)[:40]) from error
    # Documents of the last century are withdrawn or reviewed; their day says nothing here.
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None


def _list(value: object) -> str:
    if value is None:
        return ""
    if not isinstance(value, list):
        raise _UnusableError("record_not_text", value=str(value)[:40])
    return ", ".join(filter(None, (_text(one) for one in value)))
