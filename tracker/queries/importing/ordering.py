"""The order of the rows is the order of the plan, where the file was put in another order."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from tracker.queries.importing.earlier import Before
from tracker.queries.importing.standing import StandingMilestone, StandingTask

Thing = TypeVar("Thing", StandingMilestone, StandingTask)


def new_positions(things: Iterable[Thing], before: Mapping[str, Before]) -> dict[str, int]:
    """Positions by code for things of the file, in its order, that stand in another one.

    They change places among themselves: whatever stands between them stays. Nothing moves when
    the file has them in the order in which it had them before.
    """
    lists: dict[object, list[Thing]] = defaultdict(list)
    for thing in things:
        lists[_list_of(thing)].append(thing)
    found: dict[str, int] = {}
    for listed in lists.values():
        if not _as_before(listed, before):
            places = sorted(thing.position for thing in listed)
            for thing, position in zip(listed, _apart(places), strict=True):
                if thing.position != position:
                    found[thing.code] = position
    return found


def _list_of(thing: StandingMilestone | StandingTask) -> object:
    if isinstance(thing, StandingTask):
        return (thing.strand, thing.milestone_id, thing.parent_id)
    return thing.strand


def _as_before(
    listed: Sequence[StandingMilestone | StandingTask], before: Mapping[str, Before]
) -> bool:
    stood = [before[thing.code].place for thing in listed if thing.code in before]
    positions = [(thing.position, thing.id) for thing in listed]
    return positions == sorted(positions) or (len(stood) == len(listed) and stood == sorted(stood))


def _apart(places: Sequence[int]) -> list[int]:
    """The places, each after the one before it: two things must not share one."""
    found: list[int] = []
    for place in places:
        found.append(max(place, found[-1] + 1) if found else place)
    return found
