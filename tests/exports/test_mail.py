from datetime import date
from types import SimpleNamespace

import pytest

from tests import source
from tests.html import parse, words
from tracker.exports import mail
from tracker.lib.periods import parse as parse_period
from tracker.models import ExtensionState, MoveReason, ReportState, RiskKind, Strand
from tracker.words import language

COMMON = {"name": "Đào <Thị>", "base_url": "https://nqi.example.test", "organisation": "Cục & Viện"}


def task(number=1, **values):
    return SimpleNamespace(
        **{
            "code": f"HAL-{number}",
            "title": "Soạn <dự thảo>",
            "group": "Tổ Hal",
            "strand": "Đo lường",
            "due": date(2026, 12, 1),
        }
        | values
    )


def line(**values):
    return SimpleNamespace(
        **{
            "id": 7,
            "code": "HAL-7",
            "title": "Soạn <dự thảo>",
            "group_name": "Tổ Hal",
            "strand": Strand.METROLOGY,
            "old_day": date(2026, 12, 1),
            "new_day": date(2026, 12, 15),
            "reason": MoveReason.BUDGET,
            "sentence": "Chưa có <dự toán>",
            "asked_by": "Ổn",
            "state": ExtensionState.OPEN,
            "answer": "",
            "answered_by": "",
        }
        | values
    )


def question(**values):
    return SimpleNamespace(
        **{
            "code": "HAL-Q1",
            "question": "Chọn <nơi> nào?",
            "group_name": "Tổ Hal",
            "asked_by": "Ổn",
            "asked_on": date(2026, 11, 1),
            "wanted_by": date(2026, 11, 30),
            "stalls": (SimpleNamespace(code="HAL-7"),),
            "option": "",
            "answer": "",
            "decided_by": "",
            "decided_on": None,
            "document_number": "",
        }
        | values
    )


def wait(**values):
    node = SimpleNamespace(
        kind="task",
        code="HAL-8",
        title="Thử <mẫu>",
        group_key="HAL",
        strand=Strand.METROLOGY,
        finish=date(2026, 12, 15),
    )
    return SimpleNamespace(
        **{"node": node, "earliest": date(2026, 12, 22), "behind": "HAL-M1"} | values
    )


def risk():
    return SimpleNamespace(
        code="HAL-R1",
        title="Thiếu <mẫu>",
        group=SimpleNamespace(key="HAL"),
        workstream=SimpleNamespace(strand=Strand.METROLOGY),
        kind=RiskKind.RISK,
        review_on=date(2026, 11, 30),
    )


def answered():
    return SimpleNamespace(code="HAL-Q1", question="Chọn <nơi> nào?", answer="Viện 1")


def owed(**values):
    regime = SimpleNamespace(
        name="Báo cáo <tháng>",
        group=SimpleNamespace(name="Tổ Hal", name_en="Hal group"),
        unit=None,
    )
    known = {"regime": regime, "period": parse_period("2026-11"), "due_on": date(2026, 11, 16)}
    left = {"is_late": False, "working_days": 0, "state": ReportState.DRAFT, "report_id": 7}
    return SimpleNamespace(**known | left | values)


def step(state, **values):
    told = {"report_id": 7, "state": state, "revision": "1.0", "period": "tháng 11 năm 2026"}
    told |= {"day": date(2026, 11, 16)}
    return told | {"whose": "Tổ <Hal>", "remarks": "", "number": "", "by": "Lê Ánh"} | values


def minutes(**values):
    meeting = {"meeting_id": 3, "title": "Họp <tháng 11>", "held_on": date(2026, 11, 20)}
    return meeting | {"number": "45/TB-TĐC", "revision": "1.1"} | values


CONTEXTS = {
    "invitation": [
        {"purpose": purpose, "email": "d@example.test", "inviter": who, "link": "https://x/y"}
        | {"until": "09:00 30/11/2026"}
        for purpose, who in (("invite", "Lê Ánh"), ("invite", ""), ("reset", ""))
    ],
    "assigned": [
        {"tasks": [task()], "total": 1, "giver": "Lê Ánh"},
        {"tasks": [task(1, due=None), task(2)], "total": 35, "giver": ""},
    ],
    "extension_asked": [{"lines": [line()], "total": 1}, {"lines": [line()], "total": 25}],
    "extension_answered": [
        {
            "lines": [line(state=ExtensionState.GRANTED, answer="Được", answered_by="Ánh")],
            "total": 1,
        }
    ],
    "decision_wanted": [
        {"lines": [question()], "total": 1},
        {"lines": [question(stalls=())], "total": 25},
    ],
    "decision_answered": [
        {
            "lines": [
                question(
                    option="Viện 1",
                    answer="Được",
                    decided_by="Đức",
                    decided_on=date(2026, 11, 20),
                    document_number="45/TB-TĐC",
                )
            ],
            "total": 1,
        }
    ],
    "pushed": [
        {"lines": [wait(earliest=None)], "total": 1, "mover": "Lê Ánh"},
        {"lines": [wait(behind="")], "total": 25, "mover": ""},
    ],
    "push_wanted": [
        {"lines": [wait()], "total": 1, "mover": "Lê Ánh"},
        {"lines": [wait()], "total": 2, "mover": ""},
    ],
    "check_in": [
        {"left": left, "cut_off": date(2026, 11, 14), "deadline": date(2026, 11, 20)}
        for left in (1, 7)
    ],
    "approval": [{"tasks": [task()], "total": 1, "giver": ""}],
    "person_wanted": [
        {"tasks": [task()], "total": 1, "giver": "Lê Ánh"},
        {"tasks": [task(1), task(2)], "total": 25, "giver": ""},
    ],
    "risk_review": [{"risks": [risk()], "total": total} for total in (1, 25)],
    "report_due": [
        {"lines": [owed()], "total": 1, "late": 0},
        {"lines": [owed(is_late=True, state="", report_id=None)], "total": 25, "late": 1},
    ],
    "report_step": [
        step("submitted"),
        step("returned", remarks="Thiếu <số liệu>"),
        step("approved", whose=""),
        step("issued", number="15/BC-TĐC"),
    ],
    "minutes": [
        minutes(reason="", tasks=[task()], total=1, answers=[]),
        minutes(reason="Ghi <nhầm>", tasks=[], total=0, answers=[answered()]),
    ],
}
CASES = [(name, context) for name, contexts in CONTEXTS.items() for context in contexts]


@pytest.mark.parametrize("code", ["vi", "en"])
@pytest.mark.parametrize(("name", "context"), CASES)
def test_every_mail_has_a_subject_of_one_line_a_text_and_html(name, context, code):
    written = mail.write(name, language(code), **COMMON, **context)

    assert written.subject
    assert "\n" not in written.subject
    assert "{" not in written.text + written.html
    assert parse(written.html).html["lang"] == code
    assert parse(written.html).title.string.strip()


def test_there_is_no_mail_without_a_case_here():
    folders = {path.parent.name for path in source.TEMPLATES.glob("mail/*/subject.txt")}

    assert folders == set(CONTEXTS)


def test_text_is_plain_and_html_is_escaped():
    written = mail.write("assigned", language("vi"), **COMMON, **CONTEXTS["assigned"][0])

    assert written.subject == "Giao bạn: HAL-1 Soạn <dự thảo>"
    assert "Kính gửi Đào <Thị>," in written.text
    assert "https://nqi.example.test/tasks/HAL-1" in written.text
    assert "Soạn &lt;dự thảo&gt;" in written.html
    assert "Cục &amp; Viện" in written.html
    assert "01/12/2026" in written.text


def test_a_long_list_says_how_much_more_there_is():
    written = mail.write("assigned", language("vi"), **COMMON, **CONTEXTS["assigned"][1])

    assert written.subject == "Giao bạn 35 nhiệm vụ"
    assert "… và 33 nhiệm vụ khác" in written.text
    assert "… và 33 nhiệm vụ khác" in words(parse(written.html))
