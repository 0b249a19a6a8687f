"""The reader's language: of the account, else of the cookie, else Vietnamese."""

from flask import g, request

from tracker import words
from tracker.words import Language


def choose(code: str | None) -> None:
    """Bind the language of this request once; all later calls are plain dictionary look-ups."""
    g.language = words.language(code or request.cookies.get("language") or words.DEFAULT_LANGUAGE)


def current() -> Language:
    """The language of this request."""
    if "language" not in g:
        choose(None)
    language: Language = g.language
    return language


def gettext(message: str, **values: object) -> str:
    """Translate into the reader's language."""
    return current().gettext(message, **values)


def ngettext(one: str, many: str, number: int, **values: object) -> str:
    """Translate by number into the reader's language."""
    return current().ngettext(one, many, number, **values)
