"""What two records say differently, in words; and that nothing is without its word."""

from dataclasses import fields, replace
from datetime import date

from tests.exports.reports import make_facts
from tracker.queries import report_facts
from tracker.queries.reports import differences
from tracker.web.report_changes import FRAME, SECTIONS, THINGS, VALUES, Told, changes
from tracker.words import language

FACTS = make_facts(2)
KINDS = (
    report_facts.TaskFact,
    report_facts.PlanMilestoneFact,
    report_facts.DeliverableFact,
    report_facts.QuestionFact,
    report_facts.DirectiveFact,
    report_facts.RiskFact,
)


def test_every_field_of_every_thing_has_its_word():
    told = {field.name for kind in KINDS for field in fields(kind)}

    assert told - {"code", "group"} - differences.UNTOLD - set(VALUES) == set()
    assert set(report_facts.SECTIONS) == set(SECTIONS)
    assert (set(differences.FRAME), set(differences.CODED)) == (set(FRAME), set(THINGS))


def test_codes_and_dates_are_told_in_words():
    task, stream = FACTS.tasks[1], FACTS.workstreams[0]
    now = replace(
        FACTS,
        tasks=(
            FACTS.tasks[0],
            replace(task, status="paused", due=None, forecast=date(2026, 12, 1)),
        ),
        workstreams=(replace(stream, health="late", declared="on_track"), *FACTS.workstreams[1:]),
    )

    said = changes(differences.between(replace(FACTS, **blank(task, stream)), now), language("vi"))

    assert said.chapters[0].changed == (
        Told(
            task.code,
            task.title,
            (
                ("trạng thái", "Đang thực hiện", "Tạm dừng"),
                ("thời hạn", "05/11/2026", "—"),
                ("ngày dự kiến", "—", "01/12/2026"),
            ),
        ),
    )
    assert [row[1:] for row in said.figures] == [
        ("Đúng tiến độ", "Chậm tiến độ"),
        ("—", "Đúng tiến độ"),
    ]


def blank(task, stream):
    before = replace(task, status="doing", due=date(2026, 11, 5), forecast=None)
    return {
        "tasks": (FACTS.tasks[0], before),
        "workstreams": (
            replace(stream, health="on_track", declared=""),
            *FACTS.workstreams[1:],
        ),
    }
