"""Titles that are nearly the same: a slip of the pen, a word more, another order."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Generic, TypeVar

from tracker.lib.numerals import in_digits

Key = TypeVar("Key")

ENOUGH = 0.85
SHOWN = 3
# So many titles share a word at most for it to tell anything, and so many are looked at closely.
COMMON = 400
CLOSELY = 12
_WORD = re.compile(r"\w+")
_DIGIT = re.compile(r"\d")
_ENDS = 5


class Titles(Generic[Key]):
    """Folded titles in which one looks for near ones, fast enough for thousands."""

    def __init__(self, titles: Mapping[Key, str]) -> None:
        self._titles = {key: _Title.of(title) for key, title in titles.items()}
        self._by_sign: dict[str, list[Key]] = defaultdict(list)
        for key, title in titles.items():
            for sign in _signs(title):
                self._by_sign[sign].append(key)

    def near(self, title: str) -> list[Key]:
        """The nearest few, the nearest first. Titles that differ in a number are not near."""
        asked = _Title.of(title)
        rated = ((asked.likeness(self._titles[key]), key) for key in self._likely(title))
        enough = sorted((each for each in rated if each[0] >= ENOUGH), key=lambda each: -each[0])
        return [key for _, key in enough[:SHOWN]]

    def _likely(self, title: str) -> list[Key]:
        """Those that share most words or ends."""
        shared: Counter[Key] = Counter()
        for sign in _signs(title):
            keys = self._by_sign.get(sign, ())
            if len(keys) <= COMMON:
                shared.update(keys)
        return [key for key, _ in shared.most_common(CLOSELY)]


@dataclass(frozen=True)
class _Title:
    """A title as it is written, and with the numbers that are words in digits."""

    written: str
    counted: str

    @classmethod
    def of(cls, title: str) -> "_Title":
        return cls(title, in_digits(title))

    def likeness(self, other: "_Title") -> float:
        """In either form. A word that only looks like a number must not part two titles."""
        return max(
            _likeness(self.written, other.written),
            _likeness(self.counted, other.counted) if self._has_words(other) else 0.0,
        )

    def _has_words(self, other: "_Title") -> bool:
        return self.written != self.counted or other.written != other.counted


def _signs(title: str) -> Iterable[str]:
    """Its words, and its beginning and end for titles of few words."""
    return {*_WORD.findall(title), f"{title[:_ENDS]}…", f"…{title[-_ENDS:]}"}


def _numbers(title: str) -> list[str]:
    return sorted(word for word in _WORD.findall(title) if _DIGIT.search(word))


def _likeness(one: str, other: str) -> float:
    """From 0 to 1; the dear measure only where the cheap ones do not rule it out."""
    if _numbers(one) != _numbers(other):
        return 0.0
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if matcher.real_quick_ratio() < ENOUGH or matcher.quick_ratio() < ENOUGH:
        return 0.0
    return matcher.ratio()
