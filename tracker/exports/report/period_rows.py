"""What happened in the period, for machines: further sheets of the workbook."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from tracker.exports.report import head
from tracker.exports.report.tables import SORTS, states
from tracker.exports.report.wording import clean, day, label, one_line, period_short
from tracker.exports.sheets import Cell, Column
from tracker.queries.report_facts import ReportFacts
from tracker.words import N_, Language

Rows = Iterator[Sequence[Cell]]


@dataclass(frozen=True)
class List:
    """A sheet: its name, its columns, and what makes its rows."""

    name: str
    columns: tuple[Column, ...]
    rows: Callable[[ReportFacts, Language], Rows]


def _changes(facts: ReportFacts, lang: Language) -> Rows:
    if facts.since is None:
        return
    for stood in facts.since.health:
        before, now = (text.replace("\n", " ") for text in states(stood, lang))
        group, strand = _group(stood.group, facts, lang), label("Strand", stood.strand, lang)
        sort = lang.gettext("Tình trạng cấu phần")
        yield (sort, "", "", group, strand, None, None, None, "", f"{before} → {now}")
    for changed in facts.since.changes:
        sort = lang.gettext(SORTS[changed.sort])
        for one in changed.rows:
            strand = label("Strand", one.strand, lang) if one.strand else ""
            yield (
                sort,
                one.code,
                clean(one.title),
                _group(one.group, facts, lang),
                strand,
                one.before,
                one.now,
                one.days,
                one_line(one.who),
                "",
            )


def _questions(facts: ReportFacts, lang: Language) -> Rows:
    for one in facts.questions:
        yield (
            one.code,
            clean(one.question),
            _group(one.group, facts, lang),
            label("DecisionState", one.state, lang),
            "\n".join(map(one_line, one.options)),
            one_line(one.recommended),
            one_line(one.wanted_from),
            one.wanted_by,
            one_line(one.asked_by),
            one.asked_on,
            " ".join(part for part in (one_line(one.chosen), clean(one.answer)) if part),
            one_line(one.decided_by),
            one.decided_on,
            one_line(one.document),
            ", ".join(one.stalls),
        )


def _directives(facts: ReportFacts, lang: Language) -> Rows:
    for one in facts.directives:
        yield (
            one.code,
            clean(one.title),
            _group(one.group, facts, lang),
            label("Strand", one.strand, lang),
            one_line(one.document),
            one_line(one.given_by),
            one.given_on,
            one_line(facts.unit_names(one.lead_unit, lang.code)),
            one_line(one.owner),
            one.due,
            one.forecast,
            one.finished_on,
            one.progress / 100,
            label("TaskStatus", one.status, lang),
            label("Lateness", one.lateness, lang) if one.lateness else "",
            clean(one.recalled_why),
        )


def _stages(facts: ReportFacts, lang: Language) -> Rows:
    for kind in facts.stages:
        named = (
            one_line(kind.name.in_language(lang.code)),
            label("Strand", kind.strand, lang),
        )
        if kind.unplaced:
            yield (*named, lang.gettext("Chưa vào giai đoạn nào"), None, kind.unplaced)
        for stage in kind.stages:
            yield (*named, one_line(stage.name.in_language(lang.code)), stage.before, stage.now)


def _deliverables(facts: ReportFacts, lang: Language) -> Rows:
    for one in facts.deliverables:
        title = one.title_en if lang.code == "en" and one.title_en else one.title
        yield (
            one.code,
            one_line(one.reference),
            clean(title),
            _group(one.group, facts, lang),
            label("Strand", one.strand, lang),
            one_line(one.stage.in_language(lang.code)),
            one.came_on,
            one_line(one.document),
        )


def _months(facts: ReportFacts, lang: Language) -> Rows:
    for month in facts.months:
        cells, brought = month.cells, month.brought
        yield (
            period_short(month.period, lang),
            month.period.first,
            month.period.last,
            cells.total,
            cells.done_on_time,
            cells.done_late,
            cells.open_on_time,
            cells.open_overdue,
            cells.completed_share,
            brought.finished,
            brought.reached,
            brought.moves,
            brought.days,
        )


def _reasons(facts: ReportFacts, lang: Language) -> Rows:
    for one in facts.slip_reasons:
        named = label("MoveReason", one.reason, lang) if one.reason else ""
        named = named or lang.gettext("không ghi nguyên nhân")
        yield (named, one.moves, one.items, one.due, one.forecast, one.baseline)


def _group(key: str, facts: ReportFacts, lang: Language) -> str:
    return one_line(facts.group_name(key, lang.code))


_PLACE: tuple[Column, ...] = ((N_("Tổ công tác"), 18, "text"), (N_("Cấu phần"), 18, "text"))
LISTS = (
    List(
        N_("So với báo cáo trước"),
        (
            (N_("Thay đổi"), 24, "text"),
            (N_("Mã"), 10, "text"),
            (N_("Nội dung"), 50, "text"),
            *_PLACE,
            (N_("Trước"), 12, "date"),
            (N_("Nay"), 12, "date"),
            (N_("Số ngày"), 9, "number"),
            (N_("Người phụ trách"), 20, "text"),
            (N_("Tình trạng"), 34, "text"),
        ),
        _changes,
    ),
    List(
        N_("Xin ý kiến, quyết định"),
        (
            (N_("Mã"), 10, "text"),
            (N_("Nội dung xin ý kiến"), 46, "text"),
            (N_("Tổ công tác"), 18, "text"),
            (N_("Tình trạng"), 14, "text"),
            (N_("Phương án"), 30, "text"),
            (N_("Đề xuất"), 20, "text"),
            (N_("Người cho ý kiến"), 18, "text"),
            (N_("Thời hạn"), 12, "date"),
            (N_("Người xin ý kiến"), 18, "text"),
            (N_("Ngày xin ý kiến"), 12, "date"),
            (N_("Kết quả"), 34, "text"),
            (N_("Người quyết định"), 18, "text"),
            (N_("Ngày quyết định"), 12, "date"),
            (N_("Văn bản"), 18, "text"),
            (N_("Đang chờ"), 18, "text"),
        ),
        _questions,
    ),
    List(
        N_("Ý kiến chỉ đạo, nhiệm vụ giao"),
        (
            (N_("Mã"), 10, "text"),
            (N_("Nhiệm vụ"), 44, "text"),
            *_PLACE,
            (N_("Văn bản giao"), 20, "text"),
            (N_("Người giao"), 18, "text"),
            (N_("Ngày giao"), 12, "date"),
            (N_("Đơn vị chủ trì"), 20, "text"),
            (N_("Người phụ trách"), 18, "text"),
            (N_("Thời hạn"), 12, "date"),
            (N_("Dự kiến"), 12, "date"),
            (N_("Ngày hoàn thành"), 12, "date"),
            (N_("Tiến độ"), 9, "share"),
            (N_("Trạng thái"), 14, "text"),
            (N_("Tình trạng thời hạn"), 14, "text"),
            (N_("Lý do thu hồi"), 30, "text"),
        ),
        _directives,
    ),
    List(
        N_("Sản phẩm theo giai đoạn"),
        (
            (N_("Loại sản phẩm"), 30, "text"),
            (N_("Cấu phần"), 20, "text"),
            (N_("Giai đoạn"), 34, "text"),
            (N_("Cuối kỳ trước"), 12, "number"),
            (N_("Cuối kỳ này"), 12, "number"),
        ),
        _stages,
    ),
    List(
        N_("Sản phẩm chuyển giai đoạn"),
        (
            (N_("Mã"), 10, "text"),
            (N_("Số hiệu"), 20, "text"),
            (N_("Sản phẩm"), 50, "text"),
            *_PLACE,
            (N_("Giai đoạn"), 24, "text"),
            (N_("Ngày"), 12, "date"),
            (N_("Văn bản"), 24, "text"),
        ),
        _deliverables,
    ),
    List(
        N_("Diễn biến qua các kỳ"),
        (
            (N_("Kỳ"), 16, "text"),
            (N_("Từ ngày"), 12, "date"),
            (N_("Đến ngày"), 12, "date"),
            (N_("Tổng số"), 10, "number"),
            (N_("Hoàn thành đúng hạn"), 12, "number"),
            (N_("Hoàn thành quá hạn"), 12, "number"),
            (N_("Chưa hoàn thành, trong hạn"), 14, "number"),
            (N_("Chưa hoàn thành, quá hạn"), 14, "number"),
            (N_("Tỷ lệ hoàn thành"), 12, "exact"),
            (N_("Hoàn thành trong kỳ"), 12, "number"),
            (N_("Mốc đạt được"), 12, "number"),
            (N_("Số lần dời ngày"), 12, "number"),
            (N_("Số ngày dời"), 12, "number"),
        ),
        _months,
    ),
    List(
        N_("Nguyên nhân dời ngày"),
        (
            (N_("Nguyên nhân"), 34, "text"),
            (N_("Số lần dời ngày"), 14, "number"),
            (N_("Số nhiệm vụ, mốc"), 14, "number"),
            (N_("Thời hạn (ngày)"), 14, "number"),
            (N_("Dự kiến (ngày)"), 14, "number"),
            (N_("Kế hoạch (ngày)"), 14, "number"),
        ),
        _reasons,
    ),
)


def lists(facts: ReportFacts, lang: Language) -> Iterator[tuple[List, list[Sequence[Cell]]]]:
    """The lists that have anything in them, with their rows."""
    for one in LISTS:
        rows = list(one.rows(facts, lang))
        if rows:
            yield one, rows


def about(facts: ReportFacts, lang: Language) -> Iterator[str]:
    """What the figures are of, and which paper the workbook goes with."""
    _ = lang.gettext
    days = {"first": day(facts.period.first), "last": day(facts.period.last)}
    yield _("Từ ngày %(first)s đến ngày %(last)s", **days)
    yield _("Số liệu tính đến hết ngày %(day)s", day=day(facts.cut_off))
    if facts.stamp.is_draft:
        yield _("DỰ THẢO")
    if facts.stamp.number:
        yield _(
            "Kèm theo Báo cáo số %(number)s ngày %(day)s",
            number=head.written_number(one_line(facts.stamp.number), head.symbol(facts)),
            day=day(facts.stamp.day),
        )
    if facts.replaced is not None:
        yield _("Bản %(revision)s", revision=facts.revision)
