"""Where the lines of a centred heading break, so that no word of two syllables is torn apart."""

from collections.abc import Callable, Iterable
from itertools import combinations

from tracker.exports.report.measure import width

# A heading that needs more lines, or has more words to try, is left to wrap by itself.
MOST_LINES = 3
MOST_WORDS = 40
BREAKS = frozenset({"của", "tại", "of", "at", "for"})


def name_lines(name: str, room: float, size: float) -> str:
    """The name of a body in capitals: broken where it was typed so, else before a capital.

    In "Đo lường Chất lượng" the capitals tell which syllables belong together.
    """
    if "\n" in name:
        return name.upper()
    return _broken(name.split(), str.upper, lambda word: word[:1].isupper(), room, size)


def subject_lines(subject: str, room: float, size: float) -> str:
    """A subject, broken before "của" (of) or "tại" (at) if that will do."""
    return _broken(subject.split(), str, BREAKS.__contains__, room, size)


def _broken(
    words: list[str],
    shown: Callable[[str], str],
    is_good: Callable[[str], bool],
    room: float,
    size: float,
) -> str:
    text = shown(" ".join(words))
    good = [at for at, word in enumerate(words) if at and is_good(word)]
    for count in range(1, MOST_LINES + 1 if len(words) <= MOST_WORDS else 1):
        for places in (good, range(1, len(words))):
            lines = _even(text.split(), places, count, (room, size))
            if lines:
                return "\n".join(lines)
    return text


def _even(
    words: list[str], places: Iterable[int], count: int, within: tuple[float, float]
) -> tuple[str, ...]:
    """The words on that many lines of much the same length; () if they do not fit."""
    room, size = within
    ways = (
        tuple(" ".join(words[a:b]) for a, b in zip((0, *cuts), (*cuts, None), strict=True))
        for cuts in combinations(places, count - 1)
    )
    fitting = (lines for lines in ways if _longest(lines, size) <= room)
    return min(fitting, key=lambda lines: _unevenness(lines, size), default=())


def _unevenness(lines: tuple[str, ...], size: float) -> float:
    return sum(width(line, size, is_bold=True) ** 2 for line in lines)


def _longest(lines: tuple[str, ...], size: float) -> float:
    return max(width(line, size, is_bold=True) for line in lines)


def rule_length(text: str, room: float, size: float) -> float:
    """The length of a rule below a heading: between a third and a half of its longest line."""
    return min(_longest(tuple(text.split("\n")), size), room) * 0.42
