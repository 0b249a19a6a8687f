"""Who acts: a person with their roles, as one immutable value."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tracker.lib.text import initials
from tracker.models.enums import Role, Strand


@dataclass(frozen=True)
class Post:
    """A role in a group; `strands` is empty for all four."""

    role: Role
    strands: frozenset[Strand] = frozenset()

    def covers(self, strand: Strand | None) -> bool:
        """Whether the post is about that strand."""
        return not self.strands or strand is None or strand in self.strands


@dataclass(frozen=True, kw_only=True)
class Actor:
    """A signed-in person. `posts` maps a group's id to the posts held in it today."""

    person_id: int
    person_name: str
    is_administrator: bool = False
    is_director: bool = False
    posts: Mapping[int, tuple[Post, ...]] = field(default_factory=dict)
    shared_task_ids: frozenset[int] = frozenset()

    @property
    def initials(self) -> str:
        """Two letters for the round picture."""
        return initials(self.person_name)

    @property
    def scope_key(self) -> tuple[object, ...]:
        """Equal for two people who see the same groups (for caches)."""
        if self.is_administrator or self.is_director:
            return ("all",)
        return ("groups", *sorted(self.posts))
