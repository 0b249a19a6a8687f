"""What two records of a report say differently, in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from tracker.exports.report.wording import label
from tracker.lib.dates import format_date
from tracker.lib.text_difference import Run
from tracker.queries.report_facts import Name, section_of
from tracker.queries.reports.differences import Differences, ThingChange, ThingChanges
from tracker.words import FIELDS, LABELS, N_, Language

SECTIONS = {
    "assessment": N_("Nhận định chung"),
    "results": N_("Tình hình và kết quả thực hiện"),
    "difficulties": N_("Khó khăn, vướng mắc và nguyên nhân"),
    "next": N_("Phương hướng, nhiệm vụ kỳ tới"),
    "recommendations": N_("Kiến nghị, đề xuất"),
}
CELLS = {
    "done_on_time": N_("hoàn thành đúng hạn"),
    "done_late": N_("hoàn thành quá hạn"),
    "open_on_time": N_("chưa hoàn thành, trong hạn"),
    "open_overdue": N_("chưa hoàn thành, quá hạn"),
    "dropped": N_("dừng thực hiện"),
}
FRAME = {
    "organisation": N_("cơ quan, người ký ở đầu và cuối văn bản"),
    "addressees": N_("kính gửi"),
    "addressees_en": N_("kính gửi (tiếng Anh)"),
    "recipients": N_("nơi nhận"),
    "recipients_en": N_("nơi nhận (tiếng Anh)"),
    "cut_off": N_("ngày chốt số liệu"),
    "urgency": N_("mức độ khẩn"),
    "orientation": N_("khổ giấy của phụ lục"),
}
THINGS = {
    "tasks": N_("Các nhiệm vụ"),
    "milestones": N_("Các mốc tiến độ"),
    "deliverables": N_("Các sản phẩm"),
    "questions": N_("Kiến nghị xin ý kiến"),
    "directives": N_("Ý kiến chỉ đạo, nhiệm vụ giao"),
    "risks": N_("Khó khăn, rủi ro"),
}
# Those of a report that the history does not know by the same name.
VALUES = FIELDS | {
    "approved": N_("ngày được duyệt"),
    "asked_by": N_("người hỏi"),
    "asked_on": N_("ngày hỏi"),
    "assigned_by": N_("văn bản giao"),
    "band": N_("mức rủi ro"),
    "came_on": N_("ngày đến giai đoạn"),
    "cooperating": N_("đơn vị phối hợp"),
    "decided_by": N_("người cho ý kiến"),
    "document": N_("văn bản"),
    "given_by": N_("người giao"),
    "given_on": N_("ngày giao"),
    "lateness": N_("tình hình thời hạn"),
    "lead_unit": N_("đơn vị chủ trì"),
    "milestone": N_("mốc tiến độ"),
    "owner": N_("người phụ trách"),
    "parent": N_("thuộc nhiệm vụ"),
    "since": N_("từ ngày"),
    "stage": N_("giai đoạn"),
    "wanted_from": N_("người được xin ý kiến"),
}
CODES = {
    "status": "TaskStatus",
    "lateness": "Lateness",
    "state": "DecisionState",
    "band": "RiskBand",
    "treatment": "Treatment",
    "strand": "Strand",
}


@dataclass(frozen=True)
class Told:
    """A thing that is told otherwise, and how: (what, before, now)."""

    code: str
    title: str
    values: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Chapter:
    """The things of a sort."""

    title: str
    came: tuple[ThingChange, ...]
    gone: tuple[ThingChange, ...]
    changed: tuple[Told, ...]
    left_out: int


@dataclass(frozen=True)
class Changes:
    """What the page shows."""

    texts: tuple[tuple[str, bool, tuple[Run, ...]], ...]
    figures: tuple[tuple[str, str, str], ...]
    frame: tuple[str, ...]
    chapters: tuple[Chapter, ...]
    is_empty: bool


def changes(found: Differences, lang: Language) -> Changes:
    """The differences, in words of the language."""
    _ = lang.gettext
    return Changes(
        texts=tuple(
            (_(SECTIONS[section]), is_english, one.runs)
            for one in found.texts
            for section, is_english in [section_of(one.text)]
        ),
        figures=(
            *((_(CELLS[one.name]), str(one.before), str(one.now)) for one in found.cells),
            *_healths(found, lang),
        ),
        frame=tuple(_(FRAME[name]) for name in found.frame),
        chapters=tuple(_chapter(one, lang) for one in found.things),
        is_empty=found.is_empty,
    )


def _healths(found: Differences, lang: Language) -> Iterator[tuple[str, str, str]]:
    for before, now in found.workstreams:
        place = f"{now.group} · {label('Strand', now.strand, lang)}"
        if before.health != now.health:
            yield place, label("Health", before.health, lang), label("Health", now.health, lang)
        if before.declared != now.declared:
            what = lang.gettext("%(place)s, tổ tự đánh giá", place=place)
            old, new = (
                label("Health", one.declared, lang) if one.declared else "—"
                for one in (before, now)
            )
            yield what, old, new


def _chapter(one: ThingChanges, lang: Language) -> Chapter:
    shown = (one.came, one.gone, one.changed)
    return Chapter(
        title=lang.gettext(THINGS[one.what]),
        came=one.came,
        gone=one.gone,
        changed=tuple(_told(change, lang) for change in one.changed),
        left_out=one.total - sum(map(len, shown)),
    )


def _told(change: ThingChange, lang: Language) -> Told:
    values = (
        (
            lang.gettext(VALUES.get(name, name)),
            _readable(name, before, lang),
            _readable(name, now, lang),
        )
        for name, before, now in change.values
    )
    return Told(change.code, change.title, tuple(values))


def _readable(name: str, value: Any, lang: Language) -> str:
    match value:
        case None | "" | ():
            return "—"
        case date():
            return format_date(value)
        case Name():
            return value.in_language(lang.code)
        case tuple():
            return ", ".join(map(str, value))
        case str() if f"{CODES.get(name, '')}.{value}" in LABELS:
            return label(CODES[name], value, lang)
    return str(value)
