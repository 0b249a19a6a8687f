"""Pages go over the wire compressed."""

import gzip
import io
import secrets

from flask import Flask, request
from werkzeug.wrappers import Response

SMALLEST = 1024
LEVEL = 5
KINDS = {"text/html", "text/csv", "application/json"}
# A name of random length in the head of the stream blurs the size, by which one could otherwise
# guess a secret that stands in the page beside text of the guesser's (BREACH).
BLUR = 100


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
    packed = io.BytesIO()
    name = "a" * (1 + secrets.randbelow(BLUR))
    with gzip.GzipFile(name, "wb", LEVEL, packed, mtime=0) as stream:
        stream.write(response.get_data())
    response.set_data(packed.getvalue())
    response.headers["Content-Encoding"] = "gzip"
    return response
