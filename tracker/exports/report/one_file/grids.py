"""The tables that a reader of the one-file report filters and sorts: what is in each line."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tracker.exports.report import tables
from tracker.exports.report.wording import clean, day, label, number, one_line, which_date
from tracker.queries.report_facts import ReportFacts, TaskFact
from tracker.words import Language

# More lines make a browser slow on an old office machine; the workbook carries all.
MOST = 5000


@dataclass(frozen=True)
class Cell:
    """What is read, below it in small what goes with it, and what it is sorted by otherwise."""

    text: str
    small: str = ""
    order: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Line:
    """A line, and what it is found by: group, strand, and codes of how it stands."""

    cells: tuple[Cell, ...]
    group: str
    strand: str
    states: str = ""


@dataclass(frozen=True)
class Grid:
    """A table with its name in the address, its title, and a note where lines are left out."""

    name: str
    title: str
    heads: tuple[str, ...]
    lines: tuple[Line, ...]
    note: str = ""


def all_of(facts: ReportFacts, lang: Language) -> list[Grid]:
    """Those that have a line."""
    made = (tasks(facts, lang), milestones(facts, lang), slips(facts, lang), risks(facts, lang))
    return [grid for grid in made if grid.lines]


def states(facts: ReportFacts, lang: Language) -> list[tuple[str, str]]:
    """By which a reader can ask how a line stands: those that are there, as code and words."""
    found = {task.status for task in facts.tasks} | {task.lateness for task in facts.tasks}
    late = [(code, label("Lateness", code, lang)) for code in ("overdue", "due_soon")]
    known = ("todo", "doing", "blocked", "review", "done", "paused", "dropped")
    status = [(code, label("TaskStatus", code, lang)) for code in known]
    return [(code, words) for code, words in (*late, *status) if code in found]


def tasks(facts: ReportFacts, lang: Language) -> Grid:
    """Every task in the order of the plan; of too many first those a reader must see."""
    _ = lang.gettext
    heads = (
        _("STT"),
        _("Nhiệm vụ"),
        _where_head(facts, lang),
        _("Đơn vị chủ trì, người phụ trách"),
        _("Thời hạn"),
        _("Chậm (ngày)"),
        _("Tiến độ"),
        _("Tình trạng"),
        _("Kết quả, ghi chú"),
    )
    chosen, note = _chosen(facts, lang)
    lines = tuple(_task(task, place, facts, lang) for place, task in chosen)
    return Grid("tasks", _("Danh mục nhiệm vụ và tình hình thực hiện"), heads, lines, note)


def _chosen(facts: ReportFacts, lang: Language) -> tuple[Iterator[tuple[int, TaskFact]], str]:
    """The tasks shown, each with its place in the plan, and what to say of those that are not."""
    placed = enumerate(facts.tasks, 1)
    if len(facts.tasks) <= MOST:
        return placed, ""
    first = {task.code for task in tables.exceptions(facts)}
    others = MOST - len(first)
    rest = [task.code for task in facts.tasks if task.code not in first][:others]
    shown = first.union(rest)
    note = lang.gettext(
        "Hiện %(shown)s nhiệm vụ, trước hết là các nhiệm vụ cần lưu ý, trong tổng số %(total)s"
        " nhiệm vụ; danh mục đầy đủ ở tệp Excel kèm theo.",
        shown=number(len(shown), lang),
        total=number(len(facts.tasks), lang),
    )
    return (pair for pair in placed if pair[1].code in shown), note


def _task(task: TaskFact, place: int, facts: ReportFacts, lang: Language) -> Line:
    about = [task.code]
    if task.parent:
        about.append(lang.gettext("thuộc %(code)s", code=task.parent))
    if task.milestone:
        about.append(one_line(task.milestone))
    unit = one_line(facts.unit_names(task.lead_unit, lang.code))
    assigned = one_line(task.assigned_by)
    cells = (
        _count(task.number or place, lang),
        Cell(clean(task.title), " · ".join([*about, *([assigned] if assigned else [])])),
        _where(task.group, task.strand, facts, lang),
        Cell(unit or one_line(task.owner), one_line(task.owner) if unit else ""),
        _due(task, lang),
        _slip(task.slip, lang),
        _progress(task, lang),
        Cell(tables.standing(task, lang), stale(task.stale_days, lang), tone=_tone(task)),
        Cell(clean(task.result), clean(task.note)),
    )
    return Line(cells, task.group, task.strand, f"{task.status} {task.lateness}".strip())


def _tone(task: TaskFact) -> str:
    if task.status == "done":
        return "done"
    if task.lateness == "overdue":
        return "late"
    if task.status == "blocked" or task.lateness == "due_soon":
        return "risk"
    return "ok" if task.status in {"doing", "review"} else "idle"


def _due(task: TaskFact, lang: Language) -> Cell:
    if task.status == "done" or task.forecast in {None, task.due}:
        return _day(task.due)
    forecast = lang.gettext("dự kiến %(day)s", day=day(task.forecast))
    return Cell(day(task.due), forecast, _iso(task.due))


def _progress(task: TaskFact, lang: Language) -> Cell:
    if task.finished_on is None:
        return Cell(f"{task.progress}%", order=f"{task.progress:03}")
    return Cell("100%", lang.gettext("Xong ngày %(day)s", day=day(task.finished_on)), "100")


def milestones(facts: ReportFacts, lang: Language) -> Grid:
    """Every milestone, with its three dates; of too many the first."""
    _ = lang.gettext
    heads = (
        _("Mốc tiến độ"),
        _where_head(facts, lang),
        _("Kế hoạch"),
        _("Dự kiến"),
        _("Ngày đạt"),
        _("Chậm (ngày)"),
    )
    lines = [
        Line(
            (
                Cell(clean(fact.title), fact.code),
                _where(fact.group, fact.strand, facts, lang),
                _day(fact.baseline),
                Cell(day(fact.forecast), stale(fact.stale_days, lang), _iso(fact.forecast)),
                _day(fact.closed_on),
                _slip(fact.slip, lang),
            ),
            fact.group,
            fact.strand,
            "done" if fact.closed_on else "",
        )
        for fact in facts.milestones[:MOST]
    ]
    note = _cut(len(facts.milestones), lang)
    return Grid("milestones", _("Các mốc tiến độ"), heads, tuple(lines), note)


def slips(facts: ReportFacts, lang: Language) -> Grid:
    """Every date that moved in the period, and why; of too many the first."""
    _ = lang.gettext
    heads = (
        _("Nhiệm vụ, mốc tiến độ"),
        _where_head(facts, lang),
        _("Ngày được dời"),
        _("Ngày cũ"),
        _("Ngày mới"),
        _("Số ngày"),
        _("Nguyên nhân"),
        _("Người đồng ý"),
    )
    lines = [
        Line(
            (
                Cell(clean(fact.title), fact.code),
                _where(fact.group, fact.strand, facts, lang),
                Cell(which_date(fact.which, lang)),
                _day(fact.old),
                _day(fact.new),
                _slip(fact.days, lang),
                Cell(
                    label("MoveReason", fact.reason, lang) if fact.reason else "",
                    clean(fact.sentence),
                ),
                Cell(one_line(fact.agreed_by), day(fact.moved_on), _iso(fact.moved_on)),
            ),
            fact.group,
            fact.strand,
        )
        for fact in facts.slips[:MOST]
    ]
    note = _cut(len(facts.slips), lang)
    return Grid("slips", _("Thay đổi thời hạn và nguyên nhân"), heads, tuple(lines), note)


def risks(facts: ReportFacts, lang: Language) -> Grid:
    """Every difficulty that is recorded, and every grave risk."""
    _ = lang.gettext
    heads = (
        _("Khó khăn, rủi ro"),
        _where_head(facts, lang),
        _("Hạng"),
        _("Người phụ trách"),
        _("Biện pháp"),
        _("Từ ngày"),
        _("Ngày rà soát"),
    )
    lines = [
        Line(
            (
                Cell(clean(fact.title), f"{fact.code} · {label('RiskKind', fact.kind, lang)}"),
                _where(fact.group, fact.strand, facts, lang),
                Cell(
                    f"{label('RiskBand', fact.band, lang)} ({fact.level})" if fact.band else "",
                    order=f"{fact.level or 0:03}",
                ),
                Cell(one_line(fact.owner)),
                Cell(
                    clean(fact.response),
                    label("Treatment", fact.treatment, lang) if fact.treatment else "",
                ),
                _day(fact.since),
                _day(fact.review_on),
            ),
            fact.group,
            fact.strand,
        )
        for fact in facts.risks[:MOST]
    ]
    note = _cut(len(facts.risks), lang)
    return Grid("risks", _("Khó khăn, vướng mắc, rủi ro"), heads, tuple(lines), note)


def _cut(total: int, lang: Language) -> str:
    if total <= MOST:
        return ""
    return lang.gettext(
        "Hiện %(shown)s dòng trong tổng số %(total)s dòng; số liệu đầy đủ ở tệp Excel kèm theo.",
        shown=number(MOST, lang),
        total=number(total, lang),
    )


def _where(group: str, strand: str, facts: ReportFacts, lang: Language) -> Cell:
    words = label("Strand", strand, lang)
    if len(facts.groups) < 2:
        return Cell(words)
    return Cell(one_line(facts.group_name(group, lang.code)), words)


def _where_head(facts: ReportFacts, lang: Language) -> str:
    if len(facts.groups) < 2:
        return lang.gettext("Cấu phần")
    return lang.gettext("Tổ công tác, cấu phần")


def _count(value: int, lang: Language) -> Cell:
    return Cell(number(value, lang), order=f"{value:07}")


def _slip(days: int | None, lang: Language) -> Cell:
    """Days later, or earlier. Sorted by size, unknown ones first."""
    if days is None:
        return Cell("")
    order = f"{days + 1_000_000:08}"
    return Cell(signed(days, lang), order=order, tone="late" if days > 0 else "")


def signed(days: int, lang: Language) -> str:
    """Days with the sign that says whether they are later (+) or earlier."""
    sign = "+" if days > 0 else "−" if days < 0 else ""
    return f"{sign}{number(abs(days), lang)}"


def stale(days: int, lang: Language) -> str:
    """For how long nobody has confirmed it; nothing while it is fresh."""
    if not days:
        return ""
    return lang.ngettext("chưa cập nhật %(num)s ngày", "chưa cập nhật %(num)s ngày", days)


def _day(value: date | None) -> Cell:
    return Cell(day(value), order=_iso(value))


def _iso(value: date | None) -> str:
    return value.isoformat() if value else ""
