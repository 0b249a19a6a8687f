"""Vietnamese numbers written as words: «bốn phòng» and «4 phòng» mean as many."""

import re

_ONES = {"mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9}
# 24 and 25 have words of their own for their ones, and so have the first, second and fourth.
_AFTER_TENS = {**_ONES, "tu": 4, "lam": 5}
_ORDINALS = {**_ONES, "nhat": 1, "nhi": 2, "tu": 4}


def _any(words: dict[str, int]) -> str:
    return "|".join(words)


_NUMBER = re.compile(
    rf"\bthu (?P<ordinal>{_any(_ORDINALS)})\b(?! muoi\b)"
    rf"|\b(?:(?P<tens>{_any(_ONES)}) )?muoi(?: (?P<rest>{_any(_AFTER_TENS)}))?\b"
    rf"|\b(?P<one>{_any(_ONES)})\b"
    r"|\b0+(?P<digits>\d+)\b"
)


def in_digits(folded: str) -> str:
    """A folded text with its numbers below a hundred in digits, «thu nhat» as «thu 1», 01 as 1.

    Without their marks, words that mean something else (nam, tam) become digits too: good for
    comparing two texts, not for reading one.
    """
    return _NUMBER.sub(_digits, folded)


def _digits(found: re.Match[str]) -> str:
    if found["ordinal"]:
        return f"thu {_ORDINALS[found['ordinal']]}"
    if found["one"]:
        return str(_ONES[found["one"]])
    if found["digits"]:
        return found["digits"]
    tens, rest = found["tens"], found["rest"]
    return str(10 * (_ONES[tens] if tens else 1) + (_AFTER_TENS[rest] if rest else 0))
