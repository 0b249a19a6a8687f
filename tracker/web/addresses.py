"""Addresses: what may stand in them, and how templates come by them."""

from collections.abc import Callable
from functools import lru_cache

from flask import Flask, request
from typing_extensions import override
from werkzeug.routing import IntegerConverter, Map, UnicodeConverter

from tracker.lib.numbers import LARGEST

MOST = 4096


class IdConverter(IntegerConverter):
    """`<int:…>` as far as an id can go: what is larger is the id of nothing.

    To refuse it here would be to say that another method is allowed, where there is one.
    """

    regex = r"\d{1,10}"

    @override
    def to_python(self, value: str) -> int:
        """The id, or 0."""
        number = int(value)
        return number if number <= LARGEST else 0


class TextConverter(UnicodeConverter):
    """`<…>` without NUL, which nothing is called by and PostgreSQL refuses to look for."""

    def __init__(self, map: Map, **limits: int) -> None:  # noqa: A002 - Werkzeug's name
        super().__init__(map, **limits)
        self.regex = self.regex.replace("[^/]", r"[^/\x00]")


def register(app: Flask) -> None:
    """Read every `<int:…>` and `<…>` so; before the rules are made. Let templates ask for them."""
    app.url_map.converters.update({"int": IdConverter, "default": TextConverter})
    app.jinja_env.globals["url_for"] = remembered(app.url_for)


def remembered(url_for: Callable[..., str]) -> Callable[..., str]:
    """Flask's `url_for` for addresses on this host, of which a page has a hundred."""

    @lru_cache(MOST, typed=True)
    def known(_root: str, endpoint: str, *values: tuple[str, object]) -> str:
        return url_for(endpoint, **dict(values))

    def address(endpoint: str, **values: object) -> str:
        return known(request.script_root, endpoint, *values.items())

    return address
