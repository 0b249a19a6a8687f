"""Working days: Monday to Friday, less public holidays, plus working Saturdays."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from datetime import date, timedelta

_DAY = timedelta(days=1)
_SATURDAY = 5
_LAST = date.max.toordinal()


@dataclass(frozen=True)
class Calendar:
    """Days off and swapped days that an administrator keeps (domain.md §6.1).

    A day both a holiday and a working day is a working day: a swap is decided later.
    """

    holidays: frozenset[date] = frozenset()
    working: frozenset[date] = frozenset()
    # Ordinals of week days that are off, and of weekend days that are worked, in order.
    _off: tuple[int, ...] = field(init=False, repr=False, compare=False)
    _extra: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        off = {d for d in self.holidays - self.working if d.weekday() < _SATURDAY}
        extra = {d for d in self.working if d.weekday() >= _SATURDAY}
        object.__setattr__(self, "_off", tuple(sorted(d.toordinal() for d in off)))
        object.__setattr__(self, "_extra", tuple(sorted(d.toordinal() for d in extra)))

    def is_working(self, d: date) -> bool:
        """Whether people work on that day."""
        return d in self.working or (d.weekday() < _SATURDAY and d not in self.holidays)

    def add(self, d: date, n: int) -> date:
        """The n-th working day after d, before d when n is negative; d itself when n is 0."""
        step = _DAY if n >= 0 else -_DAY
        left = abs(n)
        while left:
            d += step
            left -= self.is_working(d)
        return d

    def between(self, a: date, b: date) -> int:
        """Working days after a up to and including b; the negative when b is before a.

        Friday to Monday is 1. Takes the same time however far the days are apart.
        """
        if a == b:
            return 0
        return self._count_to_ordinal(b.toordinal()) - self._count_to_ordinal(a.toordinal())

    def number(self, d: date) -> int:
        """The number of the day among all working days, that of the next one when it is none.

        Working days later or earlier are then sums and differences.
        """
        return self._count_to_ordinal(d.toordinal() - 1) + 1

    def numbered(self, number: int) -> date:
        """The working day of that number; the first or the last day there is, if it lies beyond."""
        # Where it would lie if no day differed from its weekday; each that does moves it by less
        # than two days.
        near = min(max(number * 7 // 5, 1), _LAST)
        reach = (len(self._off) + len(self._extra)) * 2 + 14
        days = range(max(1, near - reach), min(_LAST, near + reach))
        return date.fromordinal(days.start + bisect_left(days, number, key=self._count_to_ordinal))

    def next_working(self, d: date) -> date:
        """That day when it is a working day, else the first one after it."""
        while not self.is_working(d):
            d += _DAY
        return d

    def previous_working(self, d: date) -> date:
        """That day when it is a working day, else the last one before it."""
        while not self.is_working(d):
            d -= _DAY
        return d

    def _count_to_ordinal(self, ordinal: int) -> int:
        """Working days from 01/01/0001, a Monday, up to and including the day of that ordinal."""
        weeks, rest = divmod(ordinal, 7)
        plain = weeks * 5 + min(rest, 5)
        return plain - bisect_right(self._off, ordinal) + bisect_right(self._extra, ordinal)
