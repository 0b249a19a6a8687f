"""The demo's stories: text files that say what was planned and what happened to it.

A file is one group. Days are dd/mm/yy of the story, whose last day is `LAST_DAY`. Lines:

    plan 22/01/26                                      the day the plan was entered
    == metrology                                       a strand
    ◆ title | baseline | ✓day evidence | stage=40.20   a milestone (state and options may be absent)
    - title | due | owner | lead | cooperating; … | result | document | state | options
    + …                                                a subtask of the task above, same columns
      : Markdown                                       the description of the item above
      > day hour Name: Markdown                        a comment
      ~ day forecast day reason Agreed by: sentence    a date moved (`due` likewise)
      ! day new-day reason Name: sentence | day granted Name: answer     an extension asked for
                                                       (| … withdrawn Name: – or no answer yet)
      ≈ day title                                      another title from then on
      = day status                                     a status set
      ← day lag title                                  waits for what begins so, "GHG:" before
                                                       the title of another group's
      × day                                            into the trash

The state of a task is a percentage, `✓day` (finished) or `?day` (waiting for approval); "-" is
nothing. Options: from (entered on), docdate, item, by (the director who gave it), prio, pillar,
share. Inside texts `[[dd/mm/yyyy]]` is a day of the story and `{year}` the year of the item's due
date.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path

from tracker.lib.text import nfc
from tracker.models import ExtensionState, MoveReason, Strand, TaskStatus

STORIES = Path(__file__).parent / "stories"
LAST_DAY = date(2026, 11, 22)  # a Sunday

_WAIT = re.compile(r"(\S+) (\d+) (?:([A-Z]+):)?(.*)")
_COMMENT = re.compile(r"(\S+) (\d\d:\d\d) ([^:]+): (.*)")
_REQUEST = re.compile(
    r"(\S+) (\S+) (\w+) ([^:]+): ([^|]+)(?:\| (\S+) (granted|refused|withdrawn) ([^:]+): ?(.*))?"
)
_MOVE = re.compile(r"(\S+) (forecast|due) (\S+) (\w+) ([^:]+): (.*)")


@dataclass(frozen=True)
class Said:
    """A comment."""

    on: date
    clock: time
    person: str
    body: str


@dataclass(frozen=True)
class Moved:
    """A date moved, with a reason."""

    on: date
    field: str
    to: date
    reason: MoveReason
    agreed_by: str
    sentence: str


@dataclass(frozen=True)
class Answered:
    """What was answered to a request, or that it was taken back."""

    on: date
    state: ExtensionState
    person: str
    sentence: str


@dataclass(frozen=True)
class Asked:
    """A request for an extension."""

    on: date
    to: date
    reason: MoveReason
    person: str
    sentence: str
    answered: Answered | None


@dataclass(frozen=True)
class Renamed:
    """Another title."""

    on: date
    title: str


@dataclass(frozen=True)
class Stated:
    """A status set."""

    on: date
    status: TaskStatus


@dataclass(frozen=True)
class Waiting:
    """From a day on it waits for another item and `lag` working days; `key` of another group."""

    on: date
    lag: int
    key: str
    beginning: str


@dataclass
class Item:
    """What milestones and tasks share: a title, the days it was entered and due, its events."""

    title: str
    entered: date
    due: date | None
    options: dict[str, str]
    description: str = ""
    said: list[Said] = field(default_factory=list)
    moved: list[Moved] = field(default_factory=list)
    stated: list[Stated] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    renamed: list[Renamed] = field(default_factory=list)
    waits: list[Waiting] = field(default_factory=list)
    trashed: date | None = None
    finished: date | None = None


@dataclass
class MilestoneScript(Item):
    """A milestone with what closed it, and its tasks."""

    evidence: str = ""
    tasks: list["TaskScript"] = field(default_factory=list)


@dataclass
class TaskScript(Item):
    """A task with its subtasks."""

    owner: str | None = None
    lead: str | None = None
    cooperating: list[str] = field(default_factory=list)
    result: str | None = None
    document: str | None = None
    progress: int = 0
    submitted: date | None = None
    subtasks: list["TaskScript"] = field(default_factory=list)


@dataclass
class GroupScript:
    """The story of a group, strand by strand."""

    planned_on: date
    strands: dict[Strand, list[MilestoneScript]]


def read(name: str) -> GroupScript:
    """The story in that file."""
    return parse(nfc((STORIES / f"{name}.txt").read_text("utf-8")))


def parse(text: str) -> GroupScript:
    """The story told by a text."""
    group = GroupScript(LAST_DAY, {})
    milestones: list[MilestoneScript] = []
    above: Item | None = None
    for sign, rest in _lines(text):
        match sign:
            case "plan":
                group.planned_on = day(rest)
            case "==":
                milestones = group.strands.setdefault(Strand(rest), [])
            case "◆":
                above = _milestone(rest, group.planned_on)
                milestones.append(above)
            case "-":
                above = _task(rest, group.planned_on)
                milestones[-1].tasks.append(above)
            case "+":
                above = _task(rest, group.planned_on)
                milestones[-1].tasks[-1].subtasks.append(above)
            case _ if above is not None:
                _happen(above, sign, rest)
    return group


def _lines(text: str) -> Iterator[tuple[str, str]]:
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            sign, _, rest = line.strip().partition(" ")
            yield sign, rest.strip()


def _milestone(line: str, planned_on: date) -> MilestoneScript:
    title, due, state, options = _columns(line, 4)
    closed, _, evidence = state.removeprefix("✓").partition(" ")
    return MilestoneScript(
        title,
        planned_on,
        day(due),
        _options(options),
        finished=day(closed) if closed else None,
        evidence=evidence,
    )


def _task(line: str, planned_on: date) -> TaskScript:
    title, due, owner, lead, cooperating, result, document, state, more = _columns(line, 9)
    options = _options(more)
    return TaskScript(
        title,
        day(options["from"]) if "from" in options else planned_on,
        day(due) if due else None,
        options,
        owner=owner or None,
        lead=lead or None,
        cooperating=[name.strip() for name in cooperating.split(";") if name.strip()],
        result=result or None,
        document=document or None,
        progress=int(state) if state.isdigit() else 0,
        finished=day(state[1:]) if state.startswith("✓") else None,
        submitted=day(state[1:]) if state.startswith("?") else None,
    )


def _happen(item: Item, sign: str, rest: str) -> None:
    """Add what a line below an item says."""
    pattern, add = _EVENTS.get(sign, (_NOTHING, _describe))
    found = pattern.fullmatch(rest)
    if found is None:
        message = f"not a line of a story: {sign} {rest}"
        raise ValueError(message)
    add(item, *found.groups())


def _describe(item: Item, text: str) -> None:
    item.description = text.replace("\\n", "\n")


def _say(item: Item, on: str, clock: str, person: str, body: str) -> None:
    item.said.append(Said(day(on), time.fromisoformat(clock), person, body))


def _move(item: Item, on: str, what: str, to: str, reason: str, agreed: str, why: str) -> None:
    item.moved.append(Moved(day(on), what, day(to), MoveReason(reason), agreed, why))


def _ask(item: Item, on: str, to: str, reason: str, person: str, sentence: str, *rest: str) -> None:
    answered_on, state, by, answer = rest
    answered = None
    if answered_on:
        answered = Answered(day(answered_on), ExtensionState(state), by, answer)
    reason_ = MoveReason(reason)
    item.asked.append(Asked(day(on), day(to), reason_, person, sentence.strip(), answered))


def _rename(item: Item, on: str, title: str) -> None:
    item.renamed.append(Renamed(day(on), title))


def _wait(item: Item, on: str, lag: str, key: str | None, beginning: str) -> None:
    item.waits.append(Waiting(day(on), int(lag), key or "", beginning))


def _state(item: Item, on: str, status: str) -> None:
    item.stated.append(Stated(day(on), TaskStatus(status)))


def _throw(item: Item, on: str) -> None:
    item.trashed = day(on)


_NOTHING = re.compile(r"(?!)")
_EVENTS: dict[str, tuple[re.Pattern[str], Callable[..., None]]] = {
    ":": (re.compile(r"(.*)"), _describe),
    ">": (_COMMENT, _say),
    "~": (_MOVE, _move),
    "!": (_REQUEST, _ask),
    "≈": (re.compile(r"(\S+) (.+)"), _rename),
    "←": (_WAIT, _wait),
    "=": (re.compile(r"(\S+) (\S+)"), _state),
    "×": (re.compile(r"(\S+)"), _throw),
}


def _columns(line: str, number: int) -> list[str]:
    cells = [cell.strip() for cell in line.split("|")]
    cells = ["" if cell == "-" else cell for cell in cells]
    return [*cells, *[""] * (number - len(cells))]


def _options(text: str) -> dict[str, str]:
    pairs = (word.partition("=") for word in text.split())
    return {name: value.replace("_", " ") for name, _, value in pairs}


def day(text: str) -> date:
    """A day written dd/mm/yy."""
    return datetime.strptime(text, "%d/%m/%y").date()  # noqa: DTZ007 - a day, not a moment
