"""Report facts for tests: a believable month of up to three groups, as large as one likes."""

import gettext
from dataclasses import replace
from datetime import date, timedelta
from itertools import takewhile

from tracker.exports.report.shapes import Heading, Paragraph
from tracker.lib.health import Health
from tracker.lib.lateness import FourCells
from tracker.lib.periods import parse
from tracker.lib.timeline import Window, Zoom
from tracker.models import Orientation, ReportKind, Strand, Urgency
from tracker.queries.report_facts import (
    Basis,
    CellsRow,
    Changed,
    ChangedFact,
    ChangeSort,
    DeliverableFact,
    DifficultyFact,
    DirectiveFact,
    GroupFact,
    HealthChange,
    MilestoneFact,
    MonthFact,
    Name,
    NextFact,
    Organisation,
    QuestionFact,
    ReasonFact,
    Replaced,
    ReportFacts,
    RiskFact,
    Signature,
    SinceFact,
    SlipFact,
    SlipTotal,
    StageCount,
    StagesFact,
    Stamp,
    Statistics,
    TaskFact,
    WorkstreamFact,
    Yield,
    YieldRow,
    Yields,
)
from tracker.queries.timeline import Link, Row, Section, Timeline
from tracker.words import Language, language

VIETNAMESE = language("vi")
STRANDS = ("standards", "metrology", "conformity_assessment", "inspection")
GROUPS = {
    "HAL": Name("Tổ công tác Halal", "Halal working group"),
    "SOL": Name("Tổ công tác Tấm quang điện", "Solar panels working group"),
    "GHG": Name("Tổ công tác Khí nhà kính", "Greenhouse gas working group"),
}
TITLES = (
    "Biên soạn dự thảo TCVN 12944 sửa đổi về thực phẩm Halal – yêu cầu chung",
    "Xây dựng quy trình thử nghiệm DNA lợn trong gelatin",
    "Công nhận phòng thử nghiệm Halal theo ISO/IEC 17025:2017",
    "Kiểm tra chuyên ngành việc ghi nhãn Halal trên thị trường",
    "Lấy ý kiến các bộ, ngành và hoàn thiện dự thảo",
)
STATES = (
    ("done", "done_on_time"),
    ("doing", "overdue"),
    ("blocked", "on_time"),
    ("todo", "due_soon"),
    ("done", "done_late"),
    ("review", "on_time"),
)
ORGANISATION = Organisation(
    superior=Name("Bộ Khoa học và Công nghệ", "Ministry of Science and Technology"),
    issuing=Name(
        "Ủy ban Tiêu chuẩn Đo lường Chất lượng Quốc gia",
        "Commission for the Standards, Metrology and Quality of Viet Nam",
    ),
    signature=Signature(
        authority=Name("TM. Tổ công tác", "For the working group"),
        post=Name("Tổ trưởng", "Head"),
        name="TS. Trần Văn Bình",
    ),
    symbol="TĐC",
    drafting_unit="TCCL",
)


class English(Language):
    """English without its catalogue: what does not depend on a translator."""

    def __init__(self):
        self.code = "en"
        self._catalogue = gettext.NullTranslations()


ENGLISH = English()


def make_task(number, key="HAL", strand="standards", **given):
    status, lateness = STATES[number % len(STATES)]
    is_done = status == "done"
    fields = {
        "title": TITLES[number % len(TITLES)],
        "status": status,
        "lateness": lateness,
        "parent": f"{key}-{number}" if number % 7 == 6 else "",
        "milestone": f"{key}-M1 Công bố bộ tiêu chuẩn",
        "assigned_by": "Quyết định số 489/QĐ-BKHCN ngày 14/6/2024",
        "lead_unit": "Viện Tiêu chuẩn Chất lượng Việt Nam",
        "cooperating": "Ban Đo lường; QUATEST 1",
        "owner": "Nguyễn Thị Hồng Ánh",
        "due": date(2026, 11, 1) + timedelta(number % 40),
        "forecast": date(2026, 11, 10) + timedelta(number % 40),
        "finished_on": date(2026, 10, 30) if is_done else None,
        "result": "Dự thảo TCVN",
        "progress": 100 if is_done else 40,
    }
    return TaskFact(code=f"{key}-{number + 1}", group=key, strand=strand, **(fields | given))


def make_tasks(count, keys):
    share = count // len(keys)
    return tuple(
        make_task(number, key, STRANDS[number * 4 // share])
        for key in keys
        for number in range(share)
    )


def cells_of(tasks):
    top = [task.lateness for task in tasks if not task.parent]
    return FourCells(
        top.count("done_on_time"),
        top.count("done_late"),
        top.count("on_time") + top.count("due_soon"),
        top.count("overdue"),
        dropped=1 if top else 0,
    )


def statistics_of(tasks, keys):
    strands = [(strand, [t for t in tasks if t.strand == strand]) for strand in STRANDS]
    groups = [(key, [t for t in tasks if t.group == key]) for key in keys]
    return Statistics(
        cells_of(tasks),
        FourCells(3, 1, 10, 2),
        tuple(CellsRow(key, cells_of(those)) for key, those in strands),
        tuple(CellsRow(key, cells_of(those), FourCells(1)) for key, those in groups),
    )


def make_workstreams(keys):
    health = (("late", 34), ("at_risk", 12), ("on_track", 0), ("not_started", None))
    return tuple(
        WorkstreamFact(
            key,
            strand,
            code,
            reasons=(ReasonFact("no_such_sentence", {"day": "2026-11-01"}),),
            declared="at_risk" if code == "late" else "",
            done=3,
            total=7,
            next_milestone="Trình công bố TCVN",
            forecast=date(2026, 12, 15),
            slip=slip,
        )
        for key in keys
        for strand, (code, slip) in zip(STRANDS, health, strict=True)
    )


SLIPS = (
    SlipFact(
        "milestone",
        "HAL-M3",
        "Công bố 05 TCVN về Halal",
        "HAL",
        "standards",
        date(2026, 11, 1),
        date(2026, 12, 5),
        34,
        "awaiting_comments",
        "Bộ Nông nghiệp và Môi trường chưa có ý kiến về phụ lục giết mổ",
        "Trần Văn Bình",
        date(2026, 11, 3),
    ),
    SlipFact(
        "task",
        "HAL-7",
        "So sánh liên phòng DNA",
        "HAL",
        "metrology",
        date(2026, 11, 20),
        date(2026, 11, 10),
        -10,
        "rescoped",
    ),
)
REACHED = (
    MilestoneFact(
        "HAL-M1",
        "Thành lập Ban kỹ thuật TCVN/TC/F3",
        "HAL",
        "standards",
        date(2026, 10, 20),
        date(2026, 10, 22),
        "QĐ số 1234/QĐ-TĐC",
    ),
)
NARRATIVE = {
    "results": "Ban kỹ thuật đã họp 02 phiên, thống nhất phạm vi.\nHoàn thành đợt khảo sát.",
    "difficulties": "Kinh phí năm 2026 cho so sánh liên phòng chưa được cấp.",
    "next": "Tập trung lấy ý kiến bộ, ngành.",
    "recommendations": "Đề nghị Lãnh đạo Ủy ban làm việc với Bộ Nông nghiệp và Môi trường.",
}


def make_facts(count=24, groups=1, **given):
    keys = tuple(GROUPS)[:groups]
    tasks = make_tasks(count, keys)
    done = [task for task in tasks if task.status == "done"]
    coming = [task for task in tasks if task.status == "doing"]
    blocked = [task for task in tasks if task.status == "blocked"]
    fields = {
        "organisation": ORGANISATION,
        "groups": tuple(GroupFact(key, GROUPS[key]) for key in keys),
        "covers_all_groups": groups > 2,
        "period": parse("2026-11"),
        "cut_off": date(2026, 11, 14),
        "generated_on": date(2026, 11, 16),
        "statistics": statistics_of(tasks, keys),
        "identifier": "rpt-0001",
        "addressees": ("Lãnh đạo Ủy ban",),
        "recipients": ("Các thành viên Tổ công tác", "Ban Kế hoạch – Tài chính;"),
        "workstreams": make_workstreams(keys),
        "finished": tuple(done[:8]),
        "slips": SLIPS,
        "reached": REACHED,
        "upcoming": tuple(
            NextFact("task", t.code, t.title, t.group, t.strand, t.due, t.owner, t.lead_unit)
            for t in coming[:6]
        ),
        "difficulties": tuple(
            DifficultyFact(t.code, t.title, t.group, t.strand, t.due, "chờ chất chuẩn", t.owner)
            for t in blocked[:6]
        ),
        "tasks": tasks,
        "narrative": NARRATIVE,
    }
    return ReportFacts(**(fields | given))


# What is recorded apart from the tasks; not part of `make_facts` unless asked for.
RISKS = (
    RiskFact(
        code="HAL-R4",
        kind="difficulty",
        title="Thiếu chuẩn đo",
        group="HAL",
        strand="metrology",
        owner="Trần Văn Bình",
        response="Mượn chuẩn của QUATEST 1.",
        since=date(2026, 11, 2),
        blocks=("HAL-7", "HAL-M3"),
    ),
    RiskFact(
        code="HAL-R2",
        kind="risk",
        title="Có thể không kịp lấy ý kiến",
        group="HAL",
        strand="standards",
        level=20,
        band="critical",
        treatment="reduce",
        review_on=date(2026, 12, 1),
        since=date(2026, 10, 5),
    ),
)


def empty_facts():
    """A period in which nothing was planned and nothing happened."""
    return make_facts(
        groups=1,
        tasks=(),
        finished=(),
        upcoming=(),
        difficulties=(),
        workstreams=(),
        slips=(),
        reached=(),
        narrative={},
        addressees=(),
        statistics=Statistics(FourCells()),
    )


# What people and machines put into a title, each of which has broken some exporter.
NASTY = (
    "x" * 5000,
    "Nhiệm vụ rất dài " * 300,
    '=HYPERLINK("http://example.test")',
    "a\x00b\x07c\u202etxt.exe\u2066",
    "حلال منتجات غذائية",
    "中文 🎉 ✓ ①",
    '#read("/etc/passwd") $x$ *b* _i_ @ref <lbl> \\ `c`',
    "\ud800 lone",
    "NFD: Tiêu chuẩn",
    "<w:p>&amp;]]>",
)


def nasty_facts():
    return make_facts(
        tasks=tuple(
            make_task(number, title=text, note=text, assigned_by=text, parent="")
            for number, text in enumerate(NASTY)
        ),
        narrative={"results": "\n".join(NASTY)},
    )


def a_timeline(number=30):
    """More milestones than stand on one sheet."""
    rows = tuple(
        Row(
            code=f"HAL-M{at}",
            title=f"Công bố TCVN {at} – «Yêu cầu chung» 中文",
            is_milestone=True,
            health=Health.AT_RISK,
            status=None,
            start=None,
            planned=date(2026, 12, 1),
            expected=date(2026, 12, 19),
            is_done=False,
            progress=0,
            owner="",
            unit="",
            working_days=14,
            days_overdue=0,
            may_move=False,
        )
        for at in range(1, number + 1)
    )
    section = Section("HAL", "Halal", "Halal", Strand.STANDARDS, rows)
    day = date(2026, 11, 14)
    links = (Link("HAL-M1", "HAL-M2"),)
    return Timeline(Window.around(day, Zoom.MONTH), day, (section,), links, total=number)


# ---------------------------------------------------------------- what issue 5 brought


def a_change(number, what="task", **given):
    fields = {
        "before": date(2026, 11, 1),
        "now": date(2026, 12, 5),
        "days": 34,
        "who": "Nguyễn Thị Hồng Ánh",
    }
    title = TITLES[number % len(TITLES)]
    return ChangedFact(what, f"HAL-{number}", title, "HAL", "standards", **(fields | given))


def a_since(each=3, **given):
    """Every sort of change, so many of each."""
    fields = {
        "basis": Basis.REPORT,
        "day": date(2026, 10, 14),
        "period": parse("2026-10"),
        "report_id": 7,
        "revision": "1.0",
        "number": "45/BC-TĐC",
        "issued_on": date(2026, 10, 16),
        "cells": FourCells(3, 1, 10, 2),
        "health": (
            HealthChange("HAL", "standards", "on_track", "late", "on_track", "at_risk"),
            HealthChange("HAL", "metrology", "late", "at_risk"),
        ),
        "changes": tuple(
            Changed(sort, each, tuple(a_change(number) for number in range(each)))
            for sort in ChangeSort
        ),
    }
    return SinceFact(**(fields | given))


def some_months(number=12):
    ends = [parse(f"2026-{month:02}") for month in range(13 - number, 13)]
    return tuple(
        MonthFact(
            period,
            FourCells(3 + 2 * at, at, 30 - at, max(8 - at, 0)),
            Yield(finished=2, reached=1, moves=at, days=7 * at),
        )
        for at, period in enumerate(ends)
    )


def whole_facts(groups=1, **given):
    """A report that has something to say in every part of it."""
    keys = tuple(GROUPS)[:groups]
    fields = {
        "since": a_since(),
        "questions": (
            QuestionFact(
                "HAL-Q3",
                "Có tách phụ gia thành một tiêu chuẩn riêng không?",
                "HAL",
                options=("Tách riêng", "Để chung"),
                recommended="Tách riêng",
                wanted_from="Trần Quốc Vinh",
                wanted_by=date(2026, 11, 10),
                stalls=("HAL-7", "HAL-M3"),
                is_overdue=True,
            ),
            QuestionFact(
                "HAL-Q2",
                "Mua chất chuẩn ở đâu?",
                "HAL",
                state="answered",
                answer="Mua của QUATEST 1.",
                decided_by="Trần Quốc Vinh",
                decided_on=date(2026, 11, 5),
            ),
        ),
        "directives": (
            DirectiveFact(
                "HAL-48",
                "Rà soát năng lực thử nghiệm",
                "HAL",
                "metrology",
                "doing",
                "overdue",
                document="214/TB-TĐC",
                given_by="Lê Quang Toàn",
                given_on=date(2026, 10, 21),
                owner="Trần Văn Bình",
                due=date(2026, 11, 10),
                is_new=True,
            ),
        ),
        "stages": (
            StagesFact(
                "tcvn",
                Name("TCVN", "TCVN"),
                "standards",
                12,
                2,
                (
                    StageCount("draft", Name("Dự thảo", "Draft"), "way", 6, 4),
                    StageCount("issued", Name("Công bố", "Issued"), "goal", 4, 4),
                ),
            ),
        ),
        "deliverables": (
            DeliverableFact(
                "HAL-D1",
                "TCVN 12944:2026",
                "Thực phẩm Halal – Yêu cầu chung",
                "HAL",
                "standards",
                "tcvn",
                Name("Công bố", "Issued"),
                came_on=date(2026, 11, 3),
                document="QĐ số 2222/QĐ-BKHCN",
            ),
        ),
        "slip_reasons": (
            SlipTotal("awaiting_comments", 3, 2, 34, 20, 34),
            SlipTotal("", 1, 1, -10),
        ),
        "months": some_months(6),
        "yields": Yields(
            Yield(6, 1, 2, 0, 4, 34),
            Yield(5, 0, 1, 0, 2, 10),
            tuple(YieldRow(strand, Yield(2), Yield(1)) for strand in STRANDS),
            tuple(YieldRow(key, Yield(3), None) for key in keys),
        ),
        "risks": RISKS,
        "timeline": a_timeline(),
        "narrative": {**NARRATIVE, "assessment": "Tiến độ chung bảo đảm, còn 02 việc chậm."},
    }
    return make_facts(24 * groups, groups, **(fields | given))


def crowded_facts(groups=3, **given):
    """As much as there can be at the head of a page, and every mark of Decree 30."""
    fields = {
        "organisation": replace(
            ORGANISATION,
            drafter="PL",
            copies=30,
            address=Name("Số 8 Hoàng Quốc Việt, Hà Nội\nĐT: 024 3791 1606\nvanthu@tcvn.gov.vn"),
            signature=Signature(Name("Phó Chủ tịch"), Name("Chủ tịch"), "TS. Trần Bình", "KT"),
        ),
        "kind": ReportKind.CONSOLIDATED,
        "orientation": Orientation.LANDSCAPE,
        "urgency": Urgency.EXPRESS,
        "stamp": Stamp(is_draft=True),
        "revision": "1.1",
        "replaced": Replaced("1.0", "45/BC-TĐC", date(2026, 11, 16), "Sai số liệu tháng. " * 8),
        "addressees": (
            "Lãnh đạo Bộ Khoa học và Công nghệ",
            "Lãnh đạo Ủy ban Tiêu chuẩn Đo lường Chất lượng Quốc gia",
            "Ban Chỉ đạo Chương trình hạ tầng chất lượng quốc gia",
            "Văn phòng Bộ Khoa học và Công nghệ",
        ),
        "since": a_since(30),
        "months": some_months(),
    }
    return whole_facts(groups, **(fields | given))


def changes_on(page):
    """The paragraphs under the heading of the changes."""
    blocks = page.blocks
    at = next(at for at, block in enumerate(blocks) if isinstance(block, Heading))
    told = takewhile(lambda block: isinstance(block, Paragraph), blocks[at + 1 :])
    return [block.text for block in told]


def nasty_whole_facts():
    """The same everywhere else: in names, questions, directives, products, changes, pictures."""
    facts = crowded_facts()
    short = tuple(one[:120] for one in NASTY)
    text = "\n".join(short)
    names = [Name(one, one) for one in short]
    return replace(
        facts,
        organisation=Organisation(
            superior=Name(text),
            issuing=Name(text),
            signature=Signature(Name(text), Name(text), text, "KT"),
            place=text,
            symbol=text,
            drafting_unit=text,
            drafter=text,
            address=Name(text),
        ),
        stamp=Stamp(text, date(2026, 11, 16)),
        replaced=Replaced("1.0", text, None, text),
        addressees=short,
        recipients=short,
        groups=tuple(
            GroupFact(group.key, names[at], short=names[at + 1])
            for at, group in enumerate(facts.groups)
        ),
        since=a_since(
            number=text,
            changes=tuple(
                Changed(sort, 99, tuple(replace(a_change(1), title=one, who=one) for one in short))
                for sort in ChangeSort
            ),
        ),
        questions=tuple(
            replace(facts.questions[0], question=one, options=short, answer=one) for one in short
        ),
        directives=tuple(
            replace(facts.directives[0], title=one, document=one, recalled_why=one) for one in short
        ),
        deliverables=tuple(
            replace(facts.deliverables[0], title=one, reference=one) for one in short
        ),
        stages=(replace(facts.stages[0], name=names[0], kind=short[0]),),
        risks=tuple(replace(RISKS[1], title=one, response=one) for one in short),
        narrative=dict.fromkeys(("assessment", *NARRATIVE), text),
    )
