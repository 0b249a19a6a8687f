"""Files that are taken away: how they are served, and lists that are had as sheets."""

from collections.abc import Callable, Mapping
from io import BytesIO

from flask import send_file
from werkzeug.wrappers import Response

from tracker.exports.sheets import csv, xlsx
from tracker.lib.sheets import file_name
from tracker.web import turns
from tracker.web.responses import found

SHEETS: Mapping[str, str] = {"csv": csv.CONTENT_TYPE, "xlsx": xlsx.CONTENT_TYPE}


def taken(content: bytes, name: str, content_type: str) -> Response:
    """The file, to be kept under that name; never from a cache, for who may have it changes."""
    return send_file(
        BytesIO(content),
        mimetype=content_type,
        as_attachment=True,
        download_name=name,
        max_age=0,
    )


def sheet(
    format_name: str, make: Mapping[str, Callable[[], bytes]], subject: str, words: str
) -> Response:
    """The list as `make` has it for that format, made in its turn; 404 for other formats.

    Commit first: who waits for a turn holds no connection. Its name is `subject_words.format`.
    """
    content_type = found(SHEETS.get(format_name))
    with turns.turn():
        content = make[format_name]()
    return taken(content, file_name(subject, words, None, format_name), content_type)
