"""What stands on the page of a report, in one language: its head, sections, end and annexes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from tracker.exports.charts import timeline
from tracker.exports.report import tables
from tracker.exports.report.headings import name_lines, subject_lines
from tracker.exports.report.shapes import Appendix, Block, Heading, Paper, Paragraph, Table, listed
from tracker.exports.report.wording import (
    GAP,
    ROMAN,
    clean,
    coverage,
    day,
    letter,
    number,
    one_line,
    period,
    share,
    without_title,
)
from tracker.lib.risk import RiskBand
from tracker.models import RiskKind, Treatment
from tracker.queries.report_facts import DifficultyFact, Name, ReportFacts, RiskFact
from tracker.words import Language

# A table of more rows leaves the text and becomes an annex.
BODY_ROWS = 15
# The annex that is a picture.
TIMELINE = "timeline"
# Millimetres: A4 less the margins of 30 on the left and 20 on the right, and the left part of it
# where the names of the bodies stand.
TEXT_WIDTH = 160
HEAD_WIDTH = 70  # ninety are left for the name of the state

MAKERS: dict[str, Callable[[ReportFacts, Language], Table]] = {
    "tasks": tables.tasks,
    "by_group": tables.by_group,
    "finished": tables.finished,
    "reached": tables.reached,
    "workstreams": tables.workstreams,
    "slips": tables.slips,
    "overdue": tables.overdue,
    "upcoming": tables.upcoming,
}


@dataclass(frozen=True)
class Draft:
    """What the sections are written from."""

    facts: ReportFacts
    lang: Language
    tables: dict[str, Table]
    labels: dict[str, str]

    def show(self, name: str, *, is_named: bool = False) -> Block:
        """The table itself, without its title where a heading names it, or where to find it."""
        if name not in self.labels:
            table = self.tables[name]
            return replace(table, title="") if is_named else table
        text = self.lang.gettext(
            "%(title)s: chi tiết tại %(appendix)s kèm theo Báo cáo này.",
            title=self.tables[name].title,
            appendix=self.labels[name],
        )
        return Paragraph(text)


def paper(facts: ReportFacts, lang: Language) -> Paper:
    """The whole document."""
    _ = lang.gettext
    draft = _draft(facts, lang)
    body = facts.organisation
    signature = body.signature
    symbol = "-".join(part for part in ("BC", one_line(body.symbol)) if part)
    addressees = facts.addressees or (facts.sent_to.in_language(lang.code),)
    to = tuple(one_line(addressee) for addressee in addressees if one_line(addressee))
    return Paper(
        language=lang.code,
        title=f"{_('Báo cáo')}: {subject(facts, lang)}",
        author=one_line(body.issuing.in_language(lang.code)),
        identifier=facts.identifier,
        day=facts.generated_on,
        superior=_body(body.superior, lang),
        issuing=_body(body.issuing, lang),
        country=_("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        motto=_("Độc lập - Tự do - Hạnh phúc"),
        number=_("Số: %(gap)s/%(symbol)s", gap=GAP, symbol=symbol),
        place_and_date=_(
            "%(place)s, ngày %(gap)s tháng %(gap)s năm %(gap)s", place=one_line(body.place), gap=GAP
        ),
        kind=_("BÁO CÁO"),
        subject=subject_lines(subject(facts, lang), TEXT_WIDTH, 14),
        to=_("Kính gửi:"),
        addressees=to,
        blocks=tuple(_blocks(draft)),
        authority=one_line(signature.authority.in_language(lang.code)).upper(),
        post=one_line(signature.post.in_language(lang.code)).upper(),
        signer=without_title(signature.name),
        recipients_head=_("Nơi nhận:"),
        recipients=tuple(_recipients(facts, lang, is_sent_up=bool(to))),
        appendices=tuple(_appendices(draft, symbol)),
    )


def _body(name: Name, lang: Language) -> str:
    lines = clean(name.in_language(lang.code)).split("\n")
    return name_lines("\n".join(map(one_line, lines)), HEAD_WIDTH, 12)


def subject(facts: ReportFacts, lang: Language) -> str:
    """What the report is about, as it stands under its kind."""
    return lang.gettext(
        "Tình hình thực hiện nhiệm vụ %(period)s của %(body)s",
        period=period(facts.period, lang),
        body=_covered(facts, lang),
    )


def _covered(facts: ReportFacts, lang: Language) -> str:
    if facts.covers_all_groups or not facts.groups:
        return lang.gettext("các tổ công tác về hạ tầng chất lượng quốc gia")
    return ", ".join(one_line(group.name.in_language(lang.code)) for group in facts.groups)


def _draft(facts: ReportFacts, lang: Language) -> Draft:
    made = {name: make(facts, lang) for name, make in MAKERS.items()}
    annexed = [
        name
        for name, table in made.items()
        if len(table.rows) > BODY_ROWS or (name == "tasks" and facts.tasks)
    ]
    if facts.timeline is not None and facts.timeline.rows:
        annexed.append(TIMELINE)
    one = lang.gettext("Phụ lục")
    labels = {
        name: one if len(annexed) == 1 else f"{one} {ROMAN[position]}"
        for position, name in enumerate(annexed, 1)
    }
    return Draft(facts, lang, {"by_strand": tables.by_strand(facts, lang), **made}, labels)


def _appendices(draft: Draft, symbol: str) -> Iterator[Appendix]:
    _ = draft.lang.gettext
    reference = _(
        "(Kèm theo Báo cáo số %(gap)s/%(symbol)s ngày %(gap)s tháng %(gap)s năm %(gap)s)",
        gap=GAP,
        symbol=symbol,
    )
    for name, label in draft.labels.items():
        if name == TIMELINE:
            yield _timeline(draft, label, reference)
            continue
        table = draft.tables[name]
        yield Appendix(label, table.title.upper(), reference, table, name == "tasks")


def _timeline(draft: Draft, label: str, reference: str) -> Appendix:
    title = draft.lang.gettext("Biểu đồ tiến độ")
    chart = draft.facts.timeline
    pictures = timeline.sheets(chart, title, draft.lang) if chart else []
    return Appendix(label, title.upper(), reference, is_landscape=True, pictures=tuple(pictures))


def _recipients(facts: ReportFacts, lang: Language, *, is_sent_up: bool) -> list[str]:
    _ = lang.gettext
    unit = one_line(facts.organisation.drafting_unit)
    named = [one_line(recipient) for recipient in facts.recipients]
    own = ("như trên", "lưu:", "as above", "file:")
    others = [name for name in named if name and not name.casefold().startswith(own)]
    as_above = [_("Như trên")] if is_sent_up else []
    filed = _("Lưu: VT, %(unit)s", unit=unit) if unit else _("Lưu: VT")
    return listed([*as_above, *others, filed])


def _blocks(draft: Draft) -> Iterator[Block]:
    _ = draft.lang.gettext
    yield Paragraph(_opening(draft.facts, draft.lang))
    yield Heading(_("I. TÌNH HÌNH VÀ KẾT QUẢ THỰC HIỆN NHIỆM VỤ"))
    yield from _overall(draft)
    yield from _achieved(draft)
    yield from _standing(draft)
    yield from _moved(draft)
    yield Heading(_("II. KHÓ KHĂN, VƯỚNG MẮC VÀ NGUYÊN NHÂN"))
    yield from _difficulties(draft)
    yield Heading(_("III. PHƯƠNG HƯỚNG, NHIỆM VỤ KỲ TỚI"))
    yield from _coming(draft)
    yield Heading(_("IV. KIẾN NGHỊ, ĐỀ XUẤT"))
    yield from _typed(draft, "recommendations") or [Paragraph(_("Không có kiến nghị, đề xuất."))]
    # The end mark of Decree 30 follows the last word of the text.
    yield Paragraph(
        _(
            "Trên đây là Báo cáo %(subject)s./.",
            subject=_lower_first(subject(draft.facts, draft.lang)),
        )
    )


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]


def _opening(facts: ReportFacts, lang: Language) -> str:
    values = {
        "body": one_line(facts.organisation.issuing.in_language(lang.code)),
        "period": period(facts.period, lang),
        "first": day(facts.period.first),
        "last": day(facts.period.last),
        "cut_off": day(facts.cut_off),
    }
    if facts.period.kind == "custom":
        return lang.gettext(
            "%(body)s báo cáo tình hình thực hiện nhiệm vụ từ ngày %(first)s đến ngày %(last)s"
            " (số liệu tính đến hết ngày %(cut_off)s) như sau:",
            **values,
        )
    return lang.gettext(
        "%(body)s báo cáo tình hình thực hiện nhiệm vụ %(period)s (kỳ báo cáo từ ngày %(first)s"
        " đến ngày %(last)s, số liệu tính đến hết ngày %(cut_off)s) như sau:",
        **values,
    )


def _overall(draft: Draft) -> Iterator[Block]:
    facts, lang = draft.facts, draft.lang
    _ = lang.gettext
    yield Heading(_("1. Kết quả chung"), 2)
    now = facts.statistics.whole
    if not now.total:
        yield Paragraph(_("Trong kỳ chưa có nhiệm vụ nào được giao."))
        return
    yield Paragraph(
        lang.ngettext(
            "Tổng số nhiệm vụ được theo dõi là %(total)s nhiệm vụ, trong đó:",
            "Tổng số nhiệm vụ được theo dõi là %(total)s nhiệm vụ, trong đó:",
            now.total,
            total=number(now.total, lang),
        )
    )
    yield from map(Paragraph, _four_cells(draft))
    yield from map(Paragraph, _shares(draft))
    yield from map(Paragraph, coverage(facts.coverage, lang))
    if "tasks" in draft.labels:
        yield Paragraph(
            _(
                "Danh mục nhiệm vụ và tình hình thực hiện từng nhiệm vụ tại %(appendix)s"
                " kèm theo Báo cáo này.",
                appendix=draft.labels["tasks"],
            )
        )
    yield draft.tables["by_strand"]
    if len(facts.statistics.by_group) > 1:
        yield draft.show("by_group")


def _four_cells(draft: Draft) -> Iterator[str]:
    lang, now = draft.lang, draft.facts.statistics.whole
    _ = lang.gettext
    yield _(
        "a) Đã hoàn thành: %(done)s nhiệm vụ (đúng hạn: %(on_time)s; quá hạn: %(late)s);",
        done=number(now.done, lang),
        on_time=number(now.done_on_time, lang),
        late=number(now.done_late, lang),
    )
    yield _(
        "b) Chưa hoàn thành: %(open)s nhiệm vụ (trong hạn: %(on_time)s; quá hạn: %(overdue)s).",
        open=number(now.open_on_time + now.open_overdue, lang),
        on_time=number(now.open_on_time, lang),
        overdue=number(now.open_overdue, lang),
    )


def _shares(draft: Draft) -> Iterator[str]:
    lang, now, before = draft.lang, draft.facts.statistics.whole, draft.facts.statistics.before
    _ = lang.gettext
    if now.due:
        yield _(
            "Tính trên %(due)s nhiệm vụ đến hạn (đã hoàn thành và chưa hoàn thành quá hạn),"
            " tỷ lệ hoàn thành là %(completion)s, tỷ lệ quá hạn là %(overdue)s.",
            due=number(now.due, lang),
            completion=share(now.completed_share, lang),
            overdue=share(now.overdue_share, lang),
        )
    else:
        yield _("Đến hết kỳ báo cáo chưa có nhiệm vụ nào đến hạn.")
    if now.dropped:
        yield _(
            "Ngoài ra, số nhiệm vụ dừng thực hiện, không tính vào số liệu trên: %(num)s.",
            num=number(now.dropped, lang),
        )
    if before is not None and before.total:
        yield _(
            "Cuối kỳ trước: đã hoàn thành %(done)s nhiệm vụ, chưa hoàn thành quá hạn %(overdue)s"
            " nhiệm vụ, tỷ lệ hoàn thành %(share)s.",
            done=number(before.done, lang),
            overdue=number(before.open_overdue, lang),
            share=share(before.completed_share, lang),
        )


def _achieved(draft: Draft) -> Iterator[Block]:
    facts, lang = draft.facts, draft.lang
    _ = lang.gettext
    yield Heading(_("2. Nhiệm vụ hoàn thành, mốc tiến độ đạt được trong kỳ"), 2)
    yield from _typed(draft, "results")
    if facts.finished:
        yield draft.show("finished")
    else:
        yield Paragraph(_("Trong kỳ không có nhiệm vụ nào hoàn thành."))
    if facts.reached:
        yield draft.show("reached")
    else:
        yield Paragraph(_("Trong kỳ không có mốc tiến độ nào đạt được."))


def _standing(draft: Draft) -> Iterator[Block]:
    yield Heading(draft.lang.gettext("3. Tình trạng các cấu phần"), 2)
    if draft.facts.workstreams:
        yield draft.show("workstreams", is_named=True)
        if TIMELINE in draft.labels:
            yield Paragraph(
                draft.lang.gettext(
                    "Biểu đồ tiến độ tại %(appendix)s kèm theo Báo cáo này.",
                    appendix=draft.labels[TIMELINE],
                )
            )
        yield from _not_approved(draft)
    else:
        yield Paragraph(draft.lang.gettext("Chưa có cấu phần nào có kế hoạch."))


def _not_approved(draft: Draft) -> Iterator[Block]:
    """Slips against a plan that nobody approved yet are said to be that."""
    facts, lang = draft.facts, draft.lang
    named = [facts.group_name(g.key, lang.code) for g in facts.groups if not g.is_approved]
    if not named:
        return
    yield Paragraph(
        lang.gettext(
            "Kế hoạch (%(groups)s) chưa được phê duyệt; số ngày chậm được tính so với dự thảo"
            " kế hoạch.",
            groups=", ".join(map(one_line, named)),
        )
    )


def _moved(draft: Draft) -> Iterator[Block]:
    yield Heading(draft.lang.gettext("4. Thay đổi thời hạn và nguyên nhân"), 2)
    if draft.facts.slips:
        yield draft.show("slips", is_named=True)
    else:
        yield Paragraph(draft.lang.gettext("Trong kỳ không có thay đổi về thời hạn."))


def _difficulties(draft: Draft) -> Iterator[Block]:
    facts, lang = draft.facts, draft.lang
    _ = lang.gettext
    typed = _typed(draft, "difficulties")
    yield from typed
    if facts.difficulties:
        yield Paragraph(_("Các nhiệm vụ đang vướng mắc:"))
        shown = facts.difficulties[: tables.OTHER_ROWS]
        last = len(shown) - 1
        for position, difficulty in enumerate(shown):
            end = "." if position == last else ";"
            yield Paragraph(f"{letter(position)} {_difficulty(difficulty, facts, lang)}{end}")
    yield from _risks(draft)
    if draft.tables["overdue"].rows:
        yield draft.show("overdue")
    if not (typed or facts.difficulties or facts.risks or draft.tables["overdue"].rows):
        yield Paragraph(_("Trong kỳ không có khó khăn, vướng mắc; không có nhiệm vụ quá hạn."))


def _risks(draft: Draft) -> Iterator[Block]:
    """What is recorded apart from the tasks: difficulties first, then the grave risks."""
    facts, lang = draft.facts, draft.lang
    _ = lang.gettext
    heads = {
        RiskKind.DIFFICULTY: _("Khó khăn, vướng mắc đang xử lý:"),
        RiskKind.RISK: _("Rủi ro ở mức cao và rất cao:"),
    }
    for kind, head in heads.items():
        shown = [one for one in facts.risks if one.kind == kind][: tables.OTHER_ROWS]
        if shown:
            yield Paragraph(head)
        last = len(shown) - 1
        for position, one in enumerate(shown):
            end = "." if position == last else ";"
            yield Paragraph(f"{letter(position)} {_risk(one, lang)}{end}")


def _risk(fact: RiskFact, lang: Language) -> str:
    _ = lang.gettext
    grade = f"{lang.label(RiskBand(fact.band))} ({fact.level})" if fact.band else ""
    since = _("từ ngày %(day)s", day=day(fact.since)) if fact.since else ""
    blocks = _("đang chặn %(codes)s", codes=", ".join(fact.blocks)) if fact.blocks else ""
    about = ", ".join(part for part in (grade, one_line(fact.owner), since, blocks) if part)
    treated = lang.label(Treatment(fact.treatment)) if fact.treatment else ""
    response = ": ".join(part for part in (treated, one_line(fact.response)) if part)
    named = f"{one_line(fact.title)} ({fact.code})"
    return " – ".join(part for part in (named, about, response.rstrip(".; ")) if part)


def _difficulty(fact: DifficultyFact, facts: ReportFacts, lang: Language) -> str:
    _ = lang.gettext
    unit = facts.unit_names(fact.lead_unit, lang.code)
    since = _("vướng mắc từ ngày %(day)s", day=day(fact.since)) if fact.since else ""
    about = ", ".join(part for part in (one_line(unit or fact.owner), since) if part)
    named = f"{one_line(fact.title)} ({fact.code})"
    parts = (named, about, one_line(fact.note).rstrip(".; "))
    return " – ".join(part for part in parts if part)


def _coming(draft: Draft) -> Iterator[Block]:
    yield from _typed(draft, "next")
    if draft.facts.upcoming:
        yield draft.show("upcoming")
    else:
        yield Paragraph(draft.lang.gettext("Không có nhiệm vụ, mốc tiến độ đến hạn trong kỳ tới."))


def _typed(draft: Draft, section: str) -> list[Block]:
    lines = clean(draft.facts.said(section, draft.lang.code)).split("\n")
    return [Paragraph(line) for line in map(one_line, lines) if line]
