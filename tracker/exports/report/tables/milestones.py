"""Milestones against the plan: what a year promised, and what came of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from tracker.exports.report.shapes import Column, Row, Table
from tracker.exports.report.tables.shared import OTHER_ROWS, fitted, named, signed
from tracker.exports.report.wording import day, label, number, one_line
from tracker.models import Arrangement
from tracker.queries.report_facts import PlanMilestoneFact, ReportFacts
from tracker.words import Language

Place = tuple[str, str]


@dataclass(frozen=True)
class Kept:
    """How many milestones of the period there are, and what came of them by its cut-off."""

    total: int = 0
    in_time: int = 0
    late: int = 0
    missed: int = 0
    to_come: int = 0


def of_period(facts: ReportFacts) -> Sequence[PlanMilestoneFact]:
    """The milestones planned for the period, those still open from before, and those reached in it;
    of them only such as have a day in the plan.
    """
    first, last = facts.period.first, facts.period.last
    return [
        one
        for one in facts.milestones
        if one.baseline is not None
        and (
            first <= one.baseline <= last
            or (one.closed_on is None and one.baseline < first)
            or (one.closed_on is not None and first <= one.closed_on <= last)
        )
    ]


def kept(facts: ReportFacts) -> Kept:
    """The numbers of them."""
    chosen = of_period(facts)
    reached = [one for one in chosen if one.closed_on is not None]
    late = sum((one.slip or 0) > 0 for one in reached)
    missed = sum(_is_missed(one, facts) for one in chosen)
    to_come = len(chosen) - len(reached) - missed
    return Kept(len(chosen), len(reached) - late, late, missed, to_come)


def _is_missed(one: PlanMilestoneFact, facts: ReportFacts) -> bool:
    return one.closed_on is None and one.baseline is not None and one.baseline < facts.cut_off


def milestones(facts: ReportFacts, lang: Language) -> Table:
    """Each with its day in the plan, the day it was reached or is expected, and the difference."""
    _ = lang.gettext
    columns = (
        Column(_("STT"), 11, "center"),
        Column(_("Mốc tiến độ"), 63),
        Column(_("Kế hoạch"), 22, "center"),
        Column(_("Thực tế, dự kiến"), 22, "center"),
        Column(_("Chậm (ngày)"), 17, "center"),
        Column(_("Kết quả"), 25),
    )
    chosen = of_period(facts)
    shown = _weightiest(chosen)
    note = ""
    if len(shown) < len(chosen):
        note = _(
            "Bảng in %(shown)s mốc chậm nhất trong tổng số %(total)s mốc; danh mục đầy đủ ở tệp"
            " Excel kèm theo.",
            shown=number(len(shown), lang),
            total=number(len(chosen), lang),
        )
    title = _("Mốc tiến độ so với kế hoạch")
    return Table(title, fitted(columns), tuple(_rows(shown, facts, lang)), note)


def _weightiest(chosen: Sequence[PlanMilestoneFact]) -> Sequence[PlanMilestoneFact]:
    """As many as paper has room for, the latest of them, in the order of the plan."""
    latest = sorted(range(len(chosen)), key=lambda at: -(chosen[at].slip or 0))[:OTHER_ROWS]
    return [chosen[at] for at in sorted(latest)]


def _rows(shown: Sequence[PlanMilestoneFact], facts: ReportFacts, lang: Language) -> Iterator[Row]:
    numbers = iter(range(1, len(shown) + 1))
    for place, of_place in groupby(_arranged(shown, facts), key=_place):
        yield Row((_named(place, facts, lang),), "group")
        yield from (Row(_cells(one, str(next(numbers)), facts, lang)) for one in of_place)


def _arranged(
    shown: Sequence[PlanMilestoneFact], facts: ReportFacts
) -> Sequence[PlanMilestoneFact]:
    """In the order of the plan, or by strand where the report has strands for chapters."""
    if facts.arranged_by is not Arrangement.STRAND:
        return shown
    order = {row.key: at for at, row in enumerate(facts.statistics.by_strand)}
    return sorted(shown, key=lambda one: order.get(one.strand, len(order)))


def _place(one: PlanMilestoneFact) -> Place:
    return one.group, one.strand


def _named(place: Place, facts: ReportFacts, lang: Language) -> str:
    group, strand = place
    named_ = label("Strand", strand, lang)
    if len(facts.groups) == 1:
        return named_
    parts = (one_line(facts.group_name(group, lang.code)), named_)
    return " – ".join(reversed(parts) if facts.arranged_by is Arrangement.STRAND else parts)


def _cells(
    one: PlanMilestoneFact, position: str, facts: ReportFacts, lang: Language
) -> tuple[str, ...]:
    return (
        position,
        named(one.title, one.code),
        day(one.baseline),
        day(one.closed_on or one.forecast),
        signed(one.slip),
        _outcome(one, facts, lang),
    )


def _outcome(one: PlanMilestoneFact, facts: ReportFacts, lang: Language) -> str:
    if one.closed_on is not None:
        is_late = (one.slip or 0) > 0
        return lang.gettext("Đạt, chậm kế hoạch") if is_late else lang.gettext("Đạt kế hoạch")
    if _is_missed(one, facts):
        return lang.gettext("Chưa đạt, quá kế hoạch")
    return lang.gettext("Chưa đến ngày kế hoạch")
