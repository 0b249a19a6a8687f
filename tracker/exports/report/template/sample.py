"""A small report of a made-up month, on which templates and letterheads are tried."""

from datetime import date

from tracker.lib.lateness import FourCells
from tracker.lib.periods import parse
from tracker.models import Strand
from tracker.queries.report_facts import (
    CellsRow,
    GroupFact,
    Name,
    NextFact,
    Organisation,
    ReportFacts,
    Signature,
    Stamp,
    Statistics,
    TaskFact,
    WorkstreamFact,
)

KEY = "HAL"
NAME = Name("Tổ công tác Halal", "Halal working group")
UNIT = "Viện Tiêu chuẩn Chất lượng Việt Nam"
TITLE = "Lấy ý kiến dự thảo TCVN 12944 về thực phẩm Halal"
MONTH = parse("2026-11")
DUE = date(2026, 11, 10)

ORGANISATION = Organisation(
    superior=Name("Bộ Khoa học và Công nghệ", "Ministry of Science and Technology"),
    issuing=Name(
        "Ủy ban Tiêu chuẩn Đo lường Chất lượng Quốc gia",
        "Commission for the Standards, Metrology and Quality of Viet Nam",
    ),
    signature=Signature(post=Name("Chủ tịch", "Chairperson"), name="Nguyễn Văn A"),
    place_en="Ha Noi",
    symbol="TĐC",
    drafting_unit="TH",
    address=Name("Số 8 Hoàng Quốc Việt, Hà Nội", "8 Hoang Quoc Viet, Ha Noi"),
)


def sample(organisation: Organisation = ORGANISATION) -> ReportFacts:
    """The facts, from that body or from a made-up one."""
    done = _task(1, "done", "done_on_time", finished_on=date(2026, 11, 9), progress=100)
    late = _task(2, "doing", "overdue", progress=60)
    cells = FourCells(done_on_time=1, open_on_time=1, open_overdue=1)
    return ReportFacts(
        organisation=organisation,
        groups=(GroupFact(KEY, NAME),),
        period=MONTH,
        cut_off=MONTH.last,
        generated_on=MONTH.last,
        statistics=Statistics(
            cells,
            FourCells(open_on_time=3),
            tuple(CellsRow(strand.value, cells) for strand in Strand),
        ),
        identifier="NQI-0",
        addressees=("Lãnh đạo Ủy ban", "Bộ Khoa học và Công nghệ"),
        addressees_en=("Leaders of the Commission", "Ministry of Science and Technology"),
        recipients=("Các thành viên Tổ công tác",),
        recipients_en=("Members of the working group",),
        workstreams=tuple(
            WorkstreamFact(KEY, strand.value, "on_track", done=1, total=3) for strand in Strand
        ),
        finished=(done,),
        upcoming=(
            NextFact("task", "HAL-3", TITLE, KEY, "standards", date(2026, 12, 1), lead_unit=UNIT),
        ),
        tasks=(done, late, _task(3, "todo", "on_time")),
        revision="1.0",
        stamp=Stamp(is_draft=True),
        narrative={"recommendations": "Đề nghị các đơn vị góp ý dự thảo đúng hạn."},
    )


def _task(number: int, status: str, lateness: str, **given: object) -> TaskFact:
    return TaskFact(
        code=f"{KEY}-{number}",
        title=TITLE,
        group=KEY,
        strand="standards",
        status=status,
        lateness=lateness,
        number=number,
        lead_unit=UNIT,
        due=DUE,
        **given,  # type: ignore[arg-type]
    )
