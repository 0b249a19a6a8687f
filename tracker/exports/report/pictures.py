"""The pictures of a report: the heat map of the board, the timeline, the months."""

from collections.abc import Sequence

from tracker.exports.charts import heat_map, progress, timeline, wording
from tracker.exports.charts.sheets import UPRIGHT, Breadth, Sheet
from tracker.exports.report.wording import label, number, one_line
from tracker.lib.health import Health
from tracker.models import Strand
from tracker.queries.report_facts import MonthFact, ReportFacts, WorkstreamFact
from tracker.words import Language


def board(facts: ReportFacts, title: str, lang: Language, breadth: Breadth) -> list[Sheet]:
    """How each strand of each group stands."""
    by_place = {(stream.group, stream.strand): stream for stream in facts.workstreams}
    rows = [
        heat_map.Row(
            one_line(facts.group_name(key, lang.code)),
            tuple(_cell(by_place.get((key, strand.value)), lang) for strand in Strand),
        )
        for key in dict.fromkeys(stream.group for stream in facts.workstreams)
    ]
    columns = tuple(lang.label(strand) for strand in Strand)
    return heat_map.sheets(heat_map.HeatMap(columns, tuple(rows)), title, lang, breadth)


def _cell(stream: WorkstreamFact | None, lang: Language) -> heat_map.Cell | None:
    if stream is None:
        return None
    return heat_map.Cell(Health(stream.health), _note(stream, lang), bool(stream.stale_days))


def _note(stream: WorkstreamFact, lang: Language) -> str:
    """Where its lead says better than the figures, that; else by how much it is late."""
    if stream.is_disputed:
        said = label("Health", stream.declared, lang).lower()
        return lang.gettext("tổ: %(health)s", health=said)
    if not stream.slip or stream.slip < 0:
        return ""
    days = number(stream.slip, lang)
    return lang.ngettext("chậm %(num)s ngày", "chậm %(num)s ngày", stream.slip, num=days)


def plan(facts: ReportFacts, title: str, lang: Language, breadth: Breadth) -> list[Sheet]:
    """The timeline around the day."""
    if facts.timeline is None or not facts.timeline.rows:
        return []
    return timeline.sheets(facts.timeline, title, lang, breadth)


def months(facts: ReportFacts, title: str, lang: Language) -> Sheet | None:
    """The tasks, those done and those overdue, over the months; one month is no way to go."""
    if len(facts.months) < 2:
        return None
    names = _names(facts.months, lang)
    told = [
        progress.Month(name, one.cells.total, one.cells.done, one.cells.open_overdue)
        for name, one in zip(names, facts.months, strict=True)
    ]
    return progress.sheet(told, title, lang, UPRIGHT)


def _names(months_: Sequence[MonthFact], lang: Language) -> list[str]:
    """Months as axes call them, weeks by their number."""
    if any(month.period.kind != "month" for month in months_):
        return [lang.gettext("Tuần %(num)s", num=month.period.number) for month in months_]
    return wording.months([month.period.last for month in months_], lang)
