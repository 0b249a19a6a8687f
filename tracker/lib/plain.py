"""Frozen dataclasses as plain values for a JSON column, and back again by their annotations."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from types import UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")


def plain(value: object) -> object:
    """Dictionaries, lists, texts and numbers; days as ISO text, members of enums by value."""
    if is_dataclass(value):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value


def typed(kind: type[T], data: Mapping[str, object]) -> T:
    """What `plain` was given; fields that are absent take their defaults, unknown ones go."""
    return cast("T", _typed(kind, data))


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _typed(kind: Any, value: Any) -> Any:  # noqa: ANN401 - it follows annotations of any shape
    if get_origin(kind) in {Union, UnionType}:
        return None if value is None else _typed(_only(kind), value)
    if get_origin(kind) is tuple:
        return tuple(_typed(get_args(kind)[0], item) for item in value)
    if get_origin(kind) is dict:
        return {key: _typed(get_args(kind)[1], item) for key, item in value.items()}
    if is_dataclass(kind):
        hints = _hints(cast("type", kind))
        known = {name: item for name, item in value.items() if name in hints}
        return cast("type", kind)(**{n: _typed(hints[n], item) for n, item in known.items()})
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(value)
    return date.fromisoformat(value) if kind is date else value


def _only(kind: Any) -> Any:  # noqa: ANN401 - the part of `X | None` that is not None
    return next(part for part in get_args(kind) if part is not type(None))
