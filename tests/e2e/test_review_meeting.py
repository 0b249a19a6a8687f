"""A whole review meeting from the keyboard alone, with a dead network in its middle."""

import re
from datetime import timedelta

import pytest
from docx import Document
from playwright.sync_api import Error, expect

from tests import cast as the_cast
from tests import factories as make
from tests.e2e.test_by_hand import tab_to
from tracker.adapters.clock import now, today
from tracker.lib.dates import format_date
from tracker.models import MeetingEntry, Strand
from tracker.services import decisions, meetings
from tracker.services.act import Act

pytestmark = pytest.mark.e2e
QUESTION, OPTION = "Ký trước phần thực phẩm?", "Chờ đủ phạm vi"
NOTE, LOST, THEIRS = "Đã nghe báo cáo", "Chốt số liệu ngày 14", "Ban Đo lường phối hợp"
TASK = "Báo cáo phương án đàm phán"


@pytest.fixture
def meeting(set_up, cast, plan):
    """Today's, on all groups, about a late task and a question."""
    with set_up() as session:
        by = Act(person_id=cast["head"].person_id, at=now(), cause="web")
        stream = make.stream_of(session, cast, strand=Strand.STANDARDS)
        question = decisions.Question(
            question=QUESTION,
            options=("Ký trước", OPTION),
            wanted_from_id=cast["director"].person_id,
            wanted_by=today() + timedelta(days=2),
        )
        decisions.ask(stream.group, question, by=by)
        called = meetings.Plan(
            title="Họp điều hành",
            held_on=today(),
            chair_id=cast["director"].person_id,
            recorder_ids=[cast["secretary"].person_id],
        )
        return meetings.plan(called, by=by).id


def enter(page, player):
    page.goto("/sign-in")
    tab_to(page, page.get_by_role("textbox", name="Thư điện tử"))
    page.keyboard.type(player.email)
    page.keyboard.press("Tab")
    page.keyboard.type(the_cast.PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/sign-in" not in url)


def go_to(page, title):
    """Step through the agenda until that is on the screen: to its end, then back."""
    key, heading = "j", page.locator("#review-title")
    for _ in range(40):
        if heading.inner_text() == title:
            return
        if not page.locator(f"#review-{key}").count():
            key = "k"
        place = page.locator(".review__place").inner_text()
        page.keyboard.press(key)
        expect(page.locator(".review__place")).not_to_have_text(place)
    raise AssertionError(title)


def record(page, key, *words):
    """Open the form by its key, type field after field, and send it."""
    form = page.locator("details.entry-form[open]")
    page.keyboard.press(key)
    expect(form.locator("textarea, input:not([type=hidden])").first).to_be_visible()
    for position, text in enumerate(words):
        if position:
            page.keyboard.press("Tab")
        page.keyboard.type(text)
    page.keyboard.press("Control+Enter")


def test_a_whole_meeting_from_the_keyboard(
    page, context, new_context, live, set_up, cast, meeting, axe, tmp_path
):
    press = page.keyboard.press
    enter(page, cast["director"])
    tab_to(page, page.get_by_role("link", name="Chế độ họp"))
    press("Enter")
    expect(page.get_by_role("heading", name="Chương trình họp")).to_be_visible()
    assert axe() == []
    tab_to(page, page.get_by_role("button", name="Bắt đầu họp"))
    press("Enter")
    expect(page.locator("#review")).to_be_visible()
    assert axe() == []

    # Who is there.
    press("a")
    roll = page.get_by_role("dialog", name="Người dự họp")
    expect(roll).to_contain_text(cast["head"].name)
    tab_to(page, roll.get_by_role("button", name="Những người còn lại đều có mặt"))
    press("Enter")
    expect(roll).to_contain_text("chưa điểm danh 0")
    assert axe() == []
    press("Escape")

    # The question is decided on the spot.
    go_to(page, QUESTION)
    press("d")
    tab_to(page, page.get_by_role("radio", name="Ký trước"))
    press("ArrowDown")
    press("Control+Enter")
    entries = page.locator("#entries")
    expect(entries).to_contain_text(OPTION)

    # A directive on the workstream that is late.
    press("ArrowRight")
    go_to(page, "Đo lường")
    expect(page.locator(".review__lists")).to_contain_text("Hiệu chuẩn thiết bị")
    due = format_date(today() + timedelta(days=9))
    record(page, "c", TASK, cast["member"].name, due)
    expect(entries).to_contain_text(f"{cast['member'].name} · ")
    expect(entries).to_contain_text(due)
    assert axe() == []

    # The network dies while somebody speaks; the browser is closed and opened again.
    context.set_offline(True)
    record(page, "n", NOTE)
    expect(page.get_by_text("Chưa gửi được, sẽ gửi lại")).to_be_visible()
    expect(page.locator("#pending")).to_contain_text(NOTE)
    press("n")
    page.keyboard.type("Còn đang gõ")
    here = page.url
    with pytest.raises(Error):
        page.reload()
    context.set_offline(False)
    page.goto(here)
    expect(entries).to_contain_text(NOTE)
    expect(page.locator("#pending")).to_be_hidden()
    expect(page.get_by_role("textbox", name="Ý kiến, kết luận")).to_have_value("Còn đang gõ")

    # An answer is lost on its way: what was sent is sent again, and recorded once.
    def lose(route):
        route.fetch()
        route.abort()

    page.route("**/notes", lose, times=1)
    press("Escape")
    press("n")
    press("Control+a")
    page.keyboard.type(LOST)
    press("Control+Enter")
    expect(page.locator("#pending")).to_contain_text(LOST)
    expect(page.locator("#pending")).to_be_hidden()
    expect(entries).to_contain_text(LOST)
    with set_up() as session:
        said = [row.text for row in session.query(MeetingEntry).order_by(MeetingEntry.id)]
        assert said == [OPTION, TASK, NOTE, LOST]

    # Somebody else records too.
    other = new_context().new_page()
    enter(other, cast["secretary"])
    other.goto(here)
    record(other, "n", THEIRS)
    expect(page.locator("#notices")).to_contain_text(f"{cast['secretary'].name} vừa ghi")
    expect(entries).to_contain_text(THEIRS)

    # The end, the minutes, their number.
    press("Escape")
    tab_to(page, page.get_by_role("link", name="Rời màn hình họp"))
    press("Enter")
    tab_to(page, page.get_by_role("button", name="Kết thúc họp"))
    press("Enter")
    tab_to(page, page.get_by_role("link", name="Thông báo kết luận"))
    press("Enter")
    expect(page.get_by_role("article")).to_contain_text("KẾT LUẬN VỀ TỪNG TỔ CÔNG TÁC")
    assert axe() == []
    tab_to(page, page.get_by_role("textbox", name="Số, ký hiệu"))
    page.keyboard.type("45/TB-TĐC")
    press("Tab")
    page.keyboard.type(format_date(today()))
    press("Enter")
    expect(page.get_by_text("Đã ban hành kết luận").first).to_be_visible()
    with page.expect_download() as download:
        tab_to(page, page.get_by_role("link", name=re.compile("Tải Word .*Việt")))
        press("Enter")
    path = tmp_path / "minutes.docx"
    download.value.save_as(path)
    text = "\n".join(paragraph.text for paragraph in Document(path).paragraphs)
    assert [words in text for words in (OPTION, NOTE, LOST, THEIRS)] == [True] * 4


def test_an_entry_that_is_refused_keeps_no_other_waiting(page, live, set_up, cast, meeting):
    with set_up() as session:
        by = Act(person_id=cast["director"].person_id, at=now(), cause="web")
        meetings.start(session.get_one(meetings.Meeting, meeting), by=by)
    enter(page, cast["secretary"])
    page.goto(f"/meetings/{meeting}/review")
    entries, pending = page.locator("#entries"), page.locator("#pending")

    held = []
    page.route("**/notes", lambda route: held.append(route), times=1)  # noqa: PLW0108 - it wants a function
    record(page, "n", LOST)
    record(page, "n", THEIRS)  # typed while the other is on its way
    held.pop().fulfill(status=404)

    expect(entries).to_contain_text(THEIRS)
    expect(pending).to_contain_text(LOST)
    expect(entries).to_contain_text(LOST)  # when it is sent again
    expect(pending).to_be_hidden()
