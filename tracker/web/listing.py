"""The address of another screen of the list that is shown, with its filters kept."""

from urllib.parse import urlencode

from flask import request


def address(number: int) -> str:
    """The same list at that screen."""
    asked = [(name, value) for name, value in request.args.items(multi=True) if value]
    kept = [(name, value) for name, value in asked if name != "page"]
    query = urlencode([*kept, *([("page", str(number))] if number > 1 else [])])
    return f"{request.path}?{query}" if query else request.path
