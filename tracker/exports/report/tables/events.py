"""What happened in the period, what is late and what comes."""

from tracker.exports.report.shapes import Column, Row, Table
from tracker.exports.report.tables.shared import limited, named, responsible, signed
from tracker.exports.report.wording import day, label, one_line
from tracker.queries.report_facts import (
    DeliverableFact,
    DirectiveFact,
    QuestionFact,
    ReportFacts,
    SlipFact,
)
from tracker.words import Language


def finished(facts: ReportFacts, lang: Language) -> Table:
    """The tasks finished in the period."""
    _ = lang.gettext
    columns = (
        Column(_("STT"), 11, "center"),
        Column(_("Nhiệm vụ"), 50),
        Column(_("Đơn vị chủ trì"), 30),
        Column(_("Thời hạn"), 22, "center"),
        Column(_("Hoàn thành"), 22, "center"),
        Column(_("Sản phẩm"), 25),
    )
    rows = [
        Row((
            str(position),
            named(task.title, task.code),
            one_line(facts.unit_names(task.lead_unit, lang.code) or task.owner),
            day(task.due),
            day(task.finished_on),
            one_line(task.result),
        ))
        for position, task in enumerate(facts.finished, 1)
    ]  # fmt: skip
    return limited(_("Nhiệm vụ hoàn thành trong kỳ"), columns, rows, lang)


def reached(facts: ReportFacts, lang: Language) -> Table:
    """The milestones reached in the period."""
    _ = lang.gettext
    columns = (
        Column(_("STT"), 11, "center"),
        Column(_("Mốc tiến độ"), 68),
        Column(_("Kế hoạch"), 22, "center"),
        Column(_("Thực tế"), 22, "center"),
        Column(_("Minh chứng"), 37),
    )
    rows = [
        Row((
            str(position),
            named(milestone.title, milestone.code),
            day(milestone.baseline),
            day(milestone.closed_on),
            one_line(milestone.evidence),
        ))
        for position, milestone in enumerate(facts.reached, 1)
    ]  # fmt: skip
    return limited(_("Mốc tiến độ đạt được trong kỳ"), columns, rows, lang)


def slips(facts: ReportFacts, lang: Language) -> Table:
    """The dates that moved in the period, why, and who agreed."""
    _ = lang.gettext
    columns = (
        Column(_("STT"), 11, "center"),
        Column(_("Nhiệm vụ, mốc tiến độ"), 44),
        Column(_("Ngày cũ"), 21, "center"),
        Column(_("Ngày mới"), 21, "center"),
        Column(_("Số ngày"), 13, "center"),
        Column(_("Nguyên nhân"), 50),
    )
    rows = [
        Row((
            str(position),
            _moved(slip, lang),
            day(slip.old),
            day(slip.new),
            signed(slip.days),
            _why(slip, lang),
        ))
        for position, slip in enumerate(facts.slips, 1)
    ]  # fmt: skip
    return limited(_("Thay đổi thời hạn trong kỳ"), columns, rows, lang)


def _moved(slip: SlipFact, lang: Language) -> str:
    """What moved, and below it which of its dates."""
    said = {
        "due": lang.gettext("(dời thời hạn)"),
        "forecast": lang.gettext("(dời ngày dự kiến)"),
        "baseline": lang.gettext("(dời ngày kế hoạch)"),
    }
    which = said.get(slip.which, "")
    return "\n".join(part for part in (named(slip.title, slip.code), which) if part)


def _why(slip: SlipFact, lang: Language) -> str:
    parts = [label("MoveReason", slip.reason, lang) if slip.reason else "", one_line(slip.sentence)]
    text = ": ".join(part for part in parts if part)
    if not slip.agreed_by:
        return text
    agreed = lang.gettext("Người đồng ý: %(name)s", name=one_line(slip.agreed_by))
    return "\n".join(part for part in (text, agreed) if part)


def overdue(facts: ReportFacts, lang: Language) -> Table:
    """The unfinished tasks beyond their date."""
    _ = lang.gettext
    columns = (
        Column(_("STT"), 11, "center"),
        Column(_("Nhiệm vụ"), 62),
        Column(_("Đơn vị chủ trì, người phụ trách"), 43),
        Column(_("Thời hạn"), 22, "center"),
        Column(_("Dự kiến"), 22, "center"),
    )
    late = [task for task in facts.tasks if task.lateness == "overdue" and not task.parent]
    rows = [
        Row((
            str(position),
            named(task.title, task.code),
            responsible(facts.unit_names(task.lead_unit, lang.code), task.owner),
            day(task.due),
            day(task.forecast),
        ))
        for position, task in enumerate(late, 1)
    ]  # fmt: skip
    return limited(_("Nhiệm vụ quá hạn chưa hoàn thành"), columns, rows, lang)


def upcoming(facts: ReportFacts, lang: Language) -> Table:
    """What falls due in the period to come."""
    _ = lang.gettext
    columns = (
        Column(_("STT"), 11, "center"),
        Column(_("Nhiệm vụ, mốc tiến độ"), 80),
        Column(_("Đơn vị chủ trì, người phụ trách"), 46),
        Column(_("Thời hạn"), 23, "center"),
    )
    rows = [
        Row((
            str(position),
            named(work.title, work.code),
            responsible(facts.unit_names(work.lead_unit, lang.code), work.owner),
            day(work.due),
        ))
        for position, work in enumerate(facts.upcoming, 1)
    ]  # fmt: skip
    return limited(_("Nhiệm vụ, mốc tiến độ đến hạn trong kỳ tới"), columns, rows, lang)


def directives(facts: ReportFacts, lang: Language) -> Table:
    """What directors gave, and how far it is; what is late first, as the facts have it."""
    _ = lang.gettext
    columns = (
        Column(_("STT"), 11, "center"),
        Column(_("Nhiệm vụ"), 43),
        Column(_("Ý kiến chỉ đạo"), 34),
        Column(_("Đơn vị chủ trì"), 28),
        Column(_("Thời hạn"), 22, "center"),
        Column(_("Tình trạng"), 22),
    )
    rows = [
        Row((
            str(position),
            named(one.title, one.code),
            _given(one, lang),
            responsible(facts.unit_names(one.lead_unit, lang.code), one.owner),
            day(one.due),
            _standing(one, lang),
        ))
        for position, one in enumerate(facts.directives, 1)
    ]  # fmt: skip
    return limited(_("Ý kiến chỉ đạo, nhiệm vụ lãnh đạo giao"), columns, rows, lang)


def _given(one: DirectiveFact, lang: Language) -> str:
    by = {"name": one_line(one.given_by), "day": day(one.given_on)}
    said = lang.gettext("%(name)s, ngày %(day)s", **by) if one.given_by else day(one.given_on)
    new = lang.gettext("(mới trong kỳ)") if one.is_new else ""
    return "\n".join(part for part in (one_line(one.document), said, new) if part)


def _standing(one: DirectiveFact, lang: Language) -> str:
    if one.recalled_why:
        return lang.gettext("Đã thu hồi: %(why)s", why=one_line(one.recalled_why))
    if one.finished_on is not None:
        return lang.gettext("Xong ngày %(day)s", day=day(one.finished_on))
    status = label("TaskStatus", one.status, lang)
    if one.lateness in {"overdue", "due_soon"}:
        return f"{status}, {label('Lateness', one.lateness, lang).lower()}"
    return status


def questions(facts: ReportFacts, lang: Language) -> Table:
    """What a director is asked to decide, and what was answered in the period."""
    _ = lang.gettext
    columns = (
        Column(_("STT"), 11, "center"),
        Column(_("Nội dung xin ý kiến"), 55),
        Column(_("Phương án"), 36),
        Column(_("Người cho ý kiến, thời hạn"), 29),
        Column(_("Kết quả"), 29),
    )
    rows = [
        Row((
            str(position),
            _question(one, lang),
            _options(one, lang),
            "\n".join(part for part in (one_line(one.wanted_from), _wanted(one, lang)) if part),
            _answer(one, lang),
        ))
        for position, one in enumerate(facts.questions, 1)
    ]  # fmt: skip
    return limited(_("Nội dung xin ý kiến, quyết định"), columns, rows, lang)


def _question(one: QuestionFact, lang: Language) -> str:
    stalls = lang.gettext("Đang chờ: %(codes)s", codes=", ".join(one.stalls)) if one.stalls else ""
    return "\n".join(part for part in (named(one.question, one.code), stalls) if part)


def _options(one: QuestionFact, lang: Language) -> str:
    options = [f"– {one_line(option)}" for option in one.options]
    if one.recommended:
        text = one_line(one.recommended)
        options.append(lang.gettext("Đề xuất: %(option)s", option=text))
    return "\n".join(options)


def _wanted(one: QuestionFact, lang: Language) -> str:
    if one.wanted_by is None:
        return ""
    late = lang.gettext("(quá hạn)") if one.is_overdue else ""
    wanted = lang.gettext("trước ngày %(day)s", day=day(one.wanted_by))
    return f"{wanted} {late}".rstrip()


def _answer(one: QuestionFact, lang: Language) -> str:
    if one.state == "open":
        return lang.gettext("Chưa có ý kiến")
    who = ", ".join(part for part in (one_line(one.decided_by), day(one.decided_on)) if part)
    parts = (
        label("DecisionState", one.state, lang),
        one_line(one.chosen),
        one_line(one.answer),
        f"({who})" if who else "",
        one_line(one.document),
    )
    return "\n".join(part for part in parts if part)


def deliverables(facts: ReportFacts, lang: Language) -> Table:
    """The deliverables that came to a stage in the period."""
    _ = lang.gettext
    columns = (
        Column(_("STT"), 11, "center"),
        Column(_("Sản phẩm"), 62),
        Column(_("Giai đoạn"), 35),
        Column(_("Ngày"), 22, "center"),
        Column(_("Văn bản"), 30),
    )
    rows = [
        Row((
            str(position),
            _product(one, lang),
            one_line(one.stage.in_language(lang.code)),
            day(one.came_on),
            one_line(one.document),
        ))
        for position, one in enumerate(facts.deliverables, 1)
    ]  # fmt: skip
    return limited(_("Sản phẩm chuyển giai đoạn trong kỳ"), columns, rows, lang)


def _product(one: DeliverableFact, lang: Language) -> str:
    title = one.title_en if lang.code == "en" and one.title_en else one.title
    reference = one_line(one.reference)
    return named(f"{reference} – {title}" if reference else title, one.code)
