"""The demo's declared health: what leads said about their workstreams, month after month.

`stories/declarations.txt` has a part for each workstream (== key strand). Its lines:

    14/05/26 on_track Hà: sentence | recovery line      (the recovery line may be absent)
    14/07/26 = Hà                                       still true

Days are dd/mm/yy of the story; inside texts `[[dd/mm/yyyy]]` is one.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from random import Random
from typing import TYPE_CHECKING
from zlib import crc32

from tracker.cli.demo.script import STORIES
from tracker.lib.dates import ZONE
from tracker.lib.health import Health
from tracker.lib.text import nfc
from tracker.models import Group, Strand
from tracker.queries import declarations as read
from tracker.queries import groups
from tracker.services import declarations as do
from tracker.services.act import Act

if TYPE_CHECKING:
    from tracker.cli.demo.past import Past

CAUSE = "demo"
_LINE = re.compile(r"(\d\d/\d\d/\d\d) (?:= (\S+)|(\w+) ([^:]+): ([^|]+)(?:\| (.+))?)")


@dataclass(frozen=True)
class Said:
    """One declaration; without a health: the last one is still true."""

    group: str
    strand: Strand
    on: date
    person: str
    health: Health | None
    sentence: str
    recovery: str

    @property
    def clock(self) -> time:
        """Some moment of the afternoon, always the same."""
        number = crc32(f"{self.group} {self.strand} {self.on}".encode())
        return time(15 + number % 2, number // 2 % 60)


def tell(past: "Past") -> None:
    """Add every declaration of the story."""
    for said in _read():
        past.on(said.on, said.clock, partial(_declare, past, said), said.person)


def gather(group: Group, heads: Sequence[int], today: date, chance: Random) -> None:
    """Let somebody lately declare what the plan says, mostly; a few more, and a few nothing."""
    for stream in groups.workstreams(group):
        computed = read.computed(stream, today).health
        if computed is Health.NO_PLAN or not chance.randrange(8):
            continue
        day = today - timedelta(days=chance.randrange(1, 30))
        at = datetime.combine(day, time(15, chance.randrange(60)), ZONE).astimezone(UTC)
        do.declare(
            stream,
            Health.ON_TRACK if not chance.randrange(8) else computed,
            sentence="Đã rà soát cùng các đơn vị phối hợp.",
            recovery="Bổ sung người và dời việc chưa cần." if computed is Health.LATE else "",
            by=Act(person_id=chance.choice(heads), at=at, cause=CAUSE),
        )


def _declare(past: "Past", said: Said, act: Act) -> None:
    stream = past.groups[said.group].workstreams[said.strand]
    if said.health is None:
        do.confirm(stream, seen=read.current([stream.id])[stream.id].id, by=act)
        return
    sentence, recovery = past.words(said.sentence), past.words(said.recovery)
    do.declare(stream, said.health, sentence=sentence, recovery=recovery, by=act)


def _read() -> Iterator[Said]:
    group, strand = "", Strand.STANDARDS
    for line in nfc((STORIES / "declarations.txt").read_text("utf-8")).splitlines():
        if line.startswith("== "):
            group, name = line.removeprefix("== ").split()
            strand = Strand(name)
        elif found := _LINE.fullmatch(line):
            day, again, health, person, sentence, recovery = found.groups("")
            on = datetime.strptime(day, "%d/%m/%y").date()  # noqa: DTZ007 - a day
            colour = Health(health) if health else None
            yield Said(group, strand, on, again or person, colour, sentence.strip(), recovery)
