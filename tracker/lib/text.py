"""How Vietnamese text is normalised, folded, ordered, shortened and marked."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

# Combining marks of Vietnamese after NFD. Quality marks make another letter, tones do not.
_BREVE, _CIRCUMFLEX, _HORN = "\u0306", "\u0302", "\u031b"
_FIRST_MARK = "\u0300"  # no mark is below it, which spares asking for most letters
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_OTHER_MARK = 6

# Letters with a place of their own in the alphabet (domain.md §6.4). "{" and "|" follow "z",
# so that "ă" comes after every "a…" and before "b".
_LETTERS = {
    ("a", _BREVE): "a{",
    ("a", _CIRCUMFLEX): "a|",
    ("e", _CIRCUMFLEX): "e{",
    ("o", _CIRCUMFLEX): "o{",
    ("o", _HORN): "o|",
    ("u", _HORN): "u{",
}

# Signs of a sort key, all lower than any digit or letter, in this order.
_NEXT_PART, _TONES_FOLLOW, _SPACE, _LAST_PUNCTUATION = " ", "!", '"', "/"

_WORD = re.compile(r"\w+")
# Direction overrides and isolates, invisible spaces, surrogates, non-characters: they hide or
# reorder what is read, and XML and PostgreSQL refuse some of them.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060"
    "\u2066-\u2069\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)
_LINE_END = re.compile("\r\n?|[\u0085\u2028\u2029]")


def nfc(s: str) -> str:
    """The form everything is stored in: one code point per Vietnamese letter."""
    return unicodedata.normalize("NFC", s)


def strip_controls(s: str) -> str:
    """Remove control characters, direction overrides and invisible spaces; keep tabs and lines.

    Line ends of any kind become a line feed.
    """
    return _UNWANTED.sub("", _LINE_END.sub("\n", s))


def fold(s: str) -> str:
    """Lower case without marks and with đ as d, white space collapsed: what search compares.

    NFD does not take đ apart, hence the replacement (tech.md §4).
    """
    return " ".join(_bare(s).split())


def _bare(s: str) -> str:
    decomposed = unicodedata.normalize("NFD", s.casefold())
    kept = "".join(c for c in decomposed if c < _FIRST_MARK or unicodedata.category(c) != "Mn")
    return kept.replace("đ", "d")


def sort_key_vi(s: str) -> str:
    """A key of printable ASCII whose byte order is Vietnamese order (domain.md §6.4).

    Letters first, a ă â b c d đ e ê …; then tones ngang, huyền, hỏi, ngã, sắc, nặng; case is
    ignored. White space and punctuation come before digits, digits before letters, other
    scripts last.
    """
    letters: list[str] = []
    tones: list[int] = []
    for cluster in _clusters(" ".join(s.split())):
        letter, tone = _weights(cluster)
        letters.append(letter)
        tones.append(tone)
    toned = "".join(map(str, tones)).rstrip("0")
    return "".join(letters) + (_TONES_FOLLOW + toned if toned else "")


def _clusters(s: str) -> list[str]:
    """Split into base characters, each with the marks that follow it."""
    clusters: list[str] = []
    for char in unicodedata.normalize("NFD", s.casefold()):
        if clusters and unicodedata.combining(char):
            clusters[-1] += char
        else:
            clusters.append(char)
    return clusters


@lru_cache(maxsize=4096)
def _weights(cluster: str) -> tuple[str, int]:
    """The letter and the tone of one cluster, as parts of a sort key."""
    base, marks = cluster[0], cluster[1:]
    letter, tone = _letter(base), 0
    for mark in marks:
        if (base, mark) in _LETTERS:
            letter = _LETTERS[base, mark]
        else:
            tone = _TONES.get(mark, _OTHER_MARK)
    return letter, tone


def _letter(base: str) -> str:
    if base == "đ":
        return "d{"
    if base.isspace():
        return _SPACE
    if base.isascii():
        return base if base.isalnum() or "#" <= base <= _LAST_PUNCTUATION else _LAST_PUNCTUATION
    if base.isalnum():
        return f"~{ord(base):06x}"
    return _LAST_PUNCTUATION


def name_sort_key(full_name: str) -> str:
    """Order people by given name, then middle names, then family name (domain.md §6.3).

    Written family first, as in Vietnam. Every Anh precedes every Ánh, whatever the family.
    """
    family, middle, given = _name_parts(full_name)
    return _NEXT_PART.join(map(sort_key_vi, (given, middle, family))).rstrip()


def _name_parts(full_name: str) -> tuple[str, str, str]:
    """Family, middle and given name; a single word is a given name."""
    words = full_name.split()
    if len(words) < 2:
        return "", "", "".join(words)
    return words[0], " ".join(words[1:-1]), words[-1]


def initials(full_name: str) -> str:
    """Two capitals for the round sign of a person: Đỗ Mai Lan is ML, a single word An is AN.

    Empty when the name has no letter or digit.
    """
    words = [word for word in (_only_alphanumeric(w) for w in nfc(full_name).split()) if word]
    if len(words) == 1:
        return words[0][:2].upper()
    return "".join(word[0] for word in words[-2:]).upper()


def _only_alphanumeric(word: str) -> str:
    return "".join(c for c in word if c.isalnum())


def highlight(original: str, query: str) -> list[tuple[str, bool]]:
    """Cut the original (as NFC) into parts, True where words begin as the query's words do.

    Compared folded; a query word of one letter has to be a whole word. The parts put together
    are the original; an empty original has none.
    """
    text = nfc(original)
    pattern = _any_word_of(query)
    if pattern is None:
        return [(text, False)] if text else []
    folded, places = _folded_with_places(text)
    parts: list[tuple[str, bool]] = []
    end = 0
    for match in pattern.finditer(folded):
        start = places[match.start()]
        parts.append((text[end:start], False))
        end = places[match.end()]
        parts.append((text[start:end], True))
    parts.append((text[end:], False))
    return [part for part in parts if part[0]]


@lru_cache(maxsize=64)
def _any_word_of(query: str) -> re.Pattern[str] | None:
    words = {word.strip("\"'()[]{}.,;:!?*") for word in fold(query).split()}
    words |= {part for word in words for part in _WORD.findall(word)}
    if not (words - {""}):
        return None
    longest_first = sorted(words - {""}, key=lambda word: (-len(word), word))
    return re.compile(r"(?<!\w)(?:" + "|".join(map(_begins_with, longest_first)) + ")")


def _begins_with(word: str) -> str:
    return re.escape(word) + (r"(?!\w)" if len(word) == 1 else "")


@lru_cache(maxsize=1024)
def _bare_sign(sign: str) -> str:
    return _bare(sign)


@lru_cache(maxsize=512)
def _folded_with_places(text: str) -> tuple[str, Sequence[int]]:
    """The text folded sign by sign, and for each folded place its place in the text."""
    folded: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        bare = _bare_sign(char)
        folded.append(bare)
        places.extend([place] * len(bare))
    return "".join(folded), (*places, len(text))


def exact_mark_rank(original: str, query: str) -> int:
    """How many query words typed with marks the original has not with these marks; 0 is best.

    Words typed without marks do not count: they mean any marks. hòa and hoà are the same.
    """
    typed = _typed_with_marks(query)
    if not typed:
        return 0
    have = [_spelling(word) for word in _WORD.findall(nfc(original))]
    return sum(not _is_among(word, have) for word in typed)


@lru_cache(maxsize=64)
def _typed_with_marks(query: str) -> tuple[tuple[str, str], ...]:
    return tuple(map(_spelling, marked_words(query)))


def marked_words(query: str) -> list[str]:
    """The words of the query that were typed with marks, as NFC."""
    return [word for word in _WORD.findall(nfc(query)) if word.casefold() != fold(word)]


def _is_among(wanted: tuple[str, str], have: list[tuple[str, str]]) -> bool:
    letters, tone = wanted
    return any(tone == its_tone and its.startswith(letters) for its, its_tone in have)


@lru_cache(maxsize=8192)
def _spelling(word: str) -> tuple[str, str]:
    """The letters with their quality marks, and the tone apart, wherever it stands."""
    decomposed = unicodedata.normalize("NFD", word.casefold())
    letters = "".join(c for c in decomposed if c not in _TONES)
    return nfc(letters), "".join(c for c in decomposed if c in _TONES)
