"""The text of a report, section by section, in one language."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import count

from tracker.exports.charts.sheets import UPRIGHT
from tracker.exports.report import first_page, head, pictures, tables
from tracker.exports.report.shapes import Block, Figure, Heading, Paragraph, Table
from tracker.exports.report.wording import (
    clean,
    coverage,
    day,
    letter,
    number,
    one_line,
    period,
    share,
)
from tracker.lib.risk import RiskBand
from tracker.models import ReportKind, RiskKind, Treatment
from tracker.queries.report_facts import DifficultyFact, ReportFacts, RiskFact
from tracker.words import N_, Language

# A board of more groups leaves the text and becomes an annex.
BODY_GROUPS = 8
# The changes would leave page one below a longer sentence on why there is another revision.
LONGEST_REASON = 400


@dataclass(frozen=True)
class Draft:
    """What the sections are written from: the facts, their tables, and the labels of annexes."""

    facts: ReportFacts
    lang: Language
    tables: Mapping[str, Table]
    labels: Mapping[str, str]
    changes: first_page.Changes
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def show(self, name: str, *, is_named: bool = False) -> Block:
        """The table itself, without its title where a heading names it, or where to find it."""
        if name not in self.labels:
            table = self.tables[name]
            return replace(table, title="") if is_named else table
        return Paragraph(
            self.lang.gettext(
                "%(title)s: chi tiết tại %(appendix)s kèm theo Báo cáo này.",
                title=self.tables[name].title,
                appendix=self.labels[name],
            )
        )

    def heading(self, text: str) -> Heading:
        """The next one of the first section: 1., 2. …"""
        return Heading(f"{next(self.numbers)}. {text}", 2)

    def where(self, name: str, sentence: str) -> Iterator[Block]:
        """A sentence that leads to an annex, where there is one."""
        if name in self.labels:
            yield Paragraph(self.lang.gettext(sentence, appendix=self.labels[name]))


def blocks(draft: Draft) -> Iterator[Block]:
    """The whole text."""
    _ = draft.lang.gettext
    yield from map(Paragraph, opening(draft.facts, draft.lang))
    yield from _since(draft)
    yield from map(Paragraph, _replaces(draft.facts, draft.lang, is_long=True))
    yield Heading(_("I. TÌNH HÌNH VÀ KẾT QUẢ THỰC HIỆN NHIỆM VỤ"))
    for section in FIRST:
        yield from section(draft)
    yield Heading(_("II. KHÓ KHĂN, VƯỚNG MẮC VÀ NGUYÊN NHÂN"))
    yield from _difficulties(draft)
    yield Heading(_("III. PHƯƠNG HƯỚNG, NHIỆM VỤ KỲ TỚI"))
    yield from _coming(draft)
    yield Heading(_("IV. KIẾN NGHỊ, ĐỀ XUẤT"))
    yield from _recommended(draft)
    # The end mark of Decree 30 follows the last word of the text.
    subject = head.subject(draft.facts, draft.lang)
    yield Paragraph(
        _("Trên đây là Báo cáo %(subject)s./.", subject=subject[:1].lower() + subject[1:])
    )


def opening(facts: ReportFacts, lang: Language) -> list[str]:
    """What it replaces, who reports on what, and of which day the figures are."""
    values = {
        "body": one_line(facts.organisation.issuing.in_language(lang.code)),
        "period": period(facts.period, lang),
        "first": day(facts.period.first),
        "last": day(facts.period.last),
        "cut_off": day(facts.cut_off),
    }
    if facts.period.kind == "custom":
        sentence = lang.gettext(
            "%(body)s báo cáo tình hình thực hiện nhiệm vụ từ ngày %(first)s đến ngày %(last)s"
            " (số liệu tính đến hết ngày %(cut_off)s) như sau:",
            **values,
        )
    else:
        sentence = lang.gettext(
            "%(body)s báo cáo tình hình thực hiện nhiệm vụ %(period)s (kỳ báo cáo từ ngày %(first)s"
            " đến ngày %(last)s, số liệu tính đến hết ngày %(cut_off)s) như sau:",
            **values,
        )
    return [*_replaces(facts, lang, is_long=False), sentence]


def _replaces(facts: ReportFacts, lang: Language, *, is_long: bool) -> Iterator[str]:
    """Which revision it replaces and why: first of all, or after the changes if it is long."""
    for sentence in head.replaces(facts, lang):
        if (len(sentence) > LONGEST_REASON) is is_long:
            yield sentence


def leads_to(label: str, lang: Language) -> str:
    """The words that lead from the changes on the first page to all of them."""
    if not label:
        return ""
    return lang.gettext("(chi tiết tại %(appendix)s kèm theo Báo cáo này)", appendix=label)


def _since(draft: Draft) -> Iterator[Block]:
    title = draft.lang.gettext("Thay đổi so với báo cáo trước")
    return draft.changes.blocks(title, leads_to(draft.labels.get("changes", ""), draft.lang))


# ---------------------------------------------------------------- I.


def _assessed(draft: Draft) -> Iterator[Block]:
    typed = _typed(draft, "assessment")
    if typed:
        yield draft.heading(draft.lang.gettext("Nhận định chung"))
        yield from typed


def _overall(draft: Draft) -> Iterator[Block]:
    facts, lang = draft.facts, draft.lang
    _ = lang.gettext
    yield draft.heading(_("Kết quả chung"))
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
    yield from draft.where(
        "tasks",
        N_(
            "Danh mục nhiệm vụ và tình hình thực hiện từng nhiệm vụ tại %(appendix)s"
            " kèm theo Báo cáo này."
        ),
    )
    yield from _parts(draft)


def _parts(draft: Draft) -> Iterator[Block]:
    """The four cells by the chapters of the report, then by the others."""
    if len(draft.facts.statistics.by_group) <= 1:
        yield draft.tables["by_strand"]
        return
    names = ["by_group", "by_strand"]
    if draft.facts.arranged_by == "strand" or draft.facts.kind is ReportKind.PERIODIC:
        names.reverse()
    yield from (draft.show(name) for name in names)


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
    if before is not None and before.due:
        yield _(
            "Cuối kỳ trước: đã hoàn thành %(done)s nhiệm vụ, chưa hoàn thành quá hạn %(overdue)s"
            " nhiệm vụ, tỷ lệ hoàn thành %(share)s.",
            done=number(before.done, lang),
            overdue=number(before.open_overdue, lang),
            share=share(before.completed_share, lang),
        )


def _over_time(draft: Draft) -> Iterator[Block]:
    """The months: the picture always, the numbers of them at the end of a year."""
    title = draft.lang.gettext("Diễn biến qua các kỳ")
    picture = pictures.months(draft.facts, title, draft.lang)
    if picture is None:
        return
    yield draft.heading(title)
    yield Figure("", picture)
    if draft.facts.kind is ReportKind.ANNUAL:
        yield draft.show("months", is_named=True)
        yield draft.show("yields")


def _achieved(draft: Draft) -> Iterator[Block]:
    facts, lang = draft.facts, draft.lang
    _ = lang.gettext
    yield draft.heading(_("Nhiệm vụ hoàn thành, mốc tiến độ đạt được trong kỳ"))
    yield from _typed(draft, "results")
    if facts.finished:
        yield draft.show("finished")
    else:
        yield Paragraph(_("Trong kỳ không có nhiệm vụ nào hoàn thành."))
    if facts.reached:
        yield draft.show("reached")
    else:
        yield Paragraph(_("Trong kỳ không có mốc tiến độ nào đạt được."))


def _against_plan(draft: Draft) -> Iterator[Block]:
    """The milestones of a year beside what the plan had promised."""
    facts, lang = draft.facts, draft.lang
    if facts.kind is not ReportKind.ANNUAL:
        return
    _ = lang.gettext
    yield draft.heading(_("Mốc tiến độ so với kế hoạch"))
    kept = tables.kept(facts)
    if not kept.total:
        yield Paragraph(_("Không có mốc tiến độ nào có ngày kế hoạch trong kỳ."))
        return
    yield Paragraph(
        _(
            "Tổng số mốc tiến độ theo kế hoạch: %(total)s; đạt đúng kế hoạch: %(in_time)s, đạt chậm"
            " kế hoạch: %(late)s, chưa đạt và đã quá ngày kế hoạch: %(missed)s, chưa đến ngày kế"
            " hoạch: %(to_come)s.",
            total=number(kept.total, lang),
            in_time=number(kept.in_time, lang),
            late=number(kept.late, lang),
            missed=number(kept.missed, lang),
            to_come=number(kept.to_come, lang),
        )
    )
    yield draft.show("milestones", is_named=True)


def _standing(draft: Draft) -> Iterator[Block]:
    facts, lang = draft.facts, draft.lang
    _ = lang.gettext
    title = _("Tình trạng các cấu phần")
    yield draft.heading(title)
    if not facts.workstreams:
        yield Paragraph(_("Chưa có cấu phần nào có kế hoạch."))
        return
    if "board" in draft.labels:
        yield from draft.where(
            "board", N_("Bảng tình trạng tại %(appendix)s kèm theo Báo cáo này.")
        )
    else:
        yield from (Figure("", picture) for picture in pictures.board(facts, title, lang, UPRIGHT))
    yield draft.show("workstreams", is_named=True)
    yield from draft.where("timeline", N_("Biểu đồ tiến độ tại %(appendix)s kèm theo Báo cáo này."))
    yield from _not_approved(draft)


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


def _products(draft: Draft) -> Iterator[Block]:
    if not draft.facts.stages:
        return
    yield draft.heading(draft.lang.gettext("Sản phẩm theo giai đoạn"))
    yield draft.show("stages", is_named=True)
    if draft.facts.deliverables:
        yield draft.show("deliverables")


def _directed(draft: Draft) -> Iterator[Block]:
    facts, lang = draft.facts, draft.lang
    if not facts.directives:
        return
    yield draft.heading(lang.gettext("Thực hiện ý kiến chỉ đạo của lãnh đạo"))
    counted = facts.statistics.directives
    if counted is not None and counted.now.total:
        now = counted.now
        yield Paragraph(
            lang.gettext(
                "Tổng số %(total)s nhiệm vụ: hoàn thành đúng hạn %(on_time)s, hoàn thành quá hạn"
                " %(late)s, chưa hoàn thành trong hạn %(open)s, chưa hoàn thành quá hạn"
                " %(overdue)s.",
                total=number(now.total, lang),
                on_time=number(now.done_on_time, lang),
                late=number(now.done_late, lang),
                open=number(now.open_on_time, lang),
                overdue=number(now.open_overdue, lang),
            )
        )
    yield draft.show("directives", is_named=True)


def _moved(draft: Draft) -> Iterator[Block]:
    yield draft.heading(draft.lang.gettext("Thay đổi thời hạn và nguyên nhân"))
    if not draft.facts.slips:
        yield Paragraph(draft.lang.gettext("Trong kỳ không có thay đổi về thời hạn."))
        return
    if draft.facts.slip_reasons:
        yield draft.show("slip_reasons")
        yield draft.show("slips")
    else:
        yield draft.show("slips", is_named=True)


FIRST: tuple[Callable[[Draft], Iterator[Block]], ...] = (
    _assessed,
    _overall,
    _over_time,
    _achieved,
    _against_plan,
    _standing,
    _products,
    _directed,
    _moved,
)


# ---------------------------------------------------------------- II. to IV.


def _difficulties(draft: Draft) -> Iterator[Block]:
    facts, lang = draft.facts, draft.lang
    _ = lang.gettext
    typed = _typed(draft, "difficulties")
    yield from typed
    if facts.difficulties:
        yield Paragraph(_("Các nhiệm vụ đang vướng mắc:"))
        told = facts.difficulties[: tables.OTHER_ROWS]
        yield from _lettered([_difficulty(one, facts, lang) for one in told])
    yield from _risks(draft)
    if draft.tables["overdue"].rows:
        yield draft.show("overdue")
    if not (typed or facts.difficulties or facts.risks or draft.tables["overdue"].rows):
        yield Paragraph(_("Trong kỳ không có khó khăn, vướng mắc; không có nhiệm vụ quá hạn."))


def _lettered(texts: list[str]) -> Iterator[Block]:
    """Points a), b) …; a single one has no letter."""
    if len(texts) == 1:
        yield Paragraph(f"- {texts[0]}.")
        return
    last = len(texts) - 1
    for position, text in enumerate(texts):
        yield Paragraph(f"{letter(position)} {text}{'.' if position == last else ';'}")


def _risks(draft: Draft) -> Iterator[Block]:
    """What is recorded apart from the tasks: difficulties first, then the grave risks."""
    facts, lang = draft.facts, draft.lang
    _ = lang.gettext
    heads = {
        RiskKind.DIFFICULTY: _("Khó khăn, vướng mắc đang xử lý:"),
        RiskKind.RISK: _("Rủi ro ở mức cao và rất cao:"),
    }
    for kind, head_ in heads.items():
        told = [one for one in facts.risks if one.kind == kind][: tables.OTHER_ROWS]
        if told:
            yield Paragraph(head_)
        yield from _lettered([_risk(one, lang) for one in told])


def _risk(fact: RiskFact, lang: Language) -> str:
    _ = lang.gettext
    grade = f"{lang.label(RiskBand(fact.band))} ({fact.level})" if fact.band else ""
    since = _("từ ngày %(day)s", day=day(fact.since)) if fact.since else ""
    stopped = _("đang chặn %(codes)s", codes=", ".join(fact.blocks)) if fact.blocks else ""
    about = ", ".join(part for part in (grade, one_line(fact.owner), since, stopped) if part)
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


def _recommended(draft: Draft) -> Iterator[Block]:
    typed = _typed(draft, "recommendations")
    yield from typed
    if draft.facts.questions:
        yield draft.show("questions")
    elif not typed:
        yield Paragraph(draft.lang.gettext("Không có kiến nghị, đề xuất."))


def _typed(draft: Draft, section: str) -> list[Block]:
    lines = clean(draft.facts.said(section, draft.lang.code)).split("\n")
    return [Paragraph(line) for line in map(one_line, lines) if line]
