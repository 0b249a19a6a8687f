"""The table of all tasks."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import attrgetter

from tracker.exports.report.shapes import Column, Row, Table
from tracker.exports.report.tables.shared import (
    SMALL_TYPE,
    TASK_ROWS,
    fitted,
    named,
    responsible,
)
from tracker.exports.report.wording import day, label, number, one_line, stale
from tracker.lib.lateness import Lateness
from tracker.models import Arrangement, Orientation, TaskStatus
from tracker.queries.report_facts import ReportFacts, TaskFact
from tracker.words import Language

_STRAND_NUMBERS = ("I", "II", "III", "IV")
# No Vietnamese syllable is longer; and hardly a word of the English name of a unit.
_LONG_SYLLABLE, _LONG_WORD = "Nghiêng", "Accreditation"
# A note of one syllable a line would make its row as tall as the page.
_TWO_SYLLABLES = "đang chờ"
# English words leave ten columns of a standing page room only at so many points.
_ENGLISH_TYPE = 8.0
# Points at which a lying page holds as many tasks as a standing one.
_LYING_TYPE = 10.0
# In mm on a lying page, and on one that stands.
_WIDTHS = {
    "lying": (12, 44, 26, 34, 23, 22, 21, 21, 19, 25),
    "upright": (8, 34, 16, 17, 15, 17, 12, 17, 14, 10),
}


def tasks(facts: ReportFacts, lang: Language) -> Table:
    """The annex of all tasks, or of the exceptions when there are too many for paper."""
    _ = lang.gettext
    chosen: Sequence[TaskFact] = facts.tasks
    note = ""
    if len(facts.tasks) > TASK_ROWS:
        chosen = exceptions(facts)
        note = _(
            "Phụ lục in %(shown)s nhiệm vụ cần lưu ý trong tổng số %(total)s nhiệm vụ;"
            " danh mục đầy đủ ở tệp Excel kèm theo.",
            shown=number(len(chosen), lang),
            total=number(len(facts.tasks), lang),
        )
    is_lying = facts.orientation is Orientation.LANDSCAPE
    return Table(
        _("Danh mục nhiệm vụ và tình hình thực hiện"),
        task_columns(lang, is_lying=is_lying),
        tuple(_task_rows(chosen, facts, lang)),
        note,
        _type_size(lang, is_lying=is_lying),
    )


def _type_size(lang: Language, *, is_lying: bool) -> float:
    if is_lying:
        return _LYING_TYPE
    return _ENGLISH_TYPE if lang.code == "en" else SMALL_TYPE


def task_columns(lang: Language, *, is_lying: bool = True) -> tuple[Column, ...]:
    """The columns people expect of such a table (domain.md §1.5)."""
    _ = lang.gettext
    centred = {0, 5, 7}
    heads = (
        _("STT"),
        _("Nhiệm vụ"),
        _("Văn bản giao"),
        _("Đơn vị chủ trì"),
        _("Đơn vị phối hợp"),
        _("Thời hạn"),
        _("Sản phẩm"),
        _("Tiến độ, kết quả"),
        _("Tình trạng"),
        _("Ghi chú"),
    )
    widths = _WIDTHS["lying" if is_lying else "upright"]
    columns = (
        Column(head, width, "center" if at in centred else "left")
        for at, (head, width) in enumerate(zip(heads, widths, strict=True))
    )
    day_, units = "00/00/0000", [_LONG_WORD] if lang.code == "en" else []
    words = {
        2: [f"({day_}),"],
        3: units,
        4: units,
        5: [day_],
        6: [_LONG_SYLLABLE],
        7: [day_],
        8: _standings(lang),
        9: [_TWO_SYLLABLES],
    }
    return fitted(tuple(columns), _type_size(lang, is_lying=is_lying), words)


def _standings(lang: Language) -> Sequence[str]:
    """Every word that the column of standings may say."""
    labels = [*map(lang.label, TaskStatus), *map(lang.label, Lateness)]
    return [word for words in labels for word in words.split()]


def exceptions(facts: ReportFacts) -> list[TaskFact]:
    """The tasks a reader of paper must see, at most 500, in the order of the plan."""
    finished_codes = {task.code for task in facts.finished}
    moved = {slip.code for slip in facts.slips}

    def rank(task: TaskFact) -> int | None:
        tests = (
            task.lateness == "overdue",
            task.status == "blocked",
            task.code in moved,
            task.lateness == "due_soon",
            task.code in finished_codes,
        )
        return tests.index(True) if any(tests) else None

    ranked = [(place, at, task) for at, task in enumerate(facts.tasks)
              if (place := rank(task)) is not None]  # fmt: skip
    first = sorted(ranked, key=lambda item: item[:2])[:TASK_ROWS]
    return [task for _place, _at, task in sorted(first, key=lambda item: item[1])]


def _task_rows(chosen: Sequence[TaskFact], facts: ReportFacts, lang: Language) -> Iterator[Row]:
    """Under their groups and strands, or under their strands and groups."""
    numbers = _numbers(chosen)
    if facts.arranged_by is Arrangement.STRAND and len(facts.groups) > 1:
        order = {row.key: at for at, row in enumerate(facts.statistics.by_strand)}
        for strand, of_strand in groupby(
            sorted(chosen, key=lambda task: order.get(task.strand, len(order))),
            key=attrgetter("strand"),
        ):
            yield Row((label("Strand", strand, lang).upper(),), "group")
            for key, of_group in groupby(of_strand, key=attrgetter("group")):
                yield Row((one_line(facts.group_name(key, lang.code)),), "group")
                yield from (Row(_task(one, numbers[one.code], facts, lang)) for one in of_group)
        return
    for key, of_group in groupby(chosen, key=attrgetter("group")):
        if len(facts.groups) > 1:
            yield Row((one_line(facts.group_name(key, lang.code)).upper(),), "group")
        strands = groupby(of_group, key=attrgetter("strand"))
        for roman, (strand, of_strand) in zip(_endless_romans(), strands, strict=False):
            yield Row((f"{roman}. {label('Strand', strand, lang)}".lstrip(". "),), "group")
            yield from (Row(_task(one, numbers[one.code], facts, lang)) for one in of_strand)


def _endless_romans() -> Iterator[str]:
    yield from _STRAND_NUMBERS
    while True:
        yield ""


def _numbers(chosen: Iterable[TaskFact]) -> dict[str, str]:
    """1, 2, 3 …, and 2.1, 2.2 … for the parts of the second."""
    numbers: dict[str, str] = {}
    parts: dict[str, int] = {}
    top = 0
    for task in chosen:
        if task.parent in numbers:
            parts[task.parent] = parts.get(task.parent, 0) + 1
            numbers[task.code] = f"{numbers[task.parent]}.{parts[task.parent]}"
        else:
            top += 1
            numbers[task.code] = str(task.number or top)
    return numbers


def _task(task: TaskFact, position: str, facts: ReportFacts, lang: Language) -> tuple[str, ...]:
    lead_unit = facts.unit_names(task.lead_unit, lang.code)
    cooperating = facts.unit_names(task.cooperating, lang.code)
    return task_cells(task, position, lead_unit, cooperating, lang)


def task_cells(
    task: TaskFact, position: str, lead_unit: str, cooperating: str, lang: Language
) -> tuple[str, ...]:
    """A task under those columns; the units are named in the language already."""
    return (
        position,
        named(task.title, task.code),
        one_line(task.assigned_by),
        responsible(lead_unit, task.owner),
        one_line(cooperating),
        _due(task, lang),
        one_line(task.result),
        _progress(task, lang),
        "\n".join([standing(task, lang), *stale(task.stale_days, lang)]),
        one_line(task.note),
    )


def standing(task: TaskFact, lang: Language) -> str:
    """Both axes of the official status: completion, and timeliness where it adds something."""
    status = label("TaskStatus", task.status, lang)
    if task.status == "done" and task.lateness:
        return label("Lateness", task.lateness, lang)
    if task.lateness in {"overdue", "due_soon"}:
        return f"{status}, {label('Lateness', task.lateness, lang).lower()}"
    return status


def _due(task: TaskFact, lang: Language) -> str:
    if task.status == "done" or task.forecast in {None, task.due}:
        return day(task.due)
    forecast = lang.gettext("dự kiến %(day)s", day=day(task.forecast))
    return f"{day(task.due)}\n{forecast}".strip()


def _progress(task: TaskFact, lang: Language) -> str:
    if task.finished_on is None:
        return f"{task.progress}%"
    return lang.gettext("Xong ngày %(day)s", day=day(task.finished_on))
