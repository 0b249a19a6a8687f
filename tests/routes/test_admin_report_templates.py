import re
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from sqlalchemy import select

from tests.html import form, one, texts
from tracker.exports.report.template.shipped import starting_point
from tracker.models import ReportTemplate
from tracker.queries import report_templates as read
from tracker.queries.choices import Choice

ADDRESS = "/admin/report-templates"


@pytest.fixture
def admin(client_for):
    return client_for("administrator")


@pytest.fixture(scope="module")
def fine():
    return starting_point()


def changed(content, **texts_):
    """The file with other words in its text."""
    out = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(out, "w") as new:
        for part in old.infolist():
            data = old.read(part)
            if part.filename == "word/document.xml":
                for was, now in texts_["words"].items():
                    data = data.replace(was.encode(), now.encode())
            new.writestr(part.filename, data)
    return out.getvalue()


def upload(admin, content, name="Mẫu của Ủy ban", file_name="mau.docx"):
    fields = f'--x\r\nContent-Disposition: form-data; name="name"\r\n\r\n{name}\r\n'
    head = f'--x\r\nContent-Disposition: form-data; name="file"; filename="{file_name}"\r\n\r\n'
    body = (fields + head).encode() + content + b"\r\n--x--\r\n"
    return admin.post(ADDRESS, data=body, content_type="multipart/form-data; boundary=x")


def brought(admin, content):
    answer = upload(admin, content)
    assert answer.status_code == 303, texts(answer, ".field__error, .errors")
    return answer.location


def test_the_shipped_layout_is_there_and_can_be_begun_from(admin):
    answer = admin.get(ADDRESS)
    start = admin.get(f"{ADDRESS}/start.docx")

    assert texts(answer, "#report-templates tbody th") == ["Thể thức có sẵn (Nghị định 30/2020)"]
    assert start.headers["Content-Disposition"] == "attachment; filename=mau-bao-cao.docx"
    assert Document(BytesIO(start.data)).paragraphs


def test_a_template_is_looked_at_before_it_is_used(admin, set_up, fine):
    admin.post("/admin/settings/header", data={"issuing_body": "Ủy ban A", "place": "Huế"})
    place = brought(admin, fine)
    page = admin.get(place)

    assert "ỦY BAN A" in one(page, "#template-look").text
    assert "[[Nội dung]]" in texts(page, "section code")
    with set_up():
        assert read.choices() == []
    admin.post(f"{place}/use")
    with set_up() as session:
        template = session.scalars(select(ReportTemplate)).one()
        assert read.choices() == [Choice(template.id, "Mẫu của Ủy ban")]
    sample = Document(BytesIO(admin.get(f"{place}/preview.docx?lang=en").data))
    assert "[[" not in "\n".join(paragraph.text for paragraph in sample.paragraphs)
    assert admin.get(f"{place}/file.docx").data == fine


def test_a_wrong_one_is_refused_with_every_reason(admin, set_up, fine):
    wrong = changed(fine, words={"[[Trích yếu]]": "[[Tríc yếu]]", "[[Nội dung]]": "Hết"})
    answer = upload(admin, wrong)

    assert answer.status_code == 422
    said = one(answer, "#file-error").text
    assert "[[Tríc yếu]]" in said
    assert "[[Nội dung]] đúng một lần; tệp này có 0 lần" in said
    with set_up() as session:
        assert session.scalars(select(ReportTemplate)).all() == []


def test_the_same_file_or_name_is_not_kept_twice(admin, fine):
    brought(admin, fine)

    assert "Mẫu của Ủy ban" in one(upload(admin, fine, "Khác"), "#file-error").text
    again = upload(admin, changed(fine, words={"Nơi nhận:": "Nơi nhận :"}))
    assert "Mẫu của Ủy ban" in one(again, "#name-error").text


def test_the_default_falls_back_to_ours_when_it_is_retired(admin, set_up, fine):
    place = brought(admin, fine)
    template_id = int(re.search(r"\d+$", place)[0])
    admin.post(f"{place}/use")
    admin.post(f"{ADDRESS}/default", data={"template_id": template_id})
    with set_up():
        assert read.default_id() == template_id
    admin.post(f"{place}/retire")

    with set_up():
        assert (read.default_id(), read.choices()) == (None, [])
    refused = admin.post(f"{ADDRESS}/default", data={"template_id": template_id})
    assert refused.status_code == 409
    assert admin.post(f"{ADDRESS}/default", data={"template_id": "x"}).status_code == 404


def test_a_template_is_called_something_else(admin, set_up, fine):
    place = brought(admin, fine)
    assert admin.post(place, data={"name": ""}).status_code == 422

    answer = admin.post(place, data={"name": "Mẫu 2026", "version": "1"})

    assert answer.status_code == 303
    assert one(admin.get(place), "h1").text == "Mẫu 2026"


def test_a_report_is_laid_out_by_the_template_chosen_for_it(admin, client_for, report_on, fine):
    place = brought(admin, changed(fine, words={"Nơi nhận:": "Sao gửi:"}))
    address = f"/reports/{report_on()}"
    head = client_for("head")
    assert "template_id" not in form(head.get(address), "#layout")
    admin.post(f"{place}/use")
    data = form(head.get(address), "#layout") | {"template_id": re.search(r"\d+$", place)[0]}

    assert head.post(f"{address}/layout", data=data).status_code == 303

    word = Document(BytesIO(head.get(f"{address}/docx").data))
    assert word.tables[-1].rows[0].cells[0].paragraphs[0].text != "Nơi nhận:"
    cells = [row.cells[0].text for table in word.tables for row in table.rows]
    assert [text.split("\n")[0] for text in cells if "Sao gửi" in text] == ["Sao gửi:"]
    assert head.get(f"{address}/pdf").data.startswith(b"%PDF")
