"""What is noted while a sheet is read: each problem with the cell it comes from."""

from dataclasses import dataclass, field
from typing import TypeVar

from tracker.imports.plan.lines import Line
from tracker.imports.plan.values import Reading
from tracker.lib.plan_file import Problem

Value = TypeVar("Value")

_QUOTED_CHARACTERS = 100


@dataclass
class Notes:
    """The problems of one sheet in the order of its rows."""

    sheet: str
    problems: list[Problem] = field(default_factory=list)

    def add(self, code: str, line: Line, at: str, **said: str | int) -> None:
        """Something to know; the row can be imported as it is."""
        self._note(code, line, at, said, is_blocking=False)

    def block(self, code: str, line: Line, at: str, **said: str | int) -> None:
        """Something wrong; the row cannot be imported as it is."""
        self._note(code, line, at, said, is_blocking=True)

    def value(self, reading: Reading[Value], line: Line, at: str) -> Value | None:
        """The value that was read; its problem, if it has one, is noted."""
        if reading.problem is not None:
            said: dict[str, str | int] = {"value": quoted(line.text(at))}
            self._note(reading.problem, line, at, said, is_blocking=reading.is_blocking)
        return reading.value

    def _note(
        self, code: str, line: Line, at: str, said: dict[str, str | int], *, is_blocking: bool
    ) -> None:
        self.problems.append(
            Problem(self.sheet, line.place(at), line.number, code, said, is_blocking=is_blocking)
        )


def quoted(said: str) -> str:
    """As much of a text as a sentence can carry."""
    if len(said) <= _QUOTED_CHARACTERS:
        return said
    return said[: _QUOTED_CHARACTERS - 1] + "…"
