"""Frozen dataclasses as plain values for a JSON column, and back again by their annotations."""

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import lru_cache
from types import UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")
Reader = Callable[[Any], Any]
PLAIN = {str, int, float, bool, type(None)}


def plain(value: object) -> object:
    """Dictionaries, lists, texts and numbers; days as ISO text, members of enums by value."""
    if type(value) in PLAIN:
        return value
    if is_dataclass(value):
        return {
            name: one if type(one := getattr(value, name)) in PLAIN else plain(one)
            for name in _names(cast("Any", type(value)))
        }
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value


@lru_cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


class Same(dict[str, str]):
    """Gives for a text the first that was equal to it."""

    def __missing__(self, text: str) -> str:
        self[text] = text
        return text


def typed(kind: type[T], data: Mapping[str, object]) -> T:
    """What `plain` was given; fields that are absent take their defaults, unknown ones go."""
    return cast("T", reader(kind)(data))


def reader(
    kind: Any,  # noqa: ANN401 - it follows annotations of any shape
    same: Same | None = None,
) -> Reader:
    """What reads plain values as that kind: made once for many.

    With `same`, texts that are equal become one text in memory.
    """
    if get_origin(kind) in {Union, UnionType}:
        return _optional(kind, same)
    if get_origin(kind) is tuple:
        entry = reader(get_args(kind)[0], same)
        return lambda value: tuple([entry(item) for item in value])
    if get_origin(kind) is dict:
        entry = reader(get_args(kind)[1], same)
        return lambda value: {key: entry(item) for key, item in value.items()}
    if is_dataclass(kind):
        return _whole(cast("type", kind), same)
    return _leaf(kind, same)


def _whole(kind: type, same: Same | None) -> Reader:
    parts = {name: reader(hint, same) for name, hint in get_type_hints(kind).items()}
    read = {name: part for name, part in parts.items() if part is not _as_it_is}

    def whole(value: Mapping[str, Any]) -> Any:  # noqa: ANN401
        return kind(
            **{
                name: read[name](item) if name in read else item
                for name, item in value.items()
                if name in parts
            }
        )

    return whole


def _leaf(kind: Any, same: Same | None) -> Reader:  # noqa: ANN401
    if kind is str and same is not None:
        return same.__getitem__
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind
    return _day if kind is date else _as_it_is


def _optional(kind: Any, same: Same | None) -> Reader:  # noqa: ANN401
    """Of `X | None`; of several kinds that JSON knows itself the value stays as it is."""
    others = [part for part in get_args(kind) if part is not type(None)]
    if len(others) > 1:
        return _as_it_is
    given = reader(others[0], same)
    if given is _as_it_is:
        return given
    return lambda value: None if value is None else given(value)


@lru_cache(maxsize=4096)
def _day(value: str) -> date:
    return date.fromisoformat(value)


def _as_it_is(value: Any) -> Any:  # noqa: ANN401
    return value
