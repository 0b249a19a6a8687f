"""The board in the one-file report: how every workstream stands, by colour, shape and word."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tracker.exports.report.one_file.grids import signed, stale
from tracker.exports.report.wording import day, label, number, one_line
from tracker.lib.health import Health
from tracker.queries.report_facts import ReportFacts, WorkstreamFact
from tracker.words import Language


@dataclass(frozen=True)
class Field:
    """A group × strand on the board: the sign, the words and what to know beside them."""

    strand: str
    tone: str
    shape: str
    words: str
    lines: tuple[str, ...]
    is_stale: bool = False


@dataclass(frozen=True)
class Band:
    """A row of the board: a group, and its fields in the order of the strands."""

    group: str
    name: str
    fields: tuple[Field | None, ...]


_TONES = {
    Health.LATE: "late",
    Health.AT_RISK: "risk",
    Health.DONE: "done",
    Health.ON_TRACK: "ok",
    Health.NOT_STARTED: "idle",
    Health.NO_PLAN: "idle",
}


def bands(facts: ReportFacts, strands: Sequence[str], lang: Language) -> list[Band]:
    """How every workstream stands, groups down and strands across."""
    streams = {(stream.group, stream.strand): stream for stream in facts.workstreams}
    return [
        Band(
            group.key,
            one_line(facts.group_name(group.key, lang.code)),
            tuple(_field(streams.get((group.key, strand)), lang) for strand in strands),
        )
        for group in facts.groups
        if any((group.key, strand) in streams for strand in strands)
    ]


def _field(stream: WorkstreamFact | None, lang: Language) -> Field | None:
    if stream is None:
        return None
    health = Health(stream.health)
    return Field(
        strand=stream.strand,
        tone=_TONES[health],
        shape=health.shape,
        words=label("Health", health, lang),
        lines=tuple(_said(stream, lang)),
        is_stale=bool(stream.stale_days),
    )


def _said(stream: WorkstreamFact, lang: Language) -> Iterator[str]:
    _ = lang.gettext
    if stream.declared:
        yield _("Tổ tự đánh giá: %(health)s", health=label("Health", stream.declared, lang))
    if stream.forecast:
        slip = signed(stream.slip, lang) if stream.slip else ""
        expected = _("dự kiến %(day)s", day=day(stream.forecast))
        yield " ".join(part for part in (expected, slip and f"({slip})") if part)
    if stream.total:
        yield _(
            "%(done)s/%(total)s xong",
            done=number(stream.done, lang),
            total=number(stream.total, lang),
        )
    if stream.overdue:
        yield _("%(num)s quá hạn", num=number(stream.overdue, lang))
    if stream.stale_days:
        yield stale(stream.stale_days, lang)
