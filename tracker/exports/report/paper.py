"""What stands on the paper of a report, in one language: its head, text, end and annexes."""

from collections.abc import Callable, Iterator

from tracker.exports.charts.sheets import LYING, UPRIGHT
from tracker.exports.report import first_page, head, pictures, sections, tables
from tracker.exports.report.head import HEAD_WIDTH, TEXT_WIDTH, subject
from tracker.exports.report.headings import subject_lines
from tracker.exports.report.sections import Draft
from tracker.exports.report.shapes import Appendix, Paper, Table
from tracker.exports.report.wording import GAP, ROMAN, one_line
from tracker.models import Orientation, ReportKind
from tracker.queries.report_facts import ReportFacts
from tracker.words import Language

__all__ = ["HEAD_WIDTH", "LYING_WIDTH", "MAKERS", "TEXT_WIDTH", "paper", "subject"]

# A table of more rows leaves the text and becomes an annex.
BODY_ROWS = 15
# Millimetres: A4 lying, less its margins.
LYING_WIDTH = LYING.mm

MAKERS: dict[str, Callable[[ReportFacts, Language], Table]] = {
    "changes": tables.changes,
    "tasks": tables.tasks,
    "by_group": tables.by_group,
    "by_strand": tables.by_strand,
    "months": tables.months,
    "yields": tables.yields,
    "finished": tables.finished,
    "reached": tables.reached,
    "milestones": tables.milestones,
    "workstreams": tables.workstreams,
    "stages": tables.stages,
    "deliverables": tables.deliverables,
    "directives": tables.directives,
    "slip_reasons": tables.slip_reasons,
    "slips": tables.slips,
    "overdue": tables.overdue,
    "upcoming": tables.upcoming,
    "questions": tables.questions,
}
# Annexes that are pictures.
BOARD, TIMELINE = "board", "timeline"
# All of them in the order in which the text leads to them.
_AT = list(MAKERS).index("workstreams")
ORDER = (*list(MAKERS)[:_AT], BOARD, "workstreams", TIMELINE, *list(MAKERS)[_AT + 1 :])
# These stand in the text however long they are.
_NEVER_APART = frozenset({"by_strand", "months", "slip_reasons"})
# The text leads to these at the end of a year only.
_OF_A_YEAR = frozenset({"yields", "milestones"})


def paper(facts: ReportFacts, lang: Language) -> Paper:
    """The whole document."""
    _ = lang.gettext
    draft = _draft(facts, lang)
    authority, post, signer = head.signed(facts.organisation.signature, lang)
    return Paper(
        language=lang.code,
        title=f"{_('Báo cáo')}: {subject(facts, lang)}",
        author=one_line(facts.organisation.issuing.in_language(lang.code)),
        identifier=facts.identifier,
        day=facts.stamp.day or facts.generated_on,
        superior=head.body(facts.organisation.superior, lang),
        issuing=head.body(facts.organisation.issuing, lang),
        country=_("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        motto=_("Độc lập - Tự do - Hạnh phúc"),
        number=head.number(facts, lang),
        place_and_date=head.place_and_date(facts, lang),
        kind=_("BÁO CÁO"),
        subject=subject_lines(subject(facts, lang), TEXT_WIDTH, 14),
        to=_("Kính gửi:"),
        addressees=head.addressees(facts, lang),
        blocks=tuple(sections.blocks(draft)),
        authority=authority,
        post=post,
        signer=signer,
        recipients_head=_("Nơi nhận:"),
        recipients=head.recipients(facts, lang),
        appendices=tuple(_appendices(draft)),
        mark=head.mark(facts, lang),
        urgency=head.urgency(facts, lang),
        address=head.address(facts, lang),
    )


def _draft(facts: ReportFacts, lang: Language) -> Draft:
    made = {name: make(facts, lang) for name, make in MAKERS.items()}
    before = sections.opening(facts, lang)
    first = ROMAN[1]
    likely = sections.leads_to(f"{lang.gettext('Phụ lục')} {first}", lang)
    changes = first_page.changes(facts, lang, before, likely)
    labels = _labels(facts, made, lang, is_whole=changes.is_whole)
    apart = LYING_WIDTH if facts.orientation is Orientation.LANDSCAPE else TEXT_WIDTH
    shared = {
        name: tables.balanced(table, apart if name in labels else TEXT_WIDTH)
        for name, table in made.items()
    }
    return Draft(facts, lang, shared, labels, changes)


def _labels(
    facts: ReportFacts, made: dict[str, Table], lang: Language, *, is_whole: bool
) -> dict[str, str]:
    """What becomes an annex, and how each is called: numbered where there are several."""
    groups = {stream.group for stream in facts.workstreams}
    pictures_ = {
        BOARD: len(groups) > sections.BODY_GROUPS,
        TIMELINE: facts.timeline is not None and bool(facts.timeline.rows),
    }
    annexed = [
        name
        for name in ORDER
        if (
            pictures_[name]
            if name in pictures_
            else _stands_apart(name, made[name], facts, is_whole=is_whole)
        )
    ]
    one = lang.gettext("Phụ lục")
    return {
        name: one if len(annexed) == 1 else f"{one} {ROMAN[position]}"
        for position, name in enumerate(annexed, 1)
    }


def _stands_apart(name: str, table: Table, facts: ReportFacts, *, is_whole: bool) -> bool:
    if name in _NEVER_APART or (name in _OF_A_YEAR and facts.kind is not ReportKind.ANNUAL):
        return False
    if name == "changes":
        return not is_whole
    return bool(facts.tasks) if name == "tasks" else len(table.rows) > BODY_ROWS


def _appendices(draft: Draft) -> Iterator[Appendix]:
    """Each on pages of its own, lying or upright as the report was asked to have them."""
    lang = draft.lang
    is_lying = draft.facts.orientation is Orientation.LANDSCAPE
    reference = lang.gettext(
        "(Kèm theo Báo cáo số %(gap)s/%(symbol)s ngày %(gap)s tháng %(gap)s năm %(gap)s)",
        gap=GAP,
        symbol=head.symbol(draft.facts),
    )
    titles = {
        BOARD: lang.gettext("Bảng tình trạng các tổ công tác"),
        TIMELINE: lang.gettext("Biểu đồ tiến độ"),
    }
    drawn = {BOARD: pictures.board, TIMELINE: pictures.plan}
    for name, label in draft.labels.items():
        if name in drawn:
            breadth = LYING if is_lying else UPRIGHT
            made = tuple(drawn[name](draft.facts, titles[name], lang, breadth))
            yield Appendix(
                label, titles[name].upper(), reference, is_landscape=is_lying, pictures=made
            )
            continue
        table = draft.tables[name]
        yield Appendix(label, table.title.upper(), reference, table, is_lying)
