"""How the paper of a report looks, chosen in the browser."""

import io

from docx import Document

from tests.html import form
from tracker.models import Orientation, Report, ReportState, Urgency


def chosen(set_up, report_id):
    with set_up() as session:
        report = session.get_one(Report, report_id)
        return report.orientation, report.urgency


def test_annexes_lie_and_the_paper_is_stamped_as_was_chosen(client_for, report_on, plan, set_up):
    address = f"/reports/{report_on()}"
    client = client_for("head")
    data = form(client.get(address), "#layout")

    answer = client.post(
        f"{address}/layout", data=data | {"orientation": "landscape", "urgency": "express"}
    )

    assert (answer.status_code, answer.location) == (303, f"{address}#layout")
    assert chosen(set_up, 1) == (Orientation.LANDSCAPE, Urgency.EXPRESS)
    paper = Document(io.BytesIO(client.get(f"{address}/docx").data))
    assert "HỎA TỐC" in paper.tables[0].rows[1].cells[0].text
    assert paper.sections[-1].page_width > paper.sections[-1].page_height


def test_what_is_on_no_list_changes_nothing(client_for, report_on, set_up):
    address = f"/reports/{report_on()}"

    answer = client_for("head").post(
        f"{address}/layout", data={"orientation": "askew", "urgency": "now"}
    )

    assert answer.status_code == 303
    assert chosen(set_up, 1) == (Orientation.PORTRAIT, Urgency.NONE)


def test_the_layout_of_what_was_submitted_stays(client_for, report_on, set_up):
    report_id = report_on()
    with set_up() as session:
        session.get_one(Report, report_id).state = ReportState.SUBMITTED
    data = {"orientation": "landscape", "urgency": "none"}

    answer = client_for("head").post(f"/reports/{report_id}/layout", data=data)

    assert answer.status_code == 409
    assert chosen(set_up, report_id) == (Orientation.PORTRAIT, Urgency.NONE)
