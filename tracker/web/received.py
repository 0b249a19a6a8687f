"""What is sent, without NUL characters: no text of ours has one, and PostgreSQL takes none."""

from collections.abc import Iterable
from typing import Any

from flask import Flask
from htmx_flask import HtmxAwareRequest
from werkzeug.datastructures import ImmutableMultiDict

NUL = "\0"


class Parameters(ImmutableMultiDict[str, Any]):
    """Of an address or a form: texts, or files."""

    def __init__(self, sent: Iterable[tuple[str, Any]] = ()) -> None:
        super().__init__([(name, _clean(value)) for name, value in sent])


class CleanRequest(HtmxAwareRequest):  # type: ignore[misc]  # htmx-flask has no types
    """A request whose parameters can all be asked of the database."""

    parameter_storage_class = Parameters


def register(app: Flask) -> None:
    """Receive everything so; after htmx-flask, which would have its own way."""
    app.request_class = CleanRequest


def _clean(value: Any) -> Any:
    return value.replace(NUL, "") if isinstance(value, str) else value
