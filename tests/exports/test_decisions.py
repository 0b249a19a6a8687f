from dataclasses import replace
from datetime import date

from tests.queries.test_ranked import question
from tracker.exports import decisions
from tracker.models import DecisionState
from tracker.words import language

MADE = date(2026, 11, 23)


def answered():
    return replace(
        question(0),
        state=DecisionState.ANSWERED,
        options=("Viện 1", "=cmd()"),
        chosen=1,
        answer="Được",
        decided_by="Vinh",
        decided_on=MADE,
        document_number="45/TB-TĐC",
        document_date=MADE,
    )


def test_a_question_is_a_row_with_its_answer_and_its_paper():
    text = decisions.as_csv([answered()], language("vi")).decode("utf-8-sig")

    assert text.splitlines()[1].split(";")[-9:] == [
        "HAL-1", '"1. Viện 1', ' 2. =cmd()"', "'=cmd()", "Được", "Vinh", "23/11/2026",
        "45/TB-TĐC", "23/11/2026",
    ]  # fmt: skip


def test_the_workbook_is_one():
    assert decisions.as_xlsx([answered()], language("en"), MADE).startswith(b"PK")
