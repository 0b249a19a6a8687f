import csv
from datetime import UTC, date, datetime
from io import BytesIO, StringIO

import pytest
from python_calamine import CalamineWorkbook

from tests import factories as make
from tests.html import assert_swap_equals_reload, form, one, parse, table, texts, words
from tracker.lib.stages import StageRole, WindowUnit
from tracker.models import Comment, Deliverable, Milestone, StageMove, Strand
from tracker.services import deliverables as do
from tracker.services.act import Act

HTMX = {"HX-Request": "true"}
PAGE = "/deliverables/HAL-D1"
NEW = "/groups/HAL/standards/deliverables/new"


@pytest.fixture
def kind(set_up, cast):
    with set_up() as session:
        made = make.kind(session, name_en="National standard", is_verified=False)
        for code, values in {
            "B3": {"name": "Biên soạn", "name_en": "Drafting"},
            "B4": {
                "name": "Lấy ý kiến",
                "is_repeatable": True,
                "window": 60,
                "window_unit": WindowUnit.DAYS,
                "window_source": "Luật 2006",
            },
            "B5": {"name": "Thẩm định"},
            "B7": {"name": "Phát hành", "role": StageRole.GOAL},
        }.items():
            make.stage(session, made, code, **values)
        return made.id


@pytest.fixture
def deliverable(set_up, cast, kind):
    with set_up() as session:
        stream = make.stream_of(session, cast, strand=Strand.STANDARDS)
        made = make.deliverable(
            session, stream, "Thực phẩm Halal", reference="TCVN 12944:2020", title_en="Halal food"
        )
        for code, on in (("B3", date(2026, 9, 1)), ("B4", date(2026, 11, 2))):
            at = datetime(on.year, on.month, on.day, 2, tzinfo=UTC)
            act = Act(person_id=None, at=at, cause="web")
            do.enter(made, make.stage(session, made.kind, code), on=on, by=act)
        return made.code


def stored(set_up, code="HAL-D1"):
    with set_up() as session:
        return session.query(Deliverable).filter_by(code=code).one()


def addresses(page, selector):
    return [link["href"] for link in parse(page).select(selector)]


def facts(page):
    return dict(zip(texts(page, ".details dt"), texts(page, ".details dd"), strict=True))


def stage_id(set_up, kind, code):
    with set_up() as session:
        return make.stage(session, make.kind(session), code).id


# ------------------------------------------------------------------ the register


def test_the_register_lists_stage_and_dates(client_for, deliverable):
    head, row = table(client_for("outsider").get("/deliverables"))

    assert head[0] == "Sản phẩm"
    assert row == [
        "TCVN 12944:2020 Thực phẩm Halal HAL-D1 · Tổ công tác Hal · Tiêu chuẩn",
        "TCVN",
        "● B4 Lấy ý kiến từ 02/11/2026",
        "B5 · 01/01/2027 còn 39 ngày (lịch)",
        "01/01/2027",
        "—",
    ]


def test_what_is_asked_for_is_in_the_address_and_the_swap_equals_the_reload(
    client_for, deliverable
):
    client = client_for("member")
    address = "/groups/HAL/deliverables?kind=TCVN&stage=B4&strand=standards&q=halal"

    answer = client.get(address, headers=HTMX)

    assert_swap_equals_reload(client, answer.get_data(as_text=True), address)
    assert texts(answer, ".spread [aria-current]") == ["TCVN 1", "B4 Lấy ý kiến 1"]
    assert texts(client.get("/groups/HAL/deliverables?stage=B4&kind=TCVN&q=zzz"), ".empty h2") == [
        "Không có sản phẩm nào khớp"
    ]


@pytest.mark.parametrize("query", ["page=x", "page=-3", "strand=nonsense", "kind=%00", "stage=9"])
def test_nonsense_in_the_address_does_no_harm(client_for, deliverable, query):
    assert client_for("member").get(f"/deliverables?{query}").status_code == 200


def test_an_empty_register_says_what_belongs_there(client_for, cast):
    page = client_for("head").get("/groups/HAL/deliverables")

    assert texts(page, ".empty h2") == ["Chưa có sản phẩm nào"]
    assert texts(page, "main .menu__item")[-4:] == [
        "Tiêu chuẩn",
        "Đo lường",
        "Đánh giá sự phù hợp",
        "Thanh tra, kiểm tra",
    ]


def test_the_register_comes_as_files(client_for, deliverable):
    client = client_for("observer")
    link = parse(client.get("/deliverables?kind=TCVN")).select_one("a[href*='.csv']")["href"]
    assert link == "/deliverables.csv?kind=TCVN"

    answer = client.get(link)
    rows = list(csv.DictReader(StringIO(answer.get_data().decode("utf-8-sig")), delimiter=";"))
    assert (rows[0]["Mã"], rows[0]["Giai đoạn"], rows[0]["Kế tiếp, sớm nhất"]) == (
        "HAL-D1",
        "B4",
        "01/01/2027",
    )
    assert "ALL_deliverables-2026-11-23.csv" in answer.headers["Content-Disposition"]
    file = BytesIO(client.get("/deliverables.xlsx?group=HAL").get_data())
    row = CalamineWorkbook.from_filelike(file).get_sheet_by_index(0).to_python()[1]
    assert (row[4], row[9]) == ("TCVN 12944:2020", date(2026, 11, 2))
    assert client.get("/deliverables.pdf").status_code == 404


# ------------------------------------------------------------------ one of them


def test_it_shows_facts_and_way(client_for, deliverable):
    client = client_for("observer")

    page, drawer = client.get(PAGE), client.get(PAGE, headers=HTMX)

    assert facts(page) == facts(drawer)
    assert facts(page)["Giai đoạn"] == "● B4 Lấy ý kiến từ 02/11/2026"
    assert facts(page)["Thời gian tối thiểu"] == (
        "còn 39 ngày (lịch) , đến 01/01/2027 ít nhất 60 ngày (lịch) · Luật 2006"
    )
    assert facts(page)["Đích, sớm nhất"] == "01/01/2027"
    assert [
        (stage["data-state"], words(stage.select_one("b")))
        for stage in parse(page).select(".route__stage")
    ] == [("passed", "B3"), ("current", "B4"), ("ahead", "B5"), ("ahead", "B7")]
    assert one(page, ".route__stage[aria-current=step]")
    assert texts(page, "h3 .tag") == ["gợi ý, chưa đối chiếu văn bản"]
    assert parse(page).select("main form:not(.reply)") == []


def test_an_english_reader_reads_the_english_names(client_for, deliverable):
    client = client_for("observer")
    client.post("/account/preferences", data={"language": "en"})

    page = client.get(PAGE)

    assert "Halal food" in words(one(page, "h1"))
    assert "Drafting" in texts(page, ".route__stage")[0]


def test_it_is_added_with_a_code_and_found(client_for, set_up, kind):
    client = client_for("secretary")
    data = form(client.get(NEW), "main form.form")
    assert data["kind_id"] == str(kind)
    assert client.post(NEW, data=data).status_code == 422

    data |= {
        "title": "Bộ 3 TCVN",
        "reference": "TCVN 9999:2026",
        "relation": "idt",
        "based_on": "ISO 1:2020",
    }
    assert client.post(NEW, data=data).location == "/deliverables/HAL-D1"

    made = stored(set_up)
    assert (made.reference, made.relation.value, made.stage_id) == ("TCVN 9999:2026", "idt", None)
    found = client.get("/search?q=9999&kind=deliverable")
    assert texts(found, ".list a") == ["▤ TCVN 9999 :2026 – Bộ 3 TCVN"]
    assert client.get("/search?q=hal-d1").location == "/deliverables/HAL-D1"


def test_without_any_kind_the_page_says_who_adds_them(client_for, cast):
    page = client_for("head").get(NEW)

    assert "Quản trị hệ thống" in words(one(page, "#deliverable-form"))


def test_it_is_edited_and_the_second_editor_chooses(client_for, set_up, deliverable):
    head, deputy = client_for("head"), client_for("deputy")
    data = form(head.get(f"{PAGE}/edit"), "main form.form")

    answer = head.post(f"{PAGE}/edit", data=data | {"title": "A"}, headers=HTMX)
    assert words(one(answer, ".sheet__title")) == "A"
    asked = deputy.post(f"{PAGE}/edit", data=data | {"title": "B"})

    assert asked.status_code == 409
    assert texts(asked, ".conflict__choice span") == ["B", "A"]
    assert stored(set_up).title == "A"


def test_its_kind_stays_once_it_has_a_stage(client_for, set_up, deliverable):
    with set_up() as session:
        other = make.kind(session, "QCVN").id
    client = client_for("head")
    data = form(client.get(f"{PAGE}/edit"), "main form.form") | {"kind_id": str(other)}

    answer = client.post(f"{PAGE}/edit", data=data)

    assert answer.status_code == 422
    assert "B4" in words(one(answer, "#kind_id-error"))


class TestMoving:
    def test_to_the_next_stage_is_what_the_form_offers(self, client_for, set_up, kind, deliverable):
        client = client_for("secretary")
        data = form(client.get(f"{PAGE}/stage"), "main form.form")
        assert data["stage_id"] == str(stage_id(set_up, kind, "B5"))
        assert "còn 39 ngày (lịch)" in words(one(client.get(f"{PAGE}/stage"), ".panel--note"))

        data |= {"on": "20/11/2026", "document_number": "QĐ 12/QĐ-TĐC", "note": "Gấp"}
        answer = client.post(f"{PAGE}/stage", data=data, headers=HTMX)

        assert facts(answer)["Giai đoạn"] == "● B5 Thẩm định từ 20/11/2026"
        assert {"deliverable-HAL-D1-facts", "deliverable-HAL-D1-route"} <= set(
            assert_swap_equals_reload(client, answer.get_data(as_text=True), PAGE)
        )
        assert texts(client.get(PAGE), ".more .list em")[0].startswith("QĐ 12/QĐ-TĐC · Gấp ·")

    def test_again_counts(self, client_for, set_up, kind, deliverable):
        data = {"stage_id": stage_id(set_up, kind, "B4"), "on": "20/11/2026"}

        client_for("head").post(f"{PAGE}/stage", data=data)

        page = client_for("head").get(PAGE)
        assert words(one(page, ".route__again")) == "lần 2"
        assert stored(set_up).iteration == 2

    @pytest.mark.parametrize(
        ("on", "sentence"),
        [
            ("24/11/2026", "Ngày vào giai đoạn không được ở tương lai."),
            ("01/11/2026", "Ngày vào giai đoạn không được trước lần chuyển gần nhất"),
            ("", "Bắt buộc nhập."),
            ("29/02/2027", "Không có ngày «29/02/2027» trong lịch."),
        ],
    )
    def test_a_day_that_cannot_be_is_told_at_the_field(
        self, client_for, set_up, kind, deliverable, on, sentence
    ):
        data = {"stage_id": stage_id(set_up, kind, "B5"), "on": on}

        answer = client_for("head").post(f"{PAGE}/stage", data=data, headers=HTMX)

        assert answer.status_code == 422
        assert words(one(answer, "#on-error")).startswith(sentence)

    def test_a_stage_that_is_not_offered_is_refused(self, client_for, set_up, kind, deliverable):
        data = {"stage_id": stage_id(set_up, kind, "B3"), "on": "20/11/2026"}

        answer = client_for("head").post(f"{PAGE}/stage", data=data)

        assert answer.status_code == 422
        assert one(answer, "#stage_id-error")

    def test_who_was_slower_is_told(self, client_for, set_up, kind, deliverable):
        client = client_for("head")
        data = form(client.get(f"{PAGE}/stage"), "main form.form")
        client.post(f"{PAGE}/stage", data=data)

        again = client_for("deputy").post(
            f"{PAGE}/stage", data=data | {"stage_id": stage_id(set_up, kind, "B7")}
        )

        assert "vừa được đổi" in words(one(again, "#stage_id-error"))

    def test_can_be_taken_back_and_that_is_kept(self, client_for, set_up, deliverable):
        client = client_for("head")

        answer = client.post(f"{PAGE}/stage/take-back", headers=HTMX)

        assert facts(answer)["Giai đoạn"] == "● B3 Biên soạn từ 01/09/2026"
        with set_up() as session:
            assert session.query(StageMove).count() == 3
        assert texts(client.get(PAGE), ".more .list b")[:2] == ["Hoàn tác → B3", "B4 Lấy ý kiến"]
        client.post(f"{PAGE}/stage/take-back")
        assert client.post(f"{PAGE}/stage/take-back").status_code == 409


class TestMilestones:
    def test_are_made_from_the_stages_in_one_go(self, client_for, set_up, deliverable):
        client = client_for("secretary")
        data = form(client.get(f"{PAGE}/milestones"), "main form.form")
        picked = sorted(name for name in data if name.startswith("pick-"))
        days = sorted(name for name in data if name.startswith("day-"))
        assert (len(picked), [data[day] for day in days]) == (1, ["01/01/2027"] * 2)

        data |= {days[0].replace("day", "pick"): "y", days[0]: "15/01/2027"}
        answer = client.post(f"{PAGE}/milestones", data=data, headers=HTMX)

        with set_up() as session:
            made = session.query(Milestone).filter(Milestone.code.startswith("HAL-")).all()
            assert [(one.stage_code, one.baseline, one.title) for one in made] == [
                ("B5", date(2027, 1, 15), "Thẩm định: TCVN 12944:2020"),
                ("B7", date(2027, 1, 1), "Phát hành: TCVN 12944:2020"),
            ]
        assert texts(answer, ".checks a") == [
            "Thẩm định: TCVN 12944:2020",
            "Phát hành: TCVN 12944:2020",
        ]

    def test_need_a_choice_and_a_day(self, client_for, deliverable):
        client = client_for("head")
        data = form(client.get(f"{PAGE}/milestones"), "main form.form")
        (pick,) = (name for name in data if name.startswith("pick-"))
        without = {name: value for name, value in data.items() if name != pick}

        nothing = client.post(f"{PAGE}/milestones", data=without)
        no_day = client.post(f"{PAGE}/milestones", data=data | {pick.replace("pick", "day"): ""})

        assert nothing.status_code == no_day.status_code == 422
        assert words(one(nothing, "[role=alert]")) == "Hãy chọn ít nhất một giai đoạn."
        assert texts(no_day, ".field__error") == ["Hãy nhập ngày cho giai đoạn đã chọn."]

    def test_may_be_closed_when_the_stage_is_reached(self, client_for, set_up, kind, deliverable):
        client = client_for("head")
        data = form(client.get(f"{PAGE}/milestones"), "main form.form")
        client.post(f"{PAGE}/milestones", data=data)
        assert parse(client.get(PAGE)).select(".checks .button") == []

        move = {"stage_id": stage_id(set_up, kind, "B7"), "on": "20/11/2026"}
        client.post(f"{PAGE}/stage", data=move | {"document_number": "QĐ 5/QĐ-BKHCN"})

        (code,) = {
            address.split("/")[2] for address in addresses(client.get(PAGE), ".checks .button")
        }
        back = addresses(client.get(f"/milestones/{code}"), ".details .link")
        assert back == [PAGE]
        link = parse(client.get(PAGE)).select_one(".checks .button")["href"]
        closing = form(client.get(link), "main form.form")
        assert (closing["evidence"], closing["closed_on"]) == ("QĐ 5/QĐ-BKHCN", "20/11/2026")


def test_it_is_talked_about(client_for, set_up, deliverable):
    client = client_for("observer")

    answer = client.post(f"{PAGE}/comments", data={"body": "Đề nghị **gấp**"}, headers=HTMX)

    assert "Đề nghị gấp" in " ".join(texts(answer, ".stream li"))
    empty = client.post(f"{PAGE}/comments", data={"body": " "}, headers=HTMX)
    assert empty.status_code == 422
    with set_up() as session:
        comment = session.query(Comment).one()
    changed = client.post(f"/comments/{comment.id}/edit", data={"body": "Thôi"}, headers=HTMX)
    assert "Thôi" in " ".join(texts(changed, ".stream li"))


def test_its_history_is_told(client_for, deliverable):
    told = texts(client_for("observer").get(PAGE), ".stream .changed")

    assert [line.split(" Hệ thống")[0] for line in told] == ["Giai đoạn B3", "Giai đoạn B3 → B4"]


def test_it_goes_to_the_trash_and_comes_back(client_for, set_up, deliverable):
    client = client_for("head")

    assert client.post(f"{PAGE}/trash").location == "/groups/HAL/deliverables"
    assert client.get(PAGE).status_code == 404
    address = parse(client.get("/trash")).select_one("form[action*=restore]")["action"]
    assert client.post(address).location == PAGE
    assert client.get(PAGE).status_code == 200
