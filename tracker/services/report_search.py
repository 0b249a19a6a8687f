"""Keeping what a report is found by in the register."""

from collections.abc import Iterator

from tracker.extensions import db
from tracker.lib.periods import parse
from tracker.lib.text import fold
from tracker.models import Group, Report, Unit
from tracker.words import LANGUAGES, Language, language


def refold(report: Report) -> None:
    """Keep the names of its kind, of its period and of whose it is, in both languages, and all
    that was written in it, folded. A name that changes later leaves it as it was.
    """
    texts = [text for code in LANGUAGES for text in _named(report, language(code))]
    texts += [report.reason or "", *report.narrative.values()]
    report.folded = " ".join(filter(None, map(fold, texts)))


def _named(report: Report, lang: Language) -> Iterator[str]:
    period = parse(report.period)
    days = {"first": f"{period.first:%d/%m/%Y}", "last": f"{period.last:%d/%m/%Y}"}
    yield lang.gettext("Báo cáo")
    yield lang.label(report.kind)
    yield lang.sentence(period.title_code, **(period.title_values | days))
    group = db.session.get(Group, report.group_id) if report.group_id else None
    unit = db.session.get(Unit, report.unit_id) if report.unit_id else None
    if group is not None:
        yield f"{group.key} {group.name} {group.name_en or ''}"
    elif unit is not None:
        yield f"{unit.name} {unit.name_en or ''} {unit.abbreviation or ''}"
    else:
        yield lang.gettext("Tất cả các tổ")
