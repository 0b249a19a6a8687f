"""How the workstreams stand."""

from collections.abc import Collection, Iterator, Sequence
from itertools import groupby
from operator import attrgetter

from tracker.exports.report.shapes import Column, Row, Table
from tracker.exports.report.tables.shared import OTHER_ROWS, fitted
from tracker.exports.report.wording import day, label, number, one_line, reason, stale
from tracker.models import Arrangement
from tracker.queries.report_facts import ReportFacts, WorkstreamFact
from tracker.words import Language

_WORST_FIRST = ("late", "at_risk", "no_plan", "not_started", "on_track", "done")
# The columns of workstreams in mm: with colours alone, with reasons, and with what leads declared.
_STREAM_WIDTHS = {
    "name": (32, 25, 21),
    "health": (25, 18, 19),
    "declared": (0, 0, 19),
    "done": (17, 13, 13),
    "next": (50, 27, 29),
    "forecast": (22, 22, 0),  # below the milestone, where the reasons need the room
    "slip": (14, 13, 0),
    "why": (0, 42, 59),
}
_CENTRED = frozenset({"done", "forecast", "slip"})


def workstreams(facts: ReportFacts, lang: Language) -> Table:
    """How each workstream stands by its plan and by its lead, and why, under its group or its
    strand where there are several groups; where there are too many for paper, the worst of them.
    """
    columns = _stream_columns(facts, lang)
    chosen = sorted(facts.workstreams, key=lambda stream: _rank(stream.health))[:OTHER_ROWS]
    kept = {(stream.group, stream.strand) for stream in chosen}
    streams = [one for one in facts.workstreams if (one.group, one.strand) in kept]
    note = ""
    if len(streams) < len(facts.workstreams):
        note = lang.gettext(
            "Bảng in %(shown)s cấu phần cần lưu ý nhất trong tổng số %(total)s cấu phần; số liệu"
            " đầy đủ ở tệp Excel kèm theo.",
            shown=number(len(streams), lang),
            total=number(len(facts.workstreams), lang),
        )
    title = lang.gettext("Tình trạng các cấu phần")
    rows = tuple(_stream_rows(streams, facts, lang, columns))
    return Table(title, fitted(tuple(columns.values())), rows, note)


def _stream_rows(
    streams: Sequence[WorkstreamFact], facts: ReportFacts, lang: Language, columns: Collection[str]
) -> Iterator[Row]:
    if len(facts.groups) <= 1:
        yield from (
            Row(_workstream(one, label("Strand", one.strand, lang), lang, columns))
            for one in streams
        )
        return
    by_strand = facts.arranged_by is Arrangement.STRAND
    chapter = "strand" if by_strand else "group"
    if by_strand:
        order = {row.key: at for at, row in enumerate(facts.statistics.by_strand)}
        streams = sorted(streams, key=lambda one: order.get(one.strand, len(order)))
    for key, those in groupby(streams, key=attrgetter(chapter)):
        yield Row((_name(chapter, key, facts, lang),), "group")
        for one in those:
            name = (
                _name("group", one.group, facts, lang)
                if by_strand
                else label("Strand", one.strand, lang)
            )
            yield Row(_workstream(one, name, lang, columns))


def _name(chapter: str, key: str, facts: ReportFacts, lang: Language) -> str:
    if chapter == "strand":
        return label("Strand", key, lang)
    return one_line(facts.group_name(key, lang.code))


def _stream_columns(facts: ReportFacts, lang: Language) -> dict[str, Column]:
    """The columns by name; those of the leads and of the reasons only where there is any."""
    _ = lang.gettext
    told = 1 if any(stream.reasons for stream in facts.workstreams) else 0
    told = 2 if any(stream.declared for stream in facts.workstreams) else told
    heads = {
        "name": _("Tổ công tác") if facts.arranged_by is Arrangement.STRAND else _("Cấu phần"),
        "health": _("Tình trạng"),
        "declared": _("Tổ tự đánh giá"),
        "done": _("Đã xong / tổng số"),
        "next": _("Mốc tiến độ tiếp theo"),
        "forecast": _("Dự kiến"),
        "slip": _("Chậm (ngày)"),
        "why": _("Căn cứ"),
    }
    return {
        name: Column(heads[name], widths[told], "center" if name in _CENTRED else "left")
        for name, widths in _STREAM_WIDTHS.items()
        if widths[told]
    }


def _rank(health: str) -> int:
    return _WORST_FIRST.index(health) if health in _WORST_FIRST else len(_WORST_FIRST)


def _workstream(
    stream: WorkstreamFact, name: str, lang: Language, columns: Collection[str]
) -> tuple[str, ...]:
    cells = {
        "name": name,
        "health": "\n".join(
            [label("Health", stream.health, lang), *stale(stream.stale_days, lang)]
        ),
        "declared": _declared(stream, lang),
        "done": f"{number(stream.done, lang)}/{number(stream.total, lang)}",
        "next": one_line(stream.next_milestone) if "forecast" in columns else _next(stream, lang),
        "forecast": day(stream.forecast),
        "slip": "" if stream.slip is None else number(max(stream.slip, 0), lang),
        "why": "\n".join(_grounds(stream, lang)),
    }
    return tuple(cells[column] for column in columns)


def _next(stream: WorkstreamFact, lang: Language) -> str:
    """The next milestone with its forecast and slip, where these have no columns of their own."""
    lines = [one_line(stream.next_milestone)]
    if stream.forecast:
        lines.append(lang.gettext("dự kiến %(day)s", day=day(stream.forecast)))
    if stream.slip and stream.slip > 0:
        days = number(stream.slip, lang)
        lines.append(
            lang.ngettext("(chậm %(num)s ngày)", "(chậm %(num)s ngày)", stream.slip, num=days)
        )
    return "\n".join(filter(None, lines))


def _declared(stream: WorkstreamFact, lang: Language) -> str:
    """What the lead said; that it is better than the figures is never left out."""
    if not stream.declared:
        return ""
    flag = [lang.gettext("(tốt hơn số liệu)")] if stream.is_disputed else []
    return "\n".join([label("Health", stream.declared, lang), *flag])


def _grounds(stream: WorkstreamFact, lang: Language) -> Iterator[str]:
    """The facts behind the computed colour, then what the lead says."""
    _ = lang.gettext
    yield from (one_line(reason(fact, lang)) for fact in stream.reasons)
    if stream.declared_note:
        person = ", ".join(filter(None, (stream.declared_by, day(stream.declared_on))))
        note = one_line(stream.declared_note)
        yield _("Tổ tự đánh giá (%(person)s): %(note)s", person=person, note=note)
    if stream.recovery:
        yield _("Biện pháp khắc phục: %(text)s", text=one_line(stream.recovery))
