"""Both languages are complete: what a page, file or mail says in Vietnamese, it says in English."""

import ast
import re
from functools import cache

from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from tests import source

PLACE = re.compile(r"%\((\w+)\)[sd]|%%")
CATALOGUE = source.PACKAGE / "translations/en/LC_MESSAGES/messages.po"
KEYWORDS = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2)}
HINT = "run `make messages`, then translate"


@cache
def used():
    """Every message the code and the templates can say, with a file that says it."""
    with (source.ROOT / "babel.cfg").open(encoding="utf-8") as config:
        methods, options = parse_mapping_cfg(config)
    found = extract_from_dir(source.ROOT, methods, options, KEYWORDS)
    return {message: file for file, _line, message, _comments, _context in found}


@cache
def english():
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="en")


def first(message):
    return message[0] if isinstance(message, tuple) else message


def test_every_message_has_its_english():
    missing = {
        first(message): file
        for message, file in used().items()
        if first(message)
        and ((entry := english().get(first(message))) is None or not all(texts_of(entry)))
    }

    assert missing == {}, HINT


def texts_of(entry):
    return entry.string if isinstance(entry.string, tuple | list) else [entry.string]


def test_no_message_hides_where_it_is_not_collected():
    """What stands inside an f-string is not found by Babel."""
    known = {first(message) for message in used()}
    hidden = {
        (source.name(path), said.value)
        for path in source.python()
        for string in ast.walk(source.tree(path))
        if isinstance(string, ast.JoinedStr)
        for call in ast.walk(string)
        if isinstance(call, ast.Call) and name_of(call.func) in KEYWORDS and call.args
        for said in call.args[:1]
        if isinstance(said, ast.Constant) and said.value not in known
    }

    assert hidden == set()


def name_of(function):
    return getattr(function, "id", None) or getattr(function, "attr", None)


def test_no_translation_is_a_guess_or_left_over():
    assert [entry.id for entry in english() if entry.id and entry.fuzzy] == [], HINT
    needed = {first(message) for message in used()}
    left = [entry.id for entry in english() if entry.id and first(entry.id) not in needed]
    assert left == [], HINT


def test_translations_fill_the_same_places():
    differing = [
        entry.id
        for entry in english()
        if entry.id
        for text in texts_of(entry)
        if text and set(PLACE.findall(text)) != set(PLACE.findall(first(entry.id)))
    ]

    assert differing == []


def test_english_knows_one_and_many():
    assert (english().num_plurals, english().plural_expr) == (2, "(n != 1)")
