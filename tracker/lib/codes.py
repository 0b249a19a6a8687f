"""Codes of things: HAL-47 is a task, HAL-M3 a milestone, HAL-D5 a deliverable, HAL-R2 a risk."""

import re
from enum import StrEnum
from typing import NamedTuple


class CodeKind(StrEnum):
    """What a code stands for."""

    TASK = "task"
    MILESTONE = "milestone"
    DELIVERABLE = "deliverable"
    DECISION = "decision"
    RISK = "risk"


class ParsedCode(NamedTuple):
    """A code taken apart."""

    key: str
    kind: CodeKind
    number: int


_PREFIX = {
    CodeKind.TASK: "",
    CodeKind.MILESTONE: "M",
    CodeKind.DELIVERABLE: "D",
    CodeKind.DECISION: "Q",
    CodeKind.RISK: "R",
}
_KIND = {prefix: kind for kind, prefix in _PREFIX.items()}
_KEY = re.compile(r"[A-Z][A-Z0-9]{1,7}")
# Nine digits at most: the number has to fit a 32-bit column.
_CODE = re.compile(rf"({_KEY.pattern})-([MDQR]?)([1-9][0-9]{{0,8}})")


def valid_key(key: str) -> bool:
    """Two to eight capitals or digits, a letter first: the key of a working group."""
    return _KEY.fullmatch(key) is not None


def task_code(key: str, number: int) -> str:
    """As in HAL-47."""
    return _code(key, CodeKind.TASK, number)


def milestone_code(key: str, number: int) -> str:
    """As in HAL-M3."""
    return _code(key, CodeKind.MILESTONE, number)


def deliverable_code(key: str, number: int) -> str:
    """As in HAL-D5."""
    return _code(key, CodeKind.DELIVERABLE, number)


def decision_code(key: str, number: int) -> str:
    """As in HAL-Q3."""
    return _code(key, CodeKind.DECISION, number)


def risk_code(key: str, number: int) -> str:
    """As in HAL-R2, a difficulty or a risk."""
    return _code(key, CodeKind.RISK, number)


def _code(key: str, kind: CodeKind, number: int) -> str:
    return f"{key}-{_PREFIX[kind]}{number}"


def parse(code: str) -> ParsedCode | None:
    """Take a code apart, in any case and with spaces around it; None when it is not one."""
    found = _CODE.fullmatch(code.strip().upper())
    if found is None:
        return None
    key, prefix, number = found.groups()
    return ParsedCode(key, _KIND[prefix], int(number))
