"""What waits for what, and what follows from it for the dates.

The arithmetic is that of the critical path method (CPM) in the words of the PMI Practice Standard
for Scheduling and of ISO 21502: finish-to-start links with a lag, a forward pass that gives the
earliest finishes, a backward pass that gives the latest ones, and the total float between them.

Units: lags, durations and floats are working days. Inside, a day is its number among the working
days (`Calendar.number`), so that all the arithmetic is on whole numbers; a day on which nobody
works counts as the next one on which people do. Nothing here recurses.
"""

from collections import defaultdict, deque
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from typing import Generic, NamedTuple, TypeVar

from tracker.lib.workdays import Calendar

Key = TypeVar("Key", bound=Hashable)


class Link(NamedTuple, Generic[Key]):
    """`successor` begins no earlier than `lag` working days after `predecessor` has ended."""

    predecessor: Key
    successor: Key
    lag: int = 0


class Item(NamedTuple, Generic[Key]):
    """A milestone, or a task, as far as its dates go."""

    key: Key
    # When it was or will be reached; None where nobody has said.
    finish: date | None = None
    # Working days it takes once it may begin; 0 for milestones and for what has begun.
    duration: int = 0
    # When it was to be reached by the plan.
    target: date | None = None
    # Over and done: its finish is a fact that nothing pushes.
    is_over: bool = False


class Push(NamedTuple, Generic[Key]):
    """An item that cannot keep its date, the first date it can keep, and what it waits for."""

    key: Key
    old: date
    new: date
    working_days: int
    behind: Key


class Step(NamedTuple, Generic[Key]):
    """An item of a critical chain.

    `slack`: how much later it may be before it pushes the next one of the chain (free float);
    None for the last one. `total`: before an end of the network misses its target (total float);
    negative where it does so already, None where no end has a target.
    """

    key: Key
    slack: int | None
    total: int | None


@dataclass(frozen=True)
class Network(Generic[Key]):
    """Items and the links among them. Links to anything else, and rings, count for nothing."""

    items: Mapping[Key, Item[Key]]
    links: Sequence[Link[Key]]
    calendar: Calendar

    def pushed(
        self, moved: Key, to: date, *, held: Collection[Key] = frozenset()
    ) -> list[Push[Key]]:
        """What can no longer keep its date once `moved` is reached on that day, in order.

        A link pushes only where its successor would fall before predecessor and lag, and only
        behind something that moved later; nothing is ever pulled earlier. What is `held` is told
        of but stays, and with it whatever waits for it alone. Undated items pass the wave on.
        """
        finish = self.items[moved].finish
        if finish is not None and to <= finish:
            return []
        pushes = []
        needs: dict[Key, tuple[int, Key]] = {moved: (self._number(to), moved)}
        for key in order(reached(followers(self._inside), [moved]), self._inside):
            if key not in needs or (key != moved and self._keeps(key, needs[key][0])):
                continue
            number, behind = needs[key]
            if key != moved and self.items[key].finish is not None:
                pushes.append(self._push(key, number, behind))
            for link in () if key in held else self._after[key]:
                need = self._need(number, link)
                if need > needs.get(link.successor, (0, key))[0]:
                    needs[link.successor] = (need, key)
        return pushes

    def allowed(self, key: Key) -> Push[Key] | None:
        """How the item would have to move for what it waits for to keep its date; None if it fits.

        Only its own links count, and what they lead to as it is now.
        """
        needs = [
            (self._need(self._number(finish), link), link.predecessor)
            for link in self._before[key]
            if (finish := self.items[link.predecessor].finish) is not None
        ]
        number, behind = max(needs, key=lambda need: need[0], default=(0, key))
        if not needs or self.items[key].finish is None or self._keeps(key, number):
            return None
        return self._push(key, number, behind)

    def earliest(self) -> dict[Key, date]:
        """When each is reached at the earliest: on its own date, or later where a link says so.

        What is over keeps its date; what has no date and waits for nothing dated is left out.
        """
        return {
            key: finish
            if (finish := self.items[key].finish) and self._number(finish) == number
            else self._day(number)
            for key, number in self._early.items()
        }

    def floats(self) -> dict[Key, int]:
        """The total float of what is not over, where an end that waits for it has a target."""
        return {key: latest - self._early[key] for key, latest in self._latest.items()}

    def chains(self) -> list[list[Step[Key]]]:
        """The critical chain to each end of the network, that with the least float first."""
        floats = self.floats()
        ends = (key for key in self._early if self._is_open(key) and not self._open_after(key))
        chains = [chain for end in ends if len(chain := self._chain(end, floats)) > 1]
        return sorted(chains, key=self._urgency)

    def _chain(self, end: Key, floats: Mapping[Key, int]) -> list[Step[Key]]:
        """Back from its end, each time along the link with the least slack."""
        steps = [Step(end, None, floats.get(end))]
        while waits := [
            (self._early_start(link) - self._early[link.predecessor], link.predecessor)
            for link in self._before[steps[-1].key]
            if self._is_open(link.predecessor)
        ]:
            slack, key = min(waits, key=lambda wait: wait[0])
            steps.append(Step(key, slack, floats.get(key)))
        return steps[::-1]

    def _urgency(self, chain: Sequence[Step[Key]]) -> tuple[bool, int, int]:
        total = chain[-1].total
        return total is None, total or 0, -self._early[chain[-1].key]

    @cached_property
    def _number(self) -> Callable[[date], int]:
        """`Calendar.number`; many items lie on the same days."""
        return cache(self.calendar.number)

    @cached_property
    def _day(self) -> Callable[[int], date]:
        """`Calendar.numbered`, once for each number."""
        return cache(self.calendar.numbered)

    @cached_property
    def _early(self) -> dict[Key, int]:
        """The forward pass."""
        early: dict[Key, int] = {}
        for key in order(self.items, self.links):
            item = self.items[key]
            numbers = [] if item.finish is None else [self._number(item.finish)]
            if not item.is_over:
                numbers += [
                    self._need(early[link.predecessor], link)
                    for link in self._before[key]
                    if link.predecessor in early
                ]
            if numbers:
                early[key] = max(numbers)
        return early

    @cached_property
    def _latest(self) -> dict[Key, int]:
        """The backward pass, from the targets of the ends."""
        latest: dict[Key, int] = {}
        for key in reversed(self._early):
            if not self._is_open(key):
                continue
            after, target = self._open_after(key), self.items[key].target
            numbers = [
                latest[link.successor] - self._takes(link)
                for link in after
                if link.successor in latest
            ]
            if not after and target is not None:
                numbers = [self._number(target)]
            if numbers:
                latest[key] = min(numbers)
        return latest

    @cached_property
    def _after(self) -> Mapping[Key, Sequence[Link[Key]]]:
        after = defaultdict(list)
        for link in self._inside:
            after[link.predecessor].append(link)
        return after

    @cached_property
    def _before(self) -> Mapping[Key, Sequence[Link[Key]]]:
        before = defaultdict(list)
        for link in self._inside:
            before[link.successor].append(link)
        return before

    @cached_property
    def _inside(self) -> list[Link[Key]]:
        return [
            link
            for link in self.links
            if link.predecessor in self.items and link.successor in self.items
        ]

    def _open_after(self, key: Key) -> list[Link[Key]]:
        return [link for link in self._after[key] if self._is_open(link.successor)]

    def _is_open(self, key: Key) -> bool:
        return key in self._early and not self.items[key].is_over

    def _takes(self, link: Link[Key]) -> int:
        return link.lag + self.items[link.successor].duration

    def _need(self, number: int, link: Link[Key]) -> int:
        return number + self._takes(link)

    def _early_start(self, link: Link[Key]) -> int:
        """When the predecessor must be over for the successor to be as early as it is."""
        return self._early[link.successor] - self._takes(link)

    def _keeps(self, key: Key, number: int) -> bool:
        """Whether the item may stay where it is although it needs to be on that day or later."""
        item = self.items[key]
        if item.is_over:
            return True
        return item.finish is not None and self._number(item.finish) >= number

    def _push(self, key: Key, number: int, behind: Key) -> Push[Key]:
        old = self.items[key].finish or date.min
        days = number - self._number(old)
        return Push(key, old, self._day(number), days, behind)


def followers(links: Iterable[Link[Key]]) -> Mapping[Key, Sequence[Key]]:
    """What waits for each item that is waited for at all."""
    after: dict[Key, list[Key]] = defaultdict(list)
    for link in links:
        after[link.predecessor].append(link.successor)
    return after


def reached(after: Mapping[Key, Sequence[Key]], starts: Iterable[Key]) -> list[Key]:
    """The items themselves, then whatever waits for them, near or far."""
    found = dict.fromkeys(starts)
    waiting = deque(found)
    while waiting:
        for key in after.get(waiting.popleft(), ()):
            if key not in found:
                found[key] = None
                waiting.append(key)
    return list(found)


def order(keys: Iterable[Key], links: Iterable[Link[Key]]) -> list[Key]:
    """The items so that each comes after what it waits for (Kahn 1962); rings are left out."""
    waits = dict.fromkeys(keys, 0)
    inside = [link for link in links if link.predecessor in waits and link.successor in waits]
    for link in inside:
        waits[link.successor] += 1
    after = followers(inside)
    ordered = [key for key, number in waits.items() if not number]
    for key in ordered:  # grows while it is read
        for successor in after.get(key, ()):
            waits[successor] -= 1
            if not waits[successor]:
                ordered.append(successor)
    return ordered


def ring(links: Iterable[Link[Key]], new: Link[Key]) -> list[Key]:
    """The shortest way round that the new link would close, from its predecessor back to it.

    Empty where it closes none.
    """
    after = followers(links)
    came_from: dict[Key, Key] = {new.successor: new.predecessor}
    waiting = deque([new.successor])
    while waiting and new.predecessor not in came_from:
        key = waiting.popleft()
        for successor in after.get(key, ()):
            if successor not in came_from:
                came_from[successor] = key
                waiting.append(successor)
    if new.predecessor == new.successor:
        return [new.predecessor, new.successor]
    if new.predecessor not in came_from:
        return []
    way = [new.predecessor]
    while (key := came_from[way[-1]]) != new.predecessor:
        way.append(key)
    return [new.predecessor, *reversed(way)]
