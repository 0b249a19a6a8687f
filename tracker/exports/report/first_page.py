"""What changed since the last report, as much of it as the first page of the paper has room for.

All of it stands in an annex where it does not fit. Heights are in mm and on the safe side: Word,
LibreOffice and typst break lines in slightly different places.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil

from tracker.exports.report import head
from tracker.exports.report.headings import subject_lines
from tracker.exports.report.measure import width
from tracker.exports.report.shapes import Block, Heading, Paragraph
from tracker.exports.report.tables import SORTS, signed, states
from tracker.exports.report.wording import day, label, number, one_line, period
from tracker.queries.report_facts import (
    Basis,
    Changed,
    ChangedFact,
    ChangeSort,
    HealthChange,
    ReportFacts,
    SinceFact,
)
from tracker.words import Language

# What A4 has between its margins, and what is kept free: the rule and the gaps of the head.
PAGE, SPARE = 257.0, 12.0
INDENT = 12.7
# A line of the text, the gap below a paragraph, a line of the head and one of a title.
LINE, GAP, HEAD_LINE, TITLE_LINE = 6.8, 2.2, 5.1, 6.0
# Of the lines around them: rules and gaps; and the red stamp.
RULES, STAMP = 20.0, 12.0
# A title is cut at so many letters; a reader finds the whole one in the annex.
LONGEST = 64


@dataclass(frozen=True)
class _Line:
    """Changes of a sort: what they are called, and the first of them; so many are `shown`. Where
    several sorts are told together, they are its items and there is no total.
    """

    name: str
    total: int
    items: tuple[str, ...]
    shown: int = 0

    def text(self, lang: Language) -> str:
        """As it stands on the page."""
        items = "; ".join(self.items[: self.shown])
        if not self.total:
            return f"- {self.name}: {items}."
        told = f"- {self.name} ({number(self.total, lang)})"
        if not items:
            return f"{told}."
        rest = self.total - self.shown
        more = lang.gettext("; và %(num)s mục khác", num=number(rest, lang)) if rest else ""
        return f"{told}: {items}{more}."

    @property
    def is_whole(self) -> bool:
        """Whether nothing of it is left out."""
        return self.shown == self.total


@dataclass(frozen=True)
class Changes:
    """What stands on the first page; the annex says the rest, if there is any."""

    intro: str
    lines: tuple[str, ...]
    is_whole: bool

    def blocks(self, title: str, annex: str) -> Iterator[Block]:
        """The heading and the lines; `annex` says where all of it is."""
        yield Heading(title.upper())
        is_lead = annex and self.intro.endswith(":")
        yield Paragraph(f"{self.intro[:-1]} {annex}:" if is_lead else self.intro)
        yield from map(Paragraph, self.lines)


def changes(facts: ReportFacts, lang: Language, before: Sequence[str], annex: str = "") -> Changes:
    """What changed; `before` are the paragraphs that come first, `annex` the words that lead to
    the annex where there is one.
    """
    since = facts.since
    intro = compared_with(since or SinceFact(Basis.NOTHING), lang)
    if since is None or since.basis is Basis.NOTHING:
        return Changes(intro, (), is_whole=True)
    if since.is_empty:
        none = lang.gettext("Không có thay đổi.")
        return Changes(f"{intro} {none}", tuple(_cells(since, facts, lang)), is_whole=True)
    cells = list(_cells(since, facts, lang))
    head_ = [*before, f"{intro} {annex}", *cells]
    room = PAGE - SPARE - _above(facts, lang) - sum(map(_height, head_)) - LINE - GAP
    lines = _chosen(_lines(since, facts, lang), room, lang)
    texts = (*cells, *(line.text(lang) for line in lines))
    is_whole = bool(lines) and all(line.is_whole for line in lines)
    return Changes(intro, texts, is_whole=is_whole)


def compared_with(since: SinceFact, lang: Language) -> str:
    """What the changes are told against."""
    _ = lang.gettext
    if since.basis is Basis.NOTHING:
        return _("Chưa có báo cáo trước và số liệu kỳ trước để so sánh.")
    if since.basis is Basis.PERIOD:
        return _(
            "Chưa có báo cáo trước được ban hành; so với tình hình đến hết ngày %(day)s:",
            day=day(since.day),
        )
    return _(
        "So với Báo cáo %(period)s số %(number)s ngày %(day)s:",
        period=period(since.period, lang) if since.period else "",
        number=one_line(since.number),
        day=day(since.issued_on),
    )


def _cells(since: SinceFact, facts: ReportFacts, lang: Language) -> Iterator[str]:
    """How the two numbers that matter moved."""
    before, now = since.cells, facts.statistics.whole
    if before is None or not (before.total or now.total):
        return
    yield lang.gettext(
        "- Đã hoàn thành: %(done)s nhiệm vụ (trước: %(done_before)s); chưa hoàn thành quá hạn:"
        " %(overdue)s (trước: %(overdue_before)s).",
        done=number(now.done, lang),
        done_before=number(before.done, lang),
        overdue=number(now.open_overdue, lang),
        overdue_before=number(before.open_overdue, lang),
    )


# ---------------------------------------------------------------- what there is to tell


def _lines(since: SinceFact, facts: ReportFacts, lang: Language) -> Iterator[_Line]:
    if since.health:
        worst = sorted(since.health, key=lambda change: not change.is_worse)
        items = tuple(_health(change, facts, lang) for change in worst)
        yield _Line(lang.gettext("Tình trạng cấu phần thay đổi"), len(items), items)
    for sort in ChangeSort:
        changed = since.of(sort)
        if changed.total:
            items = tuple(_item(one, changed, lang) for one in changed.rows)
            yield _Line(lang.gettext(SORTS[sort]), changed.total, items)


def _health(change: HealthChange, facts: ReportFacts, lang: Language) -> str:
    before, now = (text.replace("\n", " ") for text in states(change, lang))
    strand = label("Strand", change.strand, lang)
    if len(facts.groups) == 1:
        return f"{strand}: {before} → {now}"
    return f"{one_line(facts.group_name(change.group, lang.code))}, {strand}: {before} → {now}"


def _item(one: ChangedFact, changed: Changed, lang: Language) -> str:
    title = one_line(one.title)
    short = title if len(title) <= LONGEST else f"{title[: LONGEST - 1].rstrip()}…"
    told = {
        ChangeSort.OVERDUE: lang.gettext("hạn %(day)s", day=day(one.before or one.now)),
        ChangeSort.MOVED: _moved(one),
        ChangeSort.REACHED: day(one.now),
        ChangeSort.FINISHED: day(one.now),
    }.get(changed.sort, "")
    return f"{short} ({', '.join(part for part in (one.code, told) if part)})"


def _moved(one: ChangedFact) -> str:
    days = f" ({signed(one.days)})" if one.days else ""
    return f"{day(one.before) or '…'} → {day(one.now) or '…'}{days}"


# ---------------------------------------------------------------- what there is room for


def _chosen(lines: Iterator[_Line], room: float, lang: Language) -> Sequence[_Line]:
    """Of each sort, in turns, one more thing as long as there is room.

    Sorts of which there is room for none are told together in the last line, by their numbers; none
    is told below a head that leaves no room for that either.
    """
    told = list(lines)
    begun = [replace(line, shown=min(len(line.items), 1)) for line in told]
    kept = len(told)
    while kept and _sum([*begun[:kept], *_others(told[kept:], lang)], lang) > room:
        kept -= 1
    chosen = [*told[:kept], *_others(told[kept:], lang)]
    if _sum(chosen, lang) > room:
        return ()
    growing = True
    while growing:
        growing = False
        for at, line in enumerate(chosen):
            if line.shown == len(line.items):
                continue
            more = replace(line, shown=line.shown + 1)
            if _sum([*chosen[:at], more, *chosen[at + 1 :]], lang) <= room:
                chosen[at] = more
                growing = True
    return chosen


def _others(lines: Sequence[_Line], lang: Language) -> Sequence[_Line]:
    if not lines:
        return ()
    items = tuple(f"{line.name.lower()} ({number(line.total, lang)})" for line in lines)
    return (_Line(lang.gettext("Thay đổi khác"), 0, items, len(items)),)


def _sum(lines: Sequence[_Line], lang: Language) -> float:
    return sum(_height(line.text(lang)) for line in lines)


def _height(text: str) -> float:
    """Of a paragraph of the text; lines are a little shorter than they could be."""
    whole = width(text, 14) * 1.03 + INDENT
    return ceil(whole / head.TEXT_WIDTH) * LINE + GAP


def _above(facts: ReportFacts, lang: Language) -> float:
    """What stands above the text: bodies, number and date, title, addressees; and the heading of
    the changes, and what the address takes from the foot of the page.
    """
    bodies = (facts.organisation.superior, facts.organisation.issuing)
    names = sum(len(head.body(name, lang).split("\n")) for name in bodies if name.vi)
    subject = subject_lines(head.subject(facts, lang), head.TEXT_WIDTH, 14)
    titles = max(len(subject.split("\n")), ceil(width(subject, 14, is_bold=True) / head.TEXT_WIDTH))
    to = head.addressees(facts, lang)
    lines = sum(ceil(width(one, 14) / (head.TEXT_WIDTH - 45)) or 1 for one in to)
    return (
        (max(names, 2) + 1) * HEAD_LINE
        + RULES
        + (STAMP if head.urgency(facts, lang) else 0)
        + (titles + 1) * TITLE_LINE
        + ((lines + (1 if len(to) > 1 else 0)) * LINE + GAP if to else 0)
        + len(head.address(facts, lang)) * 2
    )
