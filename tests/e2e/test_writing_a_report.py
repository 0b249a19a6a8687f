"""Two people write one report at the same time, with facts of the plan in their words."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests import factories as make
from tests.e2e.test_nothing_is_lost import other_page
from tracker.adapters.clock import now, today
from tracker.lib.periods import PeriodKind, containing
from tracker.models import Group, Report, TaskStatus
from tracker.services import reports, tasks
from tracker.services.act import Act

pytestmark = pytest.mark.e2e
# Milliseconds: when a page asks what others write, and too soon for it to save what is being typed.
POLL, NOT_YET = 16_000, 5_000


@pytest.fixture
def report(set_up, cast):
    """The address of a draft of the month that runs; HAL-1 was finished in it."""
    with set_up() as session:
        before = Act(person_id=None, at=now() - timedelta(days=40), cause="test")
        task = tasks.create(make.stream_of(session, cast), "Hiệu chuẩn cân", by=before)
        act = Act(person_id=cast["head"].person_id, at=now(), cause="test")
        tasks.change_status(task, TaskStatus.DONE, by=act)
        group = session.get_one(Group, cast.groups["HAL"])
        made = reports.begin(group, containing(today(), PeriodKind.MONTH), by=act)
        session.flush()
        return f"/reports/{made.id}"


@pytest.fixture
def pages(page, sign_in, cast, new_context, report):
    """The page of the head and that of the secretary, both on the draft."""
    sign_in("head")
    theirs = other_page(new_context, cast["secretary"])
    for one in (page, theirs):
        one.clock.install()
        one.goto(report)
    return page, theirs


@pytest.fixture
def kept_text(set_up):
    def of_the_report():
        with set_up() as session:
            return session.query(Report).one().narrative

    return of_the_report


def box(page, name):
    return page.locator(f"textarea[name={name}]")


def leave(page, name, text):
    """Type at the end of a text, leave it, and wait until it was stored."""
    box(page, name).press("Control+End")
    box(page, name).press_sequentially(text)
    with page.expect_response(lambda answer: answer.request.method == "POST") as answer:
        box(page, name).blur()
    return answer.value.status


def look(page, milliseconds=POLL):
    """The page asks what others write."""
    with page.expect_response(lambda answer: "/text" in answer.url) as answer:
        page.clock.run_for(milliseconds)
    return answer.value.status


@pytest.mark.usefixtures("quiet")
def test_facts_are_pressed_and_dragged_into_the_text_and_read_as_they_are(pages, axe):
    page, _theirs = pages
    results, facts = box(page, "results"), page.locator("#facts-results")
    results.fill("Đã xong  trong kỳ.")
    results.evaluate("box => box.setSelectionRange(8, 8)")

    facts.get_by_role("button", name="HAL-1").click()

    expect(results).to_have_value("Đã xong [[HAL-1]] trong kỳ.")
    read = page.locator("#text-results .said__lines")
    expect(read).to_have_text("Đã xong Hiệu chuẩn cân (HAL-1) trong kỳ.")
    results.press("Control+z")
    expect(results).to_have_value("Đã xong  trong kỳ.")
    facts.get_by_role("button", name="HAL-1").drag_to(results)
    expect(results).to_have_value(re.compile(r"\[\[HAL-1\]\]"))
    expect(read).to_contain_text("Hiệu chuẩn cân (HAL-1)")

    page.get_by_role("group").filter(has_text="tiếng Anh").nth(1).locator("summary").click()
    english = box(page, "results_en")
    english.fill("So far")
    page.locator("#facts-assessment").get_by_title("[[hoàn thành]]", exact=True).click()
    expect(box(page, "assessment")).to_have_value("[[hoàn thành]]")
    expect(page.locator("#text-assessment .said__lines")).to_have_text("1")
    assert axe() == []


def test_two_who_write_at_once_see_each_other_and_lose_nothing(pages, kept_text):
    page, theirs = pages
    assert leave(page, "results", "Của tổ trưởng.") == 200
    assert leave(theirs, "next", "Của thư ký.") == 200

    # Whoever types nothing there gets what the other wrote, and hears who it is.
    expect(box(theirs, "results")).to_have_value("Của tổ trưởng.")
    assert look(page) == 200
    expect(box(page, "next")).to_have_value("Của thư ký.")
    expect(page.get_by_text("Lê Thị Ánh đang viết «III. Phương hướng")).to_be_visible()
    assert look(page) == 204
    assert leave(page, "next", " Thêm.") == 200
    assert leave(page, "next", " Nữa.") == 200
    assert kept_text() == {"results": "Của tổ trưởng.", "next": "Của thư ký. Thêm. Nữa."}

    # In the same text the second is asked, with both texts.
    theirs.clock.run_for(POLL - NOT_YET)
    box(theirs, "next").press_sequentially(" Họp tổ.")
    assert look(theirs, NOT_YET) == 200
    expect(box(theirs, "next")).to_have_value("Của thư ký. Họp tổ.")
    expect(theirs.locator("#text-next")).to_contain_text("Nguyễn Thị Đào đã sửa phần này")
    assert leave(theirs, "next", "") == 409
    choice = theirs.get_by_role("group", name="Phương hướng, nhiệm vụ kỳ tới")
    choice.get_by_role("radio", name="Đang lưu").check()
    theirs.get_by_role("button", name="Lưu lựa chọn").click()
    expect(box(theirs, "next")).to_have_value("Của thư ký. Thêm. Nữa.")
    assert leave(theirs, "next", " Xong.") == 200
    assert kept_text()["next"] == "Của thư ký. Thêm. Nữa. Xong."


def test_what_was_typed_without_a_network_does_not_undo_what_others_wrote_meanwhile(
    pages, report, kept_text
):
    page, theirs = pages
    page.route("**/reports/*", lambda route: route.abort(), times=1)
    box(page, "results").fill("Gõ khi mất mạng.")
    box(page, "results").blur()
    expect(page.get_by_text("Không kết nối được máy chủ").first).to_be_visible()
    leave(theirs, "results", "Của thư ký.")

    page.goto("about:blank")
    page.goto(report)
    expect(box(page, "results")).to_have_value("Gõ khi mất mạng.")
    assert leave(page, "results", " Thêm.") == 409

    expect(page.get_by_role("radio", name="Gõ khi mất mạng. Thêm.")).to_be_checked()
    assert kept_text() == {"results": "Của thư ký."}

    page.get_by_role("radio", name="Giữ cả hai").check()
    page.get_by_role("button", name="Lưu lựa chọn").click()
    expect(box(page, "results")).to_have_value("Của thư ký.\nGõ khi mất mạng. Thêm.")
    assert kept_text() == {"results": "Của thư ký.\nGõ khi mất mạng. Thêm."}
