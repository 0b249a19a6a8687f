import http.client
import io
import threading
import time
import unicodedata
import zipfile
from datetime import date
from pathlib import Path

import pytest
import waitress

from tests import factories as make
from tests import html
from tests.imports.workbooks import raw, text_cell, workbook
from tracker.exports import plan_workbook
from tracker.imports.spreadsheet import limits
from tracker.imports.spreadsheet.limits import MIB
from tracker.models import Group, Import, Milestone, Strand, Task, Workstream
from tracker.services import tasks
from tracker.services.act import Act

HEADING = ["STT", "Nhiệm vụ", "Người phụ trách", "Thời hạn", "Sản phẩm"]
DUE = date(2026, 12, 31)
UPLOAD = "/groups/HAL/import"
SHARED = Path(__file__).parents[3] / "shared" / "data" / "ke-hoach-2026-2027.xlsx"
ACT = Act(person_id=None, at=make.AGES_AGO, cause="web")


def a_plan(*rows, name="Hal"):
    """A workbook with one sheet; `rows` follow the heading and the strand."""
    return workbook((name, [HEADING, ["I. Tiêu chuẩn"], *rows]))


SMALL = a_plan(["◆", "Công bố TCVN", None, DUE], [1, "Soạn dự thảo", "Đỗ Mai Lan", DUE, "Dự thảo"])


def upload(client, data=SMALL, name="Kế hoạch.xlsx", address=UPLOAD, **options):
    form = "multipart/form-data; boundary=x"
    return client.post(address, data=multipart(data, name), content_type=form, **options)


def multipart(data, name):
    head = f'--x\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    return head.encode() + data + b"\r\n--x--\r\n"


def brought(client, data=SMALL, **more):
    """The address of the preview of an uploaded file."""
    answer = upload(client, data, **more)
    assert answer.status_code == 303, html.texts(answer, ".field__error, .errors, h1")
    return answer.headers["Location"]


def apply(client, address, **more):
    """Confirm with what the page would send."""
    fields = html.form(client.get(address), "#import-confirm")
    return client.post(f"{address}/apply", data={**fields, **more})


def count(set_up, table=Task):
    with set_up() as session:
        return session.query(table).filter(table.code.startswith("HAL-")).count()


# ------------------------------------------------------------------ the way in


def test_a_file_is_previewed_confirmed_and_taken_back(client_for, set_up):
    client = client_for("secretary")

    address = brought(client)
    assert count(set_up) == 0
    assert html.texts(client.get(address), "#import-rows tbody th .import__title") == [
        "◆ Mốc: Công bố TCVN",
        "Soạn dự thảo",
    ]

    done = apply(client, address)
    assert (done.status_code, done.headers["Location"]) == (303, address)
    assert (count(set_up), count(set_up, Milestone)) == (1, 1)
    assert html.texts(client.get(address), "tbody a") == ["HAL-M1", "HAL-1"]

    assert html.one(client.get(address), 'main a[href$="/undo"]')["href"] == f"{address}/undo"
    asked = client.get(f"{address}/undo")
    assert html.texts(asked, "main .panel li") == [
        "2 mục mới vào thùng rác.",
        "0 mục đã đổi trở lại như trước.",
        "Người và đơn vị đã thêm được giữ lại.",
    ]
    assert html.one(asked, "main .panel form")["action"] == f"{address}/undo"
    undone = client.post(f"{address}/undo")
    assert undone.status_code == 303
    assert client.get(f"{address}/undo").location == address
    with set_up() as session:
        assert session.query(Task).filter_by(code="HAL-1").one().deleted_at is not None
    assert "Đã hoàn tác" in html.words(html.one(client.get(address), "main"))


def test_the_same_file_twice_changes_nothing(client_for, set_up):
    client = client_for("head")
    apply(client, brought(client))

    page = client.get(brought(client))

    assert "Tệp không có gì khác" in html.words(html.one(page, "#import-confirm"))
    assert html.parse(page).select("#import-confirm .button--main") == []


def test_the_message_after_an_import_carries_its_undo(client_for):
    client = client_for("head")
    address = brought(client)
    apply(client, address)

    assert html.one(client.get(address), "#notices form")["action"] == f"{address}/undo"


def test_the_shipped_example_goes_into_an_empty_group(client_for, set_up):
    client = client_for("head")

    example = client.get("/imports/example.xlsx")
    apply(client, brought(client, example.data, name="example.xlsx"))

    assert example.content_type == plan_workbook.CONTENT_TYPE
    assert count(set_up) == 24
    assert count(set_up, Milestone) == 8


def test_the_preview_says_what_is_new_whose_it_is_called_and_who_would_be_added(client_for):
    client = client_for("administrator")
    example = client.get("/imports/example.xlsx")

    page = client.get(brought(client, example.data, name="example.xlsx"))

    assert "32 mới: 8 mốc, 24 nhiệm vụ" in html.texts(page, "#import-facts > *")
    (told,) = html.texts(page, "#import-sheets .field__error")
    assert told.startswith("Trang này không mang tên Tổ công tác Hal.")
    assert html.one(page, "#import-names").has_attr("open")


def test_the_blank_template_is_served_and_brings_nothing(client_for):
    client = client_for("observer")
    template = client.get("/imports/template.xlsx")

    page = client_for("head").get(brought(client_for("head"), template.data))

    assert template.headers["Content-Disposition"] == 'attachment; filename="mau-ke-hoach.xlsx"'
    assert "Tệp không có gì khác" in html.words(html.one(page, "#import-confirm"))


def test_the_plan_of_the_office_gives_three_groups(client_for, set_up):
    if not SHARED.exists():
        pytest.skip(
            "needs ../shared/data/ke-hoach-2026-2027.xlsx, which is not part of the project"
        )
    with set_up() as session:
        for key, name in (("PMT", "Tổ công tác Pin mặt trời"), ("KNK", "Khí nhà kính")):
            make.whole_group(session, key, name)
        make.whole_group(session, "HLA", "Halal")
    client = client_for("administrator")

    address = brought(client, SHARED.read_bytes(), address="/groups/HLA/import")
    apply(client, address)

    with set_up() as session:
        groups = session.query(Group).filter(Group.key.in_(["HLA", "PMT", "KNK"])).all()
        ids = [group.id for group in groups]
        found = [
            session.query(table).filter(table.group_id.in_(ids)).count()
            for table in (Workstream, Milestone, Task)
        ]
    assert (len(groups), *found) == (3, 12, 14, 49)


# ------------------------------------------------------------------ rights


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("administrator", 200),
        ("head", 200),
        ("deputy", 200),
        ("secretary", 200),
        ("member", 403),
        ("observer", 403),
        ("director", 403),
        ("outsider", 403),
        ("sol_head", 403),
        ("anonymous", 303),
    ],
)
def test_only_who_shapes_the_plan_may_bring_a_file(client_for, role, status):
    assert client_for(role).get(UPLOAD).status_code == status


def test_a_restricted_group_is_not_there_for_others(client_for):
    assert client_for("head").get("/groups/SOL/import").status_code == 404
    assert upload(client_for("head"), address="/groups/SOL/import").status_code == 404


@pytest.mark.parametrize("path", ["", "/answers", "/apply", "/undo", "/discard"])
@pytest.mark.parametrize("role", ["member", "director", "sol_head", "outsider"])
def test_an_import_is_not_there_for_who_may_not_open_it(client_for, role, path):
    address = brought(client_for("head"))
    client = client_for(role)

    answer = client.post(address + path) if path else client.get(address)

    assert answer.status_code == 404


def test_a_sheet_cannot_be_sent_into_a_group_of_others(client_for, set_up):
    client = client_for("head")
    address = brought(client, a_plan([1, "Việc lạ"], name="Sol"))

    answer = apply(client, address, **{"group-0": "SOL"})

    assert answer.status_code == 303
    with set_up() as session:
        assert session.query(Task).filter_by(title="Việc lạ").count() == 0


def test_the_list_shows_what_one_may_open(client_for):
    brought(client_for("head"))

    assert html.texts(client_for("secretary").get("/imports"), "tbody th") == ["Kế hoạch.xlsx"]
    assert html.texts(client_for("observer").get("/imports"), "tbody th") == []
    assert html.texts(client_for("sol_head").get("/imports"), "tbody th") == []


# ------------------------------------------------------------------ questions


def near(set_up, cast):
    with set_up() as session:
        stream = make.stream_of(session, cast, strand=Strand.STANDARDS)
        return make.task(session, stream, title="Lấy ý kiến dự thảo tiêu chuẩn", due=DUE).code


def test_a_near_title_has_to_be_answered(client_for, set_up, cast):
    code = near(set_up, cast)
    client = client_for("head")
    address = brought(client, a_plan([1, "Lấy ý kiến các dự thảo tiêu chuẩn"]))

    refused = apply(client, address)

    assert refused.status_code == 422
    assert "gần giống nhau" in html.words(html.one(refused, ".errors"))
    name = html.one(refused, "#import-titles input[value=new]")["name"]
    assert apply(client, address, **{name: code}).status_code == 303
    assert count(set_up) == 1


def test_answers_are_kept_without_confirming(client_for, set_up, cast):
    code = near(set_up, cast)
    client = client_for("head")
    address = brought(client, a_plan([1, "Lấy ý kiến các dự thảo tiêu chuẩn"]))
    page = client.get(address)
    name = html.one(page, "#import-titles input[value=new]")["name"]

    kept = client.post(f"{address}/answers", data={name: code})

    assert kept.status_code == 303
    chosen = html.one(client.get(address), f"#import-titles input[value={code}]")
    assert chosen.has_attr("checked")


def test_a_moved_date_needs_a_reason_and_other_needs_a_sentence(client_for, set_up, cast):
    with set_up() as session:
        stream = make.stream_of(session, cast, strand=Strand.STANDARDS)
        make.task(session, stream, title="Soạn dự thảo", due=date(2026, 12, 1))
    client = client_for("head")
    address = brought(client, a_plan([1, "Soạn dự thảo", None, DUE]))

    silent = apply(client, address)
    vague = apply(client, address, reason="other")
    done = apply(client, address, reason="budget", reason_note="Chờ kinh phí")

    assert "Hãy chọn lý do dời ngày." in html.words(html.one(silent, ".errors"))
    assert "Hãy nói rõ lý do khác là gì." in html.words(html.one(vague, ".errors"))
    assert (silent.status_code, vague.status_code, done.status_code) == (422, 422, 303)
    with set_up() as session:
        assert session.query(Task).filter_by(title="Soạn dự thảo").one().due == DUE


def test_rows_that_cannot_be_read_are_listed_and_have_to_be_agreed_to(client_for, set_up):
    client = client_for("head")
    address = brought(client, a_plan([1, "Một", None, "31/02/2027"], [2, "Hai", None, DUE]))

    refused = apply(client, address)
    done = apply(client, address, without_left_out="y")

    assert "Ô D3: ngày «31/02/2027» không có trong lịch." in html.words(html.one(refused, "main"))
    assert (refused.status_code, done.status_code) == (422, 303)
    assert count(set_up) == 1
    assert "31/02/2027" in html.words(html.one(client.get(address), "main"))


def test_a_name_can_be_someone_there_is_or_nobody(client_for, set_up, cast):
    client = client_for("head")
    data = a_plan([1, "Một", "Chị Ánh"], [2, "Hai", "Phòng Kế hoạch"])
    address = brought(client, data)
    inputs = {
        field["value"]: field["name"]
        for field in html.parse(client.get(address)).select("#import-names input")
    }

    apply(
        client,
        address,
        **{inputs["Ánh"]: cast["secretary"].name, inputs["Phòng Kế hoạch"]: ""},
    )

    with set_up() as session:
        owners = {task.title: task.owner_id for task in session.query(Task).all()}
    assert (owners["Một"], owners["Hai"]) == (cast["secretary"].person_id, None)


def test_a_sheet_of_no_group_has_to_be_given_one_and_is_then_shown_first(client_for, set_up):
    client = client_for("head")
    data = workbook(
        ("Trang lạ", [HEADING, ["I. Tiêu chuẩn"], [1, "Một"]]),
        ("Trang khác", [HEADING, ["I. Tiêu chuẩn"], [1, "Hai"]]),
    )
    address = brought(client, data)

    refused = apply(client, address)
    shown = apply(client, address, **{"group-0": "HAL", "group-1": ""})
    done = apply(client, address)

    assert refused.status_code == 422
    assert "Hãy chọn tổ cho từng trang của tệp." in html.words(html.one(refused, ".errors"))
    assert shown.status_code == 303
    assert done.status_code == 303
    with set_up() as session:
        assert [t.title for t in session.query(Task).filter(Task.code.like("HAL-%"))] == ["Một"]


# ------------------------------------------------------------------ while others work


def test_a_plan_that_changed_meanwhile_is_shown_again(client_for, set_up, cast):
    client = client_for("head")
    address = brought(client)
    fields = html.form(client.get(address), "#import-confirm")
    with set_up() as session:
        stream = make.stream_of(session, cast, strand=Strand.STANDARDS)
        tasks.create(stream, "Soạn dự thảo", by=ACT)

    stale = client.post(f"{address}/apply", data=fields)

    assert stale.status_code == 409
    assert html.texts(stale, "[role=alert] h2") == ["Kế hoạch vừa thay đổi"]
    assert count(set_up, Milestone) == 0
    fresh = html.form(stale, "#import-confirm")
    assert client.post(f"{address}/apply", data=fresh).status_code == 303


def test_an_import_is_confirmed_once(client_for, set_up):
    client = client_for("head")
    address = brought(client)
    fields = html.form(client.get(address), "#import-confirm")
    client.post(f"{address}/apply", data=fields)

    again = client.post(f"{address}/apply", data=fields)

    assert again.status_code == 409
    assert count(set_up) == 1


def test_a_draft_can_be_thrown_away(client_for):
    client = client_for("head")
    address = brought(client)

    assert client.post(f"{address}/discard").headers["Location"] == "/imports"
    assert client.get(address).status_code == 404


# ------------------------------------------------------------------ the page


def test_htmx_gets_the_rows_alone_and_the_page_holds_the_same(client_for):
    client = client_for("head")
    address = brought(client)
    filtered = f"{address}?show=new"

    part = client.get(filtered, headers={"HX-Request": "true"})

    assert html.parse(part).select("html") == []
    html.assert_swap_equals_reload(client, part, filtered)


def test_rows_are_filtered_and_come_page_by_page(client_for):
    client = client_for("head")
    rows = [[n, f"Việc {n}"] for n in range(1, 61)]
    address = brought(client, a_plan(*rows, [61, "Sai", None, "31/02/2027"]))

    def titles(query):
        return html.texts(client.get(f"{address}?{query}"), "#import-rows .import__title")

    assert len(titles("")) == 50
    assert titles("page=2") == [*(f"Việc {n}" for n in range(51, 61)), "Sai"]
    assert titles("show=left_out") == ["Sai"]
    assert titles("show=nonsense&page=99") == titles("page=2")


def test_a_sheet_with_the_name_of_another_group_is_pointed_at(client_for):
    client = client_for("administrator")

    page = client.get(brought(client, SMALL, address="/groups/SOL/import"))

    assert "mang tên tổ" in html.words(html.one(page, "#import-sheets"))


def test_the_import_in_english(client_for):
    client = client_for("head")
    address = brought(client)
    client.post("/account/preferences", data={"language": "en"})

    assert html.one(client.get(address), "html")["lang"] == "en"


def test_the_preview_takes_as_many_queries_for_many_rows(client_for, queries):
    client = client_for("head")
    counts = []
    for rows in (1, 40):
        address = brought(client, a_plan(*([n, f"Việc {n}"] for n in range(1, rows + 1))))
        client.get(address)
        with queries() as sent:
            client.get(address)
        counts.append(len(sent))

    assert counts[0] == counts[1]


def test_the_list_takes_as_many_queries_for_many_imports(client_for, queries):
    client = client_for("head")
    counts = []
    for _ in range(2):
        apply(client, brought(client, a_plan([1, f"Việc {len(counts)}"])))
        brought(client)
        client.get("/imports")
        with queries() as sent:
            client.get("/imports")
        counts.append(len(sent))

    assert counts[0] == counts[1]


# ------------------------------------------------------------------ bad files


def bomb():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b" " * (limits.UNZIPPED_BYTES + MIB))
    return stream.getvalue()


def far_cell():
    return raw(f'<row r="1000000">{text_cell("WQL1000000", "xa")}</row>')


def many_rows():
    return workbook(("A", [HEADING, *([n, f"Việc {n}"] for n in range(limits.ROWS + 10))]))


OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
BAD = {
    "nothing": (lambda: b"", "Tệp trống"),
    "text": (lambda: b"xin chao", "không phải bảng tính"),
    "picture": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(200), "không phải bảng tính"),
    "a zip of nothing": (lambda: b"PK\x05\x06" + bytes(18), None),
    "half a workbook": (lambda: SMALL[: len(SMALL) // 2], "bị hỏng"),
    "password": (lambda: OLE2 + "EncryptedPackage".encode("utf-16-le"), "mật khẩu"),
    "old excel": (lambda: OLE2, "Excel cũ"),
    "zip bomb": (bomb, "nén quá nhiều"),
    "a cell far away": (far_cell, "nằm ngoài phạm vi"),
    "too many rows": (many_rows, "hơn 20000 dòng"),
    "no heading": (lambda: workbook(("A", [["xin", "chào"]])), "dòng tiêu đề"),
}


@pytest.mark.sqlite
@pytest.mark.parametrize("kind", BAD)
def test_a_file_that_cannot_be_read_is_refused_at_its_field_with_its_name(client_for, set_up, kind):
    make_it, sentence = BAD[kind]

    answer = upload(client_for("head"), make_it(), name="Tệp của tôi.xlsx")

    assert answer.status_code == 422
    assert html.one(answer, "#file")["aria-invalid"] == "true"
    said = html.words(html.one(answer, "#file-error"))
    assert (sentence or "") in said
    assert "Tệp của tôi.xlsx" in html.words(html.one(answer, "main"))
    with set_up() as session:
        assert session.query(Import).count() == 0


def test_no_file_at_all_is_said_at_the_field(client_for):
    answer = client_for("head").post(UPLOAD, data={}, content_type="multipart/form-data")

    assert answer.status_code == 422
    assert html.words(html.one(answer, "#file-error")) == "Hãy chọn một tệp."


@pytest.mark.sqlite
def test_a_file_of_fifty_megabytes_is_refused_politely(client_for):
    answer = upload(client_for("head"), bytes(50 * MIB))

    assert answer.status_code == 413
    assert "20 MB" in html.words(html.one(answer, "main"))


@pytest.mark.sqlite
def test_decomposed_text_is_stored_composed(client_for, set_up):
    client = client_for("head")
    data = a_plan([1, unicodedata.normalize("NFD", "Soạn dự thảo")])  # as a Mac writes it

    apply(client, brought(client, data))

    with set_up() as session:
        assert session.query(Task).filter_by(title="Soạn dự thảo").count() == 1


@pytest.mark.sqlite
def test_bad_files_do_not_harm_a_server_of_threads(app, cast, client_for, set_up):
    """As `make demo` serves it: all at once, and everybody else goes on working."""
    server = waitress.create_server(app, host="127.0.0.1", port=0, threads=4)
    port = server.effective_port
    headers = signed_in_headers(client_for("head"))
    statuses = []

    def send(data):
        statuses.append(posted(port, data, headers))

    bad = [BAD[kind][0]() for kind in ("zip bomb", "a cell far away", "too many rows", "password")]
    threads = [threading.Thread(target=send, args=(data,)) for data in (*bad, bytes(21 * MIB))]
    runner = threading.Thread(target=server.run, daemon=True)
    runner.start()
    try:
        for thread in threads:
            thread.start()
        slowest = max(timed_write(set_up, cast) for _ in range(5))
        for thread in threads:
            thread.join(60)
        after = posted(port, SMALL, headers)
    finally:
        server.task_dispatcher.shutdown()  # a thread still at its answer needs the open server
        server.close()
        runner.join(5)

    assert sorted(statuses) == [413, 422, 422, 422, 422]
    assert after == 303
    assert slowest < 10  # seconds; a write that found the database locked would have failed by now


def signed_in_headers(client):
    """What a browser sends that has signed in."""
    cookie = client.get_cookie("nqi_session")
    return {
        "Cookie": f"nqi_session={cookie.value}",
        "X-CSRFToken": client.environ_base["HTTP_X_CSRFTOKEN"],
        "Content-Type": "multipart/form-data; boundary=x",
    }


def posted(port, data, headers):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=90)
    try:
        connection.request("POST", UPLOAD, body=multipart(data, "x.xlsx"), headers=headers)
        return connection.getresponse().status
    finally:
        connection.close()


def timed_write(set_up, cast):
    began = time.perf_counter()
    with set_up() as session:
        make.task(session, make.stream_of(session, cast))
    return time.perf_counter() - began
