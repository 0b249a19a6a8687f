"""How a report writes numbers, shares, dates, periods and names in its language."""

import re
from datetime import date

from tracker.lib import figures
from tracker.lib.dates import format_date
from tracker.lib.freshness import Coverage
from tracker.lib.periods import Period
from tracker.lib.text import nfc, strip_controls
from tracker.queries.report_facts import ReasonFact
from tracker.words import LABELS, N_, SENTENCES, Language

# A blank that neither collapses nor breaks: the clerk writes number and date there.
GAP = "\u00a0" * 6
# Points are lettered in the order of the Vietnamese alphabet, as Decree 30 does.
LETTERS = "abcdđeghiklmnopqrstuvxy"
ROMAN = dict(
    enumerate(
        (
            *("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"),
            *("XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII", "XVIII", "XIX", "XX"),
        ),
        1,
    )
)
ENGLISH_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip

WHICH_DATE = {"due": N_("Thời hạn"), "forecast": N_("Dự kiến"), "baseline": N_("Kế hoạch")}

_ACADEMIC = re.compile(r"^(?:(?:GS|PGS|TSKH|TS|ThS|KS|CN|BS|LS|Prof|Dr|Mr|Mrs|Ms)\.\s*)+")
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def clean(text: str) -> str:
    """Text that any reader can take: composed, without control or direction characters."""
    return nfc(strip_controls(text)).strip()


def one_line(text: str) -> str:
    """The same on one line."""
    return " ".join(clean(text).split())


def number(value: float, lang: Language, decimals: int = 0) -> str:
    """1.234,5 in Vietnamese, 1,234.5 in English."""
    return figures.number(value, lang.code, decimals)


def coverage(fact: Coverage, lang: Language) -> list[str]:
    """How far the figures can be relied on; nothing where nothing is open."""
    if not fact.of:
        return []
    sentence = lang.gettext(
        "Số mục đang mở (nhiệm vụ, mốc tiến độ) đã được xác nhận: %(confirmed)s/%(of)s.",
        confirmed=number(fact.confirmed, lang),
        of=number(fact.of, lang),
    )
    return [sentence]


def stale(days: int, lang: Language) -> list[str]:
    """For how long nobody has confirmed it; nothing while it is fresh."""
    if not days:
        return []
    return [lang.ngettext("(chưa cập nhật %(num)s ngày)", "(chưa cập nhật %(num)s ngày)", days)]


def share(value: float | None, lang: Language) -> str:
    """A share as published ones are: up to two decimals, a dash where nothing was due."""
    return figures.share(value, lang.code)


def day(value: date | None) -> str:
    """dd/mm/yyyy, or nothing."""
    return format_date(value) if value else ""


def label(kind: str, code: str, lang: Language) -> str:
    """The words of a code of the domain, or the code where it is not one of ours."""
    return lang.gettext(LABELS.get(f"{kind}.{code}", code))


def reason(fact: ReasonFact, lang: Language) -> str:
    """The sentence of a fact behind a colour."""
    values = {key: _readable(value) for key, value in fact.values.items()}
    return lang.sentence(fact.code, **values) if fact.code in SENTENCES else fact.code


def _readable(value: str | int) -> str | int:
    is_day = isinstance(value, str) and _ISO_DAY.fullmatch(value)
    return day(date.fromisoformat(str(value))) if is_day else value


def period(fact: Period, lang: Language) -> str:
    """The period as it stands in a subject line: "tháng 11 năm 2026"."""
    if fact.kind == "month" and lang.code == "en":
        return f"{ENGLISH_MONTHS[fact.number - 1]} {fact.year}"
    days = {"first": day(fact.first), "last": day(fact.last)}
    title = lang.sentence(fact.title_code, **(fact.title_values | days))
    return title[:1].lower() + title[1:]


def period_short(fact: Period, lang: Language) -> str:
    """The period as tables call it: 11/2026."""
    if fact.kind == "month":
        return f"{fact.number:02}/{fact.year}"
    return one_line(period(fact, lang))


def which_date(field: str, lang: Language) -> str:
    """Which date of a task or milestone moved."""
    return lang.gettext(WHICH_DATE[field]) if field in WHICH_DATE else ""


def without_title(name: str) -> str:
    """A signer's name without an academic title, as Decree 30 asks."""
    return _ACADEMIC.sub("", one_line(name))


def letter(position: int) -> str:
    """The mark of a point: a) b) c) d) đ) e) …, a dash when the alphabet has run out."""
    return f"{LETTERS[position]})" if position < len(LETTERS) else "-"
