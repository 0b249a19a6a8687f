"""What stands on the page of a conclusion notice, in one language, in the layout of Decree 30."""

from collections.abc import Iterator, Sequence
from datetime import date

from tracker.exports.report.head import place_of, signed
from tracker.exports.report.headings import name_lines, subject_lines
from tracker.exports.report.paper import HEAD_WIDTH, TEXT_WIDTH
from tracker.exports.report.shapes import (
    Block,
    Column,
    Heading,
    Paper,
    Paragraph,
    Row,
    Table,
    listed,
)
from tracker.exports.report.wording import (
    ENGLISH_MONTHS,
    GAP,
    ROMAN,
    clean,
    label,
    letter,
    one_line,
)
from tracker.exports.report.wording import day as written
from tracker.lib.dates import decree_date
from tracker.models import EntryKind, Presence
from tracker.queries.minutes_facts import Assignment, Attendee, Chapter, Conclusion, MinutesFacts
from tracker.queries.report_facts import Name
from tracker.words import Language


def paper(facts: MinutesFacts, lang: Language) -> Paper:
    """The whole document. Number and date are left to the clerk until they gave them."""
    _ = lang.gettext
    body = facts.organisation
    authority, post, signer = signed(body.signature, lang)
    title = subject(facts, lang)
    return Paper(
        language=lang.code,
        title=_("Thông báo") + ": " + title,
        author=one_line(body.issuing.in_language(lang.code)),
        identifier=facts.identifier,
        day=facts.document_date or facts.made_on,
        superior=_body(body.superior, lang),
        issuing=_body(body.issuing, lang),
        country=_("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        motto=_("Độc lập - Tự do - Hạnh phúc"),
        number=_number(facts, lang),
        place_and_date=_place_and_date(facts, lang),
        kind=_("THÔNG BÁO"),
        subject=subject_lines(title, TEXT_WIDTH, 14),
        to="",
        addressees=(),
        blocks=tuple(_blocks(facts, lang)),
        authority=authority,
        post=post,
        signer=signer,
        recipients_head=_("Nơi nhận:"),
        recipients=tuple(_recipients(facts, lang)),
    )


def subject(facts: MinutesFacts, lang: Language) -> str:
    """What the notice is about, as it stands under its kind."""
    return lang.gettext(
        "Kết luận của %(chair)s tại %(meeting)s",
        chair=_chair(facts),
        meeting=_meeting(facts, lang),
    )


def _chair(facts: MinutesFacts) -> str:
    return " ".join(part for part in (one_line(facts.chair_post), one_line(facts.chair)) if part)


def _meeting(facts: MinutesFacts, lang: Language) -> str:
    """Its title as part of a sentence: "Họp điều hành …" is "cuộc họp điều hành …"."""
    title = one_line(facts.title)
    if lang.code == "en":
        return lang.gettext("cuộc họp «%(title)s»", title=title)
    lowered = title[:1].lower() + title[1:]
    if lowered.startswith(("cuộc họp", "hội nghị", "phiên họp")):
        return lowered
    return f"cuộc {lowered}" if lowered.startswith("họp ") else f"cuộc họp «{title}»"


def _body(name: Name, lang: Language) -> str:
    lines = clean(name.in_language(lang.code)).split("\n")
    return name_lines("\n".join(map(one_line, lines)), HEAD_WIDTH, 12)


def _number(facts: MinutesFacts, lang: Language) -> str:
    if facts.number:
        return lang.gettext("Số: %(number)s", number=one_line(facts.number))
    symbol = "-".join(part for part in ("TB", one_line(facts.organisation.symbol)) if part)
    return lang.gettext("Số: %(gap)s/%(symbol)s", gap=GAP, symbol=symbol)


def _place_and_date(facts: MinutesFacts, lang: Language) -> str:
    place, day = place_of(facts.organisation, lang), facts.document_date
    if day is None:
        return lang.gettext(
            "%(place)s, ngày %(gap)s tháng %(gap)s năm %(gap)s", place=place, gap=GAP
        )
    return f"{place}, {_in_full(day)}" if lang.code == "en" else decree_date(day, place)


def _in_full(day: date) -> str:
    return f"{day.day} {ENGLISH_MONTHS[day.month - 1]} {day.year}"


def _recipients(facts: MinutesFacts, lang: Language) -> list[str]:
    """Who was given something, whoever is to know of it always, and the file."""
    _ = lang.gettext
    units = [one.unit.in_language(lang.code) for one in facts.assignments]
    groups = [name.in_language(lang.code) for name in facts.groups]
    others = [_("Các tổ công tác")] if facts.covers_all else groups
    unit = one_line(facts.organisation.drafting_unit)
    filed = _("Lưu: VT, %(unit)s", unit=unit) if unit else _("Lưu: VT")
    own = ("lưu:", "file:", "như trên", "as above")
    english = facts.recipients_en if lang.code == "en" else ()
    known = map(one_line, english or facts.recipients)
    named = [one for one in known if not one.casefold().startswith(own)]
    return listed([*dict.fromkeys(filter(None, [*others, *units, *named])), filed])


def conclusions(facts: MinutesFacts, lang: Language) -> Iterator[str]:
    """What was concluded and given, each with the group it is about."""
    for chapter in facts.chapters:
        for one in chapter.conclusions:
            place = [chapter.name.in_language(lang.code)] if chapter.key else []
            yield " – ".join([*place, " ".join(_lines(one, lang))])
    for given in facts.assignments:
        who = _responsible(given, lang).replace("\n", ", ")
        yield f"{one_line(given.title)} ({given.code}) – {who} – {written(given.due)}"
    for attendee in facts.attendees:
        yield f"{_named(attendee)}: {label('Presence', attendee.presence, lang).lower()}"


# ------------------------------------------------------------------ the text


def _blocks(facts: MinutesFacts, lang: Language) -> Iterator[Block]:
    _ = lang.gettext
    if facts.replaced:
        yield Paragraph(_replaces(facts, lang))
    yield Paragraph(_opening(facts, lang))
    yield from _attendance(facts, lang)
    yield Paragraph(
        _(
            "Sau khi xem xét tình hình thực hiện và nghe ý kiến của các đại biểu dự họp, %(chair)s"
            " kết luận như sau:",
            chair=_chair(facts),
        )
    )
    parts = iter(ROMAN.values())
    general = [chapter for chapter in facts.chapters if not chapter.key]
    about = [chapter for chapter in facts.chapters if chapter.key]
    if general:
        yield Heading(next(parts) + ". " + _("KẾT LUẬN CHUNG"))
        yield from _conclusions(general[0].conclusions, lang)
    if about:
        yield Heading(next(parts) + ". " + _("KẾT LUẬN VỀ TỪNG TỔ CÔNG TÁC"))
        yield from _chapters(about, lang)
    if facts.assignments:
        yield Heading(next(parts) + ". " + _("PHÂN CÔNG NHIỆM VỤ"))
        yield Paragraph(_("Các đơn vị, cá nhân được giao tổ chức thực hiện các nhiệm vụ sau:"))
        yield _table(facts.assignments, lang)
    if not facts.chapters and not facts.assignments:
        yield Paragraph(_("Cuộc họp không có kết luận nào được ghi."))
    # The end mark of Decree 30 follows the last word of the text.
    yield Paragraph(
        _(
            "Trên đây là kết luận của %(chair)s tại %(meeting)s, thông báo để các đơn vị, cá nhân"
            " liên quan biết và thực hiện./.",
            chair=_chair(facts),
            meeting=_meeting(facts, lang),
        )
    )


def _replaces(facts: MinutesFacts, lang: Language) -> str:
    before = facts.replaced
    assert before is not None  # noqa: S101 - asked by the caller
    return lang.gettext(
        "Thông báo này (bản %(revision)s) thay thế Thông báo số %(number)s ngày %(day)s (bản"
        " %(before)s). Lý do: %(reason)s",
        revision=facts.revision,
        number=one_line(before.number),
        day=written(before.day),
        before=before.revision,
        reason=one_line(before.reason),
    )


def _opening(facts: MinutesFacts, lang: Language) -> str:
    _ = lang.gettext
    at = _("tại %(place)s, ", place=one_line(facts.place)) if facts.place else ""
    about = (
        _("các tổ công tác về hạ tầng chất lượng quốc gia")
        if facts.covers_all
        else ", ".join(one_line(name.in_language(lang.code)) for name in facts.groups)
    )
    return _(
        "Ngày %(day)s, %(at)s%(chair)s đã chủ trì %(meeting)s, xem xét tình hình thực hiện nhiệm vụ"
        " của %(about)s.",
        day=written(facts.held_on),
        at=at,
        chair=_chair(facts),
        meeting=_meeting(facts, lang),
        about=about,
    )


def _attendance(facts: MinutesFacts, lang: Language) -> Iterator[Block]:
    _ = lang.gettext
    for presence, words in (
        (Presence.PRESENT, _("Dự họp có:")),
        (Presence.EXCUSED, _("Vắng mặt có lý do:")),
        (Presence.ABSENT, _("Vắng mặt:")),
    ):
        # Who was in the chair is named above.
        there = [one for one in facts.attendees if one.presence == presence.value]
        names = [_named(one) for one in there if one.name != facts.chair]
        if names:
            yield Paragraph(f"{words} {'; '.join(names)}.")


def _named(attendee: Attendee) -> str:
    post = one_line(attendee.post)
    return f"{one_line(attendee.name)} ({post})" if post else one_line(attendee.name)


def _chapters(chapters: Sequence[Chapter], lang: Language) -> Iterator[Block]:
    for position, chapter in enumerate(chapters, 1):
        name = one_line(chapter.name.in_language(lang.code))
        yield Heading(f"{position}. {name}", 2)
        yield from _conclusions(chapter.conclusions, lang)


def _conclusions(conclusions: Sequence[Conclusion], lang: Language) -> Iterator[Block]:
    """Points, lettered where there are several."""
    for position, one in enumerate(conclusions):
        mark = f"{letter(position)} " if len(conclusions) > 1 else ""
        first, *others = _lines(one, lang)
        yield Paragraph(f"{mark}{first}")
        yield from map(Paragraph, others)


def _lines(one: Conclusion, lang: Language) -> Sequence[str]:
    lines = [line for line in map(one_line, clean(one.text).split("\n")) if line] or [""]
    place = label("Strand", one.strand, lang) if one.strand else ""
    lines[0] = ": ".join(part for part in (place, _decided(one, lang), lines[0]) if part)
    lines[0] = lines[0][:1].upper() + lines[0][1:]
    return lines


def _decided(one: Conclusion, lang: Language) -> str:
    """That it is a decision, on which question, by its code."""
    if one.kind != EntryKind.DECISION.value:
        return ""
    if one.question == one.text:
        return lang.gettext("quyết định %(code)s", code=one.code)
    return lang.gettext(
        "quyết định về «%(question)s» (%(code)s)", question=one_line(one.question), code=one.code
    )


# ------------------------------------------------------------------ who does what


def _table(assignments: Sequence[Assignment], lang: Language) -> Table:
    _ = lang.gettext
    columns = (
        Column(_("TT"), 9, "center"),
        Column(_("Nhiệm vụ"), 56),
        Column(_("Chủ trì, người phụ trách"), 42),
        Column(_("Sản phẩm"), 31),
        Column(_("Thời hạn"), 22, "center"),
    )
    rows = (
        Row(
            (
                str(position),
                f"{one_line(one.title)} ({one.code})",
                _responsible(one, lang),
                one_line(one.result),
                written(one.due),
            )
        )
        for position, one in enumerate(assignments, 1)
    )
    return Table("", columns, tuple(rows))


def _responsible(one: Assignment, lang: Language) -> str:
    unit = one_line(one.unit.in_language(lang.code))
    parts = [part for part in (unit, one_line(one.person)) if part]
    if one.cooperating:
        units = ", ".join(one_line(name.in_language(lang.code)) for name in one.cooperating)
        parts.append(lang.gettext("Phối hợp: %(units)s", units=units))
    return "\n".join(parts)
