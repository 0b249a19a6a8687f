"""Structured logs: one JSON object a line, each with the id of its request."""

import json
import logging
import re
import sys
import time
import uuid
from datetime import UTC, datetime

from flask import Flask, g, has_request_context, request
from typing_extensions import override
from werkzeug.wrappers import Response

log = logging.getLogger("tracker.request")
# The secrets of links are longer than any word of an address; signed ones have dots inside.
SECRET = re.compile(r"[\w.-]{24,}")


class JsonLines(logging.Formatter):
    """A record as one line of JSON."""

    @override
    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if has_request_context():
            line["request_id"] = g.get("request_id")
        line |= getattr(record, "fields", {})
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


def to_stderr(level: int = logging.INFO) -> None:
    """Send all logs to stderr as JSON lines (for the server and the worker)."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in ("alembic", "huey"):  # they tell every step
        logging.getLogger(name).setLevel(logging.WARNING)


def register(app: Flask) -> None:
    """Give every request an id and write a line when it is answered."""
    app.before_request(_begin)
    app.after_request(_end)


def _begin() -> None:
    g.request_id = uuid.uuid4().hex[:12]
    g.began = time.perf_counter()


def _end(response: Response) -> Response:
    response.headers["X-Request-Id"] = g.get("request_id", "")
    milliseconds = round((time.perf_counter() - g.get("began", time.perf_counter())) * 1000, 1)
    log.info(
        "answered",
        extra={
            "fields": {
                "method": request.method,
                "path": _path(),
                "status": response.status_code,
                "ms": milliseconds,
            }
        },
    )
    return response


def _path() -> str:
    """The path asked for; the secret of an invitation or a feed is nobody's to read in a log.

    Of what leads nowhere (calendar programs try other methods too) all that looks like one goes.
    """
    if request.view_args is None:
        return SECRET.sub("…", request.path)
    secret = request.view_args.get("secret")
    return request.path.replace(secret, "…") if secret else request.path
