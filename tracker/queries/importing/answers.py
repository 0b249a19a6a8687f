"""What people chose in the preview of an import."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

NEW = "new"


@dataclass(frozen=True)
class Answers:
    """`groups`: sheet → key of its group, empty to leave it out. `same`: row → code, or "new".
    `names`: a person or unit of the file → who is meant, as typed; empty for nobody.
    """

    groups: Mapping[str, str] = field(default_factory=dict)
    same: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> "Answers":
        """As they were stored."""
        return cls(**{name: dict(stored.get(name, {})) for name in ("groups", "same", "names")})

    def to_json(self) -> dict[str, dict[str, str]]:
        """As they are stored."""
        return {"groups": {**self.groups}, "same": {**self.same}, "names": {**self.names}}

    def with_(self, **more: Mapping[str, str]) -> "Answers":
        """These and the new ones, which count where both answer."""
        merged = {name: {**getattr(self, name), **said} for name, said in more.items()}
        return replace(self, **merged)
