import json
from io import BytesIO

import pytest

from tests import factories as make
from tests.html import assert_swap_equals_reload, form, one, table, texts, words
from tracker.models import Deliverable, DeliverableImport

HTMX = {"HX-Request": "true"}
NEW = "/groups/HAL/deliverables/import"
RECORDS = [
    {"id": 1, "reference": "ISO 1", "currentStage": 4020, "ownerCommittee": "ISO/TC 207/SC 7"},
    {"id": 2, "reference": "ISO 2", "title": {"en": "Two"}, "ownerCommittee": "ISO/TC 34"},
]


@pytest.fixture
def kind(set_up, cast):
    with set_up() as session:
        made = make.kind(session, "ISO")
        make.stage(session, made, "40.20", is_repeatable=True)
        return made.id


@pytest.fixture
def send(client_for, kind):
    """`send(records, committees="ISO/TC 34")` brings a file as the secretary would."""

    def sent(records, name="iso.jsonl", **values):
        client = client_for("secretary")
        data = b"\n".join(
            one if isinstance(one, bytes) else json.dumps(one).encode() for one in records
        )
        file = {"file": (BytesIO(data), name)}
        values = {"strand": "standards", "kind_id": kind} | values
        return client, client.post(NEW, data=values | file)

    return sent


def register(set_up):
    with set_up() as session:
        rows = session.query(Deliverable).order_by(Deliverable.id)
        return [(row.code, row.reference, row.title) for row in rows]


def test_a_file_is_previewed_and_taken(send, set_up):
    client, answer = send([*RECORDS, b"{broken"])
    page = client.get(answer.location)

    assert table(page)[1:] == [
        ["1", "ISO 1", "+ Mới", "40.20", "ISO/TC 207/SC 7"],
        ["2", "ISO 2 Two", "+ Mới", "—", "ISO/TC 34"],
    ]
    assert texts(page, ".list b") == ["Dòng 3"]
    assert register(set_up) == []

    taken = client.post(f"{answer.location}/apply")

    assert taken.location == "/groups/HAL/deliverables"
    assert register(set_up) == [("HAL-D1", "ISO 1", "ISO 1"), ("HAL-D2", "ISO 2", "Two")]
    assert client.post(f"{answer.location}/apply").status_code == 409
    assert "đã nhập" in words(one(client.get(answer.location), ".head"))


def test_the_same_file_again_has_nothing_to_take(send, set_up):
    client, answer = send(RECORDS)
    client.post(f"{answer.location}/apply")

    client, again = send(RECORDS)
    page = client.get(again.location)

    assert texts(page, ".spread a") == ["Không đổi 2"]
    assert texts(page, ".panel--note") == ["Mọi bản ghi khớp với danh mục; không có gì để nhập."]
    assert "form" not in [element.name for element in one(page, ".head").select("[action*=apply]")]


def test_only_what_is_wanted_is_previewed(send, set_up):
    client, answer = send(RECORDS, committees="ISO/TC 207, ISO/TC 1")

    assert [row[1] for row in table(client.get(answer.location))[1:]] == ["ISO 1"]


def test_the_rows_of_one_outcome_are_swapped_in(send):
    client, answer = send(RECORDS)
    address = f"{answer.location}?show=new"

    swapped = client.get(address, headers=HTMX).get_data(as_text=True)

    assert_swap_equals_reload(client, swapped, address)


def test_a_preview_is_thrown_away(send, set_up):
    client, answer = send(RECORDS)

    assert client.post(f"{answer.location}/discard").status_code == 303
    with set_up() as session:
        assert session.query(DeliverableImport).one().rows == []
    assert register(set_up) == []


@pytest.mark.parametrize(
    ("records", "values", "sentence"),
    [
        ([], {}, "Tệp không có bản ghi nào khớp"),
        (RECORDS, {"references": "9999"}, "Tệp không có bản ghi nào khớp"),
    ],
)
def test_a_file_of_no_use_is_refused_at_the_field(send, records, values, sentence):
    _, answer = send(records, **values)

    assert answer.status_code == 422
    assert words(one(answer, "#file-error")).startswith(sentence)


def test_a_file_is_needed(client_for, kind):
    answer = client_for("secretary").post(NEW, data={"strand": "standards", "kind_id": kind})

    assert answer.status_code == 422
    assert words(one(answer, "#file-error")) == "Hãy chọn một tệp."
    assert form(answer, "main form.panel")["strand"] == "standards"
