"""What changed since the last report, thing by thing."""

from collections.abc import Iterator

from tracker.exports.report.shapes import Column, Row, Table
from tracker.exports.report.tables.shared import limited, named, signed
from tracker.exports.report.wording import day, label, number, one_line
from tracker.queries.report_facts import (
    Basis,
    Changed,
    ChangedFact,
    ChangeSort,
    HealthChange,
    ReportFacts,
    SinceFact,
)
from tracker.words import N_, Language

# What each sort of changes is called on paper.
SORTS = {
    ChangeSort.OVERDUE: N_("Mới quá hạn"),
    ChangeSort.MOVED: N_("Dời thời hạn, mốc tiến độ"),
    ChangeSort.FINISHED: N_("Nhiệm vụ đã hoàn thành"),
    ChangeSort.REACHED: N_("Mốc tiến độ đã đạt"),
    ChangeSort.ADDED: N_("Nhiệm vụ, mốc tiến độ mới"),
    ChangeSort.DROPPED: N_("Nhiệm vụ, mốc tiến độ dừng thực hiện"),
    ChangeSort.ASKED: N_("Kiến nghị mới"),
    ChangeSort.ANSWERED: N_("Kiến nghị đã có ý kiến"),
    ChangeSort.GIVEN: N_("Ý kiến chỉ đạo mới"),
    ChangeSort.RISEN: N_("Khó khăn, rủi ro mới"),
    ChangeSort.SETTLED: N_("Khó khăn, rủi ro đã khép"),
}


def changes(facts: ReportFacts, lang: Language) -> Table:
    """Every change that is known one by one, under its sort."""
    _ = lang.gettext
    columns = (
        Column(_("Nội dung"), 66),
        Column(_("Cấu phần"), 30),
        Column(_("Trước"), 22, "center"),
        Column(_("Nay"), 22, "center"),
        Column(_("Số ngày"), 20, "center"),
    )
    since = facts.since or SinceFact(Basis.NOTHING)
    rows = [*_health(since, facts, lang), *_things(since, facts, lang)]
    total = sum(changed.total - len(changed.rows) for changed in since.changes) + len(rows)
    return limited(_("Thay đổi so với báo cáo trước"), columns, rows, lang, total=total)


def _health(since: SinceFact, facts: ReportFacts, lang: Language) -> Iterator[Row]:
    if since.health:
        yield Row((lang.gettext("Tình trạng cấu phần"),), "group")
    for change in since.health:
        before, now = states(change, lang)
        group = one_line(facts.group_name(change.group, lang.code))
        yield Row((group, label("Strand", change.strand, lang), before, now, ""))


def states(change: HealthChange, lang: Language) -> tuple[str, str]:
    """How it stood and stands: by the plan, and where that differs by its lead."""
    told = []
    for health, declared in (
        (change.before, change.declared_before),
        (change.now, change.declared_now),
    ):
        words = [label("Health", health, lang) if health else "–"]
        if change.declared_before != change.declared_now and declared:
            said = label("Health", declared, lang).lower()
            words.append(lang.gettext("(tổ: %(health)s)", health=said))
        told.append("\n".join(words))
    before, now = told
    return before, now


def _things(since: SinceFact, facts: ReportFacts, lang: Language) -> Iterator[Row]:
    for changed in since.changes:
        yield Row((f"{lang.gettext(SORTS[changed.sort])}: {number(changed.total, lang)}",), "group")
        yield from (_thing(one, changed, facts, lang) for one in changed.rows)


def _thing(one: ChangedFact, changed: Changed, facts: ReportFacts, lang: Language) -> Row:
    strand = label("Strand", one.strand, lang) if one.strand else ""
    group = facts.group_name(one.group, lang.code) if len(facts.groups) > 1 else ""
    place = "\n".join(part for part in (one_line(group), strand) if part)
    title = "\n".join(part for part in (named(one.title, one.code), one_line(one.who)) if part)
    days = number(one.days or 0, lang) if changed.sort is ChangeSort.OVERDUE else signed(one.days)
    return Row((title, place, day(one.before), day(one.now), days if one.days else ""))
