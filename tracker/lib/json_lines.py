"""A frozen dataclass as lines of JSON, so that its long lists pass through little memory.

The first line holds everything but the lists of dataclasses; every entry of those is a line of its
own, under the name of its list. The same value always gives the same lines.
"""

import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import fields, is_dataclass
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints

from tracker.lib.plain import Same, plain, reader

T = TypeVar("T")
_written = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def lines(value: object, *, without: Collection[str] = ()) -> Iterator[bytes]:
    """The lines, each with its end; the fields named by `without` are left out."""
    lists = _lists(type(value))
    kept = [field.name for field in fields(cast(Any, value)) if field.name not in without]
    yield _line({name: plain(getattr(value, name)) for name in kept if name not in lists})
    for name in kept:
        if name in lists:
            for entry in getattr(value, name):
                yield _line({name: plain(entry)})


def parse(kind: type[T], text: Iterable[bytes]) -> T:
    """What `lines` was given. Fields that are absent take their defaults, unknown ones go.

    Texts that are the same, as names of groups and units, are one text in memory.
    """
    same = Same()
    readers = {name: reader(entry, same) for name, entry in _lists(kind).items()}
    found: dict[str, list[Any]] = {name: [] for name in readers}
    several = iter(text)
    head = json.loads(next(several))
    for line in several if readers else ():
        for name, entry in json.loads(line).items():
            if name in readers:
                found[name].append(readers[name](entry))
    whole: T = reader(kind, same)({**head, **dict.fromkeys(found, ())})
    for name, entries in found.items():
        object.__setattr__(whole, name, tuple(entries))
    return whole


def _lists(kind: type) -> dict[str, Any]:
    """The fields that are tuples of dataclasses, with what their entries are."""
    hints = get_type_hints(kind)
    return {
        name: get_args(hint)[0]
        for name, hint in hints.items()
        if get_origin(hint) is tuple and is_dataclass(get_args(hint)[0])
    }


def _line(value: object) -> bytes:
    return f"{_written.encode(value)}\n".encode()
