"""What stands around the text of a report, in one language: its head, title, end and signature.

The figures are those of Decree 30/2020, Appendix I (domain.md §5).
"""

import re
from collections.abc import Iterator
from datetime import date

from tracker.exports.report.headings import name_lines
from tracker.exports.report.measure import wrapped
from tracker.exports.report.shapes import listed
from tracker.exports.report.wording import (
    ENGLISH_MONTHS,
    GAP,
    clean,
    label,
    one_line,
    period,
    without_title,
)
from tracker.lib.dates import decree_date
from tracker.models import Authority, ReportKind, Urgency
from tracker.queries.report_facts import Name, Organisation, ReportFacts, Signature
from tracker.words import Language

# Millimetres: A4 less the margins of 30 on the left and 20 on the right, and the left part of it
# where the names of the bodies stand.
TEXT_WIDTH = 160
HEAD_WIDTH = 70  # ninety are left for the name of the state
# The lines of the address that the bottom margin has room for, and points of their type.
ADDRESS_LINES, ADDRESS_SIZE = 3, 11
SPARE = 4  # mm: ơ and ư are wider than they are measured

# By which right somebody signs, as English says it; "Q." stands before the post, the others before
# whom one signs for.
_IN_ENGLISH = {
    Authority.BEHALF: "On behalf of",
    Authority.ACTING: "Acting",
    Authority.FOR_HEAD: "For",
    Authority.BY_ORDER: "By order of",
    Authority.DELEGATED: "By delegation of",
}
_SINGLE_FIGURE = re.compile(r"^(\d)(?=\D|$)")


def symbol(facts: ReportFacts) -> str:
    """The symbol of the document: BC-TĐC; once it has a number, the one the clerk gave with it."""
    _number, _stroke, given = one_line(facts.stamp.number).partition("/")
    return given or symbol_of(facts.organisation)


def symbol_of(organisation: Organisation) -> str:
    """The symbol of the documents of who issues it."""
    return "-".join(part for part in ("BC", one_line(organisation.symbol)) if part)


def number(facts: ReportFacts, lang: Language) -> str:
    """The line of the number; blank until the clerk gave one."""
    _ = lang.gettext
    given = one_line(facts.stamp.number)
    if not given:
        return _("Số: %(gap)s/%(symbol)s", gap=GAP, symbol=symbol(facts))
    return _("Số: %(number)s", number=written_number(given, symbol(facts)))


def written_number(given: str, symbol_: str) -> str:
    """A number as the decree writes it: below ten with a zero, the symbol behind a stroke."""
    whole = given if "/" in given else f"{given}/{symbol_}"
    return _SINGLE_FIGURE.sub(r"0\1", whole)


def place_and_date(facts: ReportFacts, lang: Language) -> str:
    """The line of the place and date; blank until the clerk gave one."""
    place, given = place_of(facts.organisation, lang), facts.stamp.day
    if given is None:
        return lang.gettext(
            "%(place)s, ngày %(gap)s tháng %(gap)s năm %(gap)s", place=place, gap=GAP
        )
    return f"{place}, {in_full(given)}" if lang.code == "en" else decree_date(given, place)


def place_of(organisation: Organisation, lang: Language) -> str:
    """Where it is issued."""
    return one_line(Name(organisation.place, organisation.place_en).in_language(lang.code))


def in_full(day: date) -> str:
    """A day as English documents write it."""
    return f"{day.day} {ENGLISH_MONTHS[day.month - 1]} {day.year}"


def body(name: Name, lang: Language) -> str:
    """The name of a body in capitals, on as many lines as it needs."""
    lines = clean(name.in_language(lang.code)).split("\n")
    return name_lines("\n".join(map(one_line, lines)), HEAD_WIDTH, 12)


def mark(facts: ReportFacts, lang: Language) -> str:
    """That it is a draft, while nobody has approved it."""
    return lang.gettext("DỰ THẢO") if facts.stamp.is_draft else ""


def urgency(facts: ReportFacts, lang: Language) -> str:
    """The words of the red stamp."""
    if facts.urgency is Urgency.NONE:
        return ""
    return label("Urgency", facts.urgency, lang).upper()


def stamp_width(words: str) -> float:
    """The width of the red stamp in mm; what English says has the widest."""
    return {"KHẨN": 20.0, "HỎA TỐC": 30.0, "THƯỢNG KHẨN": 40.0}.get(words, 40.0)


def subject(facts: ReportFacts, lang: Language) -> str:
    """What the report is about, as it stands under its kind."""
    values = {"period": period(facts.period, lang), "body": covered(facts, lang)}
    _ = lang.gettext
    if facts.kind is ReportKind.ANNUAL:
        return _("Tổng kết tình hình thực hiện nhiệm vụ %(period)s của %(body)s", **values)
    if facts.kind is ReportKind.CONSOLIDATED:
        return _("Tổng hợp tình hình thực hiện nhiệm vụ %(period)s của %(body)s", **values)
    return _("Tình hình thực hiện nhiệm vụ %(period)s của %(body)s", **values)


def covered(facts: ReportFacts, lang: Language) -> str:
    """Whom the report is on."""
    if facts.unit.vi:
        return one_line(facts.unit.in_language(lang.code))
    if facts.covers_all_groups or not facts.groups:
        return lang.gettext("các tổ công tác về hạ tầng chất lượng quốc gia")
    return ", ".join(one_line(group.name.in_language(lang.code)) for group in facts.groups)


def addressees(facts: ReportFacts, lang: Language) -> tuple[str, ...]:
    """To whom it is sent, the higher body where nobody else is named."""
    english = facts.addressees_en if lang.code == "en" else ()
    named = english or facts.addressees or (facts.sent_to.in_language(lang.code),)
    return tuple(one_line(addressee) for addressee in named if one_line(addressee))


def recipients(facts: ReportFacts, lang: Language) -> tuple[str, ...]:
    """Who gets a copy: as above, others, the file; behind it the mark of who drafted it."""
    _ = lang.gettext
    unit = one_line(facts.organisation.drafting_unit)
    english = facts.recipients_en if lang.code == "en" else ()
    named = [one_line(recipient) for recipient in english or facts.recipients]
    own = ("như trên", "lưu:", "as above", "file:")
    others = [name for name in named if name and not name.casefold().startswith(own)]
    as_above = [_("Như trên")] if addressees(facts, lang) else []
    filed = _("Lưu: VT, %(unit)s", unit=unit) if unit else _("Lưu: VT")
    *lines, last = listed([*as_above, *others, filed])
    return (*lines, " ".join(part for part in (last, _drafter(facts)) if part))


def _drafter(facts: ReportFacts) -> str:
    """Initials and copies: PL.(300)."""
    initials = one_line(facts.organisation.drafter).rstrip(".").upper()
    if not facts.organisation.copies:
        return initials
    return f"{initials}.({facts.organisation.copies})".lstrip(".")


def address(facts: ReportFacts, lang: Language) -> tuple[str, ...]:
    """The lines below the first page: as typed, each broken where it is wider than the page; run
    together where they are more than the margin has room for, and cut if need be.
    """
    typed = facts.organisation.address.in_language(lang.code)
    lines = [line for line in map(one_line, clean(typed).split("\n")) if line]
    first, rest = lines[: ADDRESS_LINES - 1], lines[ADDRESS_LINES - 1 :]
    ways = (lines, [*first, " – ".join(rest)], [" – ".join(lines)])
    for way in ways:
        printed = [part for line in way for part in wrapped(line, ADDRESS_SIZE, TEXT_WIDTH - SPARE)]
        if len(printed) <= ADDRESS_LINES:
            return tuple(printed)
    *whole, last = printed[:ADDRESS_LINES]
    return (*whole, f"{last.rsplit(' ', 1)[0]}…")


def signed(signature: Signature, lang: Language) -> tuple[str, str, str]:
    """The authority, the post and the name, as they stand above and below the signature."""
    authority = one_line(signature.authority.in_language(lang.code))
    post = one_line(signature.post.in_language(lang.code))
    if signature.form == Authority.ACTING:
        post = _with_form(post, Authority.ACTING, lang)
    elif signature.form and authority:
        authority = _with_form(authority, Authority(signature.form), lang)
    return authority.upper(), post.upper(), without_title(signature.name)


def _with_form(text: str, form: Authority, lang: Language) -> str:
    """With the words of the form before it, unless whoever typed it wrote some."""
    is_english = lang.code == "en"
    known = _IN_ENGLISH.values() if is_english else [f"{one}." for one in Authority]
    if text.casefold().startswith(tuple(f"{words} ".casefold() for words in known)):
        return text
    return f"{_IN_ENGLISH[form] if is_english else f'{form}.'} {text}"


def replaces(facts: ReportFacts, lang: Language) -> Iterator[str]:
    """Which revision this one takes the place of, and why."""
    before = facts.replaced
    if before is None:
        return
    yield lang.gettext(
        "Báo cáo này (bản %(revision)s) thay thế Báo cáo số %(number)s ngày %(day)s (bản"
        " %(before)s). Lý do: %(reason)s",
        revision=facts.revision,
        number=written_number(one_line(before.number), symbol(facts)),
        day="" if before.day is None else _written(before.day, lang),
        before=before.revision,
        reason=one_line(before.reason),
    )


def _written(day: date, lang: Language) -> str:
    return in_full(day) if lang.code == "en" else f"{day:%d/%m/%Y}"
