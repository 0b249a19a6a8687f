"""What can be filled in: plain words in double square brackets, and nothing that computes.

`[[Cơ quan ban hành]]` is found however it is written: capitals, marks and spaces do not matter,
and each has an English name too.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tracker.exports.report.shapes import Paper
from tracker.exports.report.wording import day, number, one_line, period, share
from tracker.lib.text import fold
from tracker.queries.report_facts import ReportFacts
from tracker.words import N_, Language

MARK = re.compile(r"\[\[([^\[\]\n]{1,80})\]\]")
Scalar = Callable[[Paper, ReportFacts, Language], str]


@dataclass(frozen=True)
class Placeholder:
    """`name` and `english` are what is typed between the brackets; `about` says what comes there.

    One with lines or the whole text stands alone in its paragraph.
    """

    name: str
    english: str
    about: str
    stands_alone: bool = False


def _of(name: str, english: str, about: str, value: Scalar) -> tuple[Placeholder, Scalar]:
    return Placeholder(name, english, about), value


_SCALARS = (
    _of(
        "Cơ quan chủ quản", "Superior body", N_("Cơ quan cấp trên, chữ in hoa"),
        lambda page, *_: page.superior,
    ),
    _of(
        "Cơ quan ban hành", "Issuing body", N_("Cơ quan ban hành báo cáo, chữ in hoa"),
        lambda page, *_: page.issuing,
    ),
    _of(
        "Quốc hiệu", "Country", N_("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        lambda page, *_: page.country,
    ),
    _of(
        "Tiêu ngữ", "Motto", N_("Độc lập - Tự do - Hạnh phúc"),
        lambda page, *_: page.motto,
    ),
    _of(
        "Số và ký hiệu", "Number",
        N_("Số và ký hiệu văn bản; số để trống đến khi ban hành"),
        lambda page, *_: page.number,
    ),
    _of(
        "Địa danh và ngày", "Place and date",
        N_("Địa danh và ngày, tháng, năm; ngày để trống đến khi ban hành"),
        lambda page, *_: page.place_and_date,
    ),
    _of("Loại văn bản", "Kind", N_("BÁO CÁO"), lambda page, *_: page.kind),
    _of(
        "Trích yếu", "Subject", N_("Báo cáo về việc gì"),
        lambda page, *_: one_line(page.subject),
    ),
    _of(
        "Kỳ báo cáo", "Period", N_("Kỳ báo cáo, như «tháng 11 năm 2026»"),
        lambda _page, facts, lang: period(facts.period, lang),
    ),
    _of(
        "Từ ngày", "First day", N_("Ngày đầu của kỳ"),
        lambda _page, facts, _lang: day(facts.period.first),
    ),
    _of(
        "Đến ngày", "Last day", N_("Ngày cuối của kỳ"),
        lambda _page, facts, _lang: day(facts.period.last),
    ),
    _of(
        "Ngày chốt số liệu", "Cut-off", N_("Ngày chốt số liệu"),
        lambda _page, facts, _lang: day(facts.cut_off),
    ),
    _of(
        "Tổng số nhiệm vụ", "Total", N_("Số nhiệm vụ được theo dõi"),
        lambda _page, facts, lang: number(facts.statistics.whole.total, lang),
    ),
    _of(
        "Hoàn thành đúng hạn", "Done on time", N_("Số nhiệm vụ hoàn thành đúng hạn"),
        lambda _page, facts, lang: number(facts.statistics.whole.done_on_time, lang),
    ),
    _of(
        "Hoàn thành quá hạn", "Done late", N_("Số nhiệm vụ hoàn thành quá hạn"),
        lambda _page, facts, lang: number(facts.statistics.whole.done_late, lang),
    ),
    _of(
        "Trong hạn", "Within the deadline", N_("Số nhiệm vụ chưa hoàn thành trong hạn"),
        lambda _page, facts, lang: number(facts.statistics.whole.open_on_time, lang),
    ),
    _of(
        "Quá hạn", "Overdue", N_("Số nhiệm vụ chưa hoàn thành quá hạn"),
        lambda _page, facts, lang: number(facts.statistics.whole.open_overdue, lang),
    ),
    _of(
        "Tỷ lệ hoàn thành", "Completed share", N_("Tỷ lệ hoàn thành trên số nhiệm vụ đến hạn"),
        lambda _page, facts, lang: share(facts.statistics.whole.completed_share, lang),
    ),
    _of(
        "Thẩm quyền ký", "Authority", N_("TM., KT., TL. hoặc TUQ. và cơ quan"),
        lambda page, *_: page.authority,
    ),
    _of(
        "Chức vụ người ký", "Post", N_("Chức vụ người ký, chữ in hoa"),
        lambda page, *_: page.post,
    ),
    _of("Người ký", "Signer", N_("Họ và tên người ký"), lambda page, *_: page.signer),
    _of(
        "Mức độ khẩn", "Urgency", N_("KHẨN, THƯỢNG KHẨN hoặc HỎA TỐC; để trống khi không khẩn"),
        lambda page, *_: page.urgency,
    ),
    _of(
        "Dự thảo", "Draft",
        N_("Chữ DỰ THẢO khi báo cáo chưa được duyệt; không có chỗ này thì tự thêm ở đầu trang"),
        lambda page, *_: page.mark,
    ),
    _of(
        "Địa chỉ", "Address", N_("Địa chỉ, điện thoại, thư điện tử của cơ quan"),
        lambda page, *_: "\n".join(page.address),
    ),
    _of(
        "Bản", "Revision", N_("Bản của báo cáo, như 1.0 hoặc 1.1"),
        lambda _page, facts, _lang: facts.revision,
    ),
    _of(
        "Mã báo cáo", "Report id", N_("Mã để xác minh tệp"),
        lambda page, *_: page.identifier,
    ),
)  # fmt: skip

BODY = Placeholder(
    "Nội dung",
    "Text",
    N_("Toàn bộ nội dung báo cáo; bắt buộc, một lần, ngay trong thân văn bản"),
    stands_alone=True,
)
ADDRESSEES = Placeholder(
    "Kính gửi", "To", N_("Dòng «Kính gửi:» và các nơi nhận chính"), stands_alone=True
)
RECIPIENTS = Placeholder(
    "Nơi nhận", "Recipients", N_("Danh sách nơi nhận, mỗi nơi một dòng"), stands_alone=True
)
ALL = (BODY, ADDRESSEES, *(placeholder for placeholder, _value in _SCALARS), RECIPIENTS)
# Whatever else a template leaves out: a draft is never taken for what was approved.
DRAFT = "Dự thảo"
_BY_NAME = {fold(name): one for one in ALL for name in (one.name, one.english)}


def known(typed: str) -> Placeholder | None:
    """The placeholder of that name, in whichever way it is written."""
    return _BY_NAME.get(fold(typed))


def scalars(page: Paper, facts: ReportFacts, lang: Language) -> Mapping[str, str]:
    """What comes in the place of each that stands in a line, by its name."""
    return {placeholder.name: value(page, facts, lang) for placeholder, value in _SCALARS}
