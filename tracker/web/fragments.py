"""Pieces of pages, rendered once for all who see them alike."""

import secrets
from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock

from flask import current_app, g, request
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup

from tracker.web.language import current

MOST = 4_000_000  # characters: eight megabytes
# Stands in a kept piece where each reader's own token goes; nobody can type it.
TOKEN = secrets.token_urlsafe(24)


class Fragments:
    """The pieces used last, by all that they were made from."""

    def __init__(self) -> None:
        self._pieces: OrderedDict[Hashable, Markup] = OrderedDict()
        self._length = 0
        self._lock = Lock()

    def get(self, key: Hashable) -> Markup | None:
        """The piece, which is then the one used last."""
        with self._lock:
            piece = self._pieces.get(key)
            if piece is not None:
                self._pieces.move_to_end(key)
            return piece

    def put(self, key: Hashable, piece: Markup) -> None:
        """Keep the piece, and let go of those not used for longest."""
        with self._lock:
            self._length += len(piece) - len(self._pieces.pop(key, ""))
            self._pieces[key] = piece
            while self._length > MOST:
                self._length -= len(self._pieces.popitem(last=False)[1])


_fragments = Fragments()


def rendered(template: str, row: Hashable = None, /, **given: Hashable) -> Markup:
    """The template for that row (or whatever it takes), made once.

    All it may show is in what it is given: not the reader, their rights or the day, unless given.
    """
    key = (template, row, *given.items(), current().code, request.script_root)
    piece = None if current_app.debug else _fragments.get(key)
    if piece is None:
        piece = _made(template, row=row, **given)
        _fragments.put(key, piece)
    if "is_kept" in g or TOKEN not in piece:
        return piece
    return Markup(piece.replace(TOKEN, generate_csrf()))  # noqa: S704 - a token is plain


def csrf_token() -> str:
    """The reader's token, for templates; in what is kept, its place."""
    return TOKEN if "is_kept" in g else str(generate_csrf())


def _made(template: str, **given: Hashable) -> Markup:
    is_inside = "is_kept" in g
    g.is_kept = True
    try:
        text = current_app.jinja_env.get_template(template).render(**given)
    finally:
        if not is_inside:
            del g.is_kept
    return Markup(text)  # noqa: S704 - our own template, which escapes
