"""The numbers in addresses: one that no row can have leads nowhere, instead of to the database."""

from flask import Flask
from werkzeug.routing import IntegerConverter, Map

from tracker.lib.numbers import LARGEST


class IdConverter(IntegerConverter):
    """`<int:…>` as far as an id can go."""

    regex = r"\d{1,10}"

    def __init__(self, map: Map) -> None:  # noqa: A002 - Werkzeug's name
        super().__init__(map, max=LARGEST)


def register(app: Flask) -> None:
    """Read every `<int:…>` so; before the rules are made."""
    app.url_map.converters["int"] = IdConverter
