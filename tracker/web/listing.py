"""Addresses of the list that is shown: of another screen of it, of a narrower one, of its files."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from flask import request, url_for


def address(number: int) -> str:
    """The same list at that screen."""
    asked = [(name, value) for name, value in request.args.items(multi=True) if value]
    kept = [(name, value) for name, value in asked if name != "page"]
    query = urlencode([*kept, *([("page", str(number))] if number > 1 else [])])
    return f"{request.path}?{query}" if query else request.path


def narrowed(**asked: object) -> str:
    """The first screen of the same list, asked for with those filters instead; "" drops one."""
    kept = {name: value for name, value in request.args.items() if name != "page"}
    kept |= {name: str(value) for name, value in asked.items()}
    query = urlencode({name: value for name, value in kept.items() if value})
    return f"{request.path}?{query}" if query else request.path


def file_at(endpoint: str, **place: Any) -> Callable[[str], str]:
    """Where what is asked for of the list is had as a file, by the name of its format."""
    asked = [(name, value) for name, value in request.args.items(multi=True) if value]
    query = urlencode([(name, value) for name, value in asked if name != "page"])

    def at(format_name: str) -> str:
        here = url_for(endpoint, format_name=format_name, **place)
        return f"{here}?{query}" if query else here

    return at
