"""A director's morning, from the keyboard alone: what is late, what changed, what to decide."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests import cast as the_cast
from tests import factories as make
from tests.e2e.test_by_hand import tab_to
from tracker.adapters.clock import now, today
from tracker.lib.dates import format_date
from tracker.models import Group, Milestone, MoveReason, Strand, Task, TaskStatus
from tracker.services import decisions, milestones, snapshots, tasks
from tracker.services.act import Act, Why

pytestmark = pytest.mark.e2e
WHY = Why(reason=MoveReason.OTHER_BODY, sentence="Phía bạn chưa xếp được lịch.")
QUESTION = "Ký trước phần thực phẩm?"


def act(person_id=None, *, days_ago=0):
    return Act(person_id=person_id, at=now() - timedelta(days=days_ago), cause="web")


@pytest.fixture
def fortnight(set_up, cast):
    """A plan that stood well ten days ago; then its milestone slipped and a question was put."""
    with set_up() as session:
        stream = make.stream_of(session, cast)
        other = make.stream_of(session, cast, strand=Strand.INSPECTION)
        signed = milestones.create(
            stream, "Ký thỏa thuận", baseline=today() + timedelta(days=20), by=act(days_ago=30)
        )
        plan = milestones.create(
            other, "Kế hoạch kiểm tra", baseline=today() + timedelta(days=90), by=act(days_ago=30)
        )
        make.link(session, signed, plan)
        tasks.create(stream, "Đàm phán", milestone=signed, by=act(days_ago=30))
    with set_up() as session:
        snapshots.take(by=act(days_ago=10))
    with set_up() as session:
        signed = session.query(Milestone).filter_by(code="HAL-M1").one()
        later = today() + timedelta(days=61)
        milestones.move_forecast(signed, later, why=WHY, by=act(days_ago=3))
        stalled = session.query(Task).filter_by(code="HAL-1").one()
        tasks.change_status(stalled, TaskStatus.BLOCKED, by=act(days_ago=3))
        question = decisions.Question(
            question=QUESTION,
            options=("Ký trước phần thực phẩm", "Chờ đủ phạm vi"),
            recommended=0,
            wanted_from_id=cast["director"].person_id,
            wanted_by=today() + timedelta(days=2),
            stalls=(stalled,),
        )
        group = session.get(Group, cast.groups["HAL"])
        decisions.ask(group, question, by=act(cast["head"].person_id, days_ago=3))


def test_a_directors_morning(page, live, cast, fortnight, axe, quiet):
    press, write = page.keyboard.press, page.keyboard.type
    page.goto("/sign-in")
    tab_to(page, page.get_by_role("textbox", name="Thư điện tử"))
    write(cast["director"].email)
    press("Tab")
    write(the_cast.PASSWORD)
    press("Enter")

    # What is late, and why it stands first.
    attention = page.locator("#board-attention")
    late = attention.get_by_role("listitem").first
    expect(late).to_contain_text("Ký thỏa thuận")
    expect(late).to_contain_text("chậm 41 ngày so với kế hoạch, chặn 1 mục (Thanh tra, kiểm tra)")
    expect(page.locator("#board-facts")).to_contain_text("kiến nghị chờ quyết định")
    assert axe() == []

    # What changed since the last time.
    since = page.get_by_role("textbox", name="So với ngày")
    tab_to(page, since)
    press("Control+a")
    write(format_date(today() - timedelta(days=9)))
    press("Enter")
    changes = page.locator("#board-changes")
    expect(changes).to_contain_text(WHY.sentence)
    expect(changes).to_contain_text("Chậm tiến độ")

    # Decide on the spot; the board behind knows of it.
    tab_to(page, attention.get_by_role("link", name=QUESTION, exact=True))
    press("Enter")
    drawer = page.get_by_role("complementary", name="Chi tiết")
    expect(drawer.get_by_role("heading", name=QUESTION)).to_be_focused()
    expect(drawer).to_contain_text("Đàm phán")
    assert axe() == []
    tab_to(page, drawer.get_by_role("radio", name="Ký trước phần thực phẩm"))
    press("Space")
    press("Tab")
    write("Báo cáo tôi trước khi ký.")
    press("Control+Enter")
    expect(drawer.get_by_role("heading", name="Ý kiến của lãnh đạo")).to_be_visible()
    expect(drawer).to_contain_text("Báo cáo tôi trước khi ký.")
    expect(attention).not_to_contain_text(QUESTION)
    press("Escape")
    expect(drawer).to_be_hidden()

    # Have somebody do something about it.
    tab_to(page, page.get_by_role("link", name="Giao nhiệm vụ"))
    press("Enter")
    title = page.get_by_role("textbox", name="Nhiệm vụ")
    tab_to(page, title)
    write("Báo cáo phương án đàm phán")
    press("Tab")
    write(cast["member"].name)
    press("Tab")
    write(format_date(today() + timedelta(days=7)))
    press("Tab")
    press("ArrowDown")
    press("Tab")
    press("ArrowDown")
    press("ArrowDown")
    expect(drawer.locator("[name=strand]")).to_have_value("metrology")
    assert axe() == []
    press("Control+Enter")
    expect(page.get_by_role("main")).to_contain_text("Báo cáo phương án đàm phán")

    # What needs no look before the next report is put off, for oneself.
    press("Escape")
    press("g")
    press("b")
    tab_to(page, attention.get_by_role("link", name="Ẩn: Ký thỏa thuận"))
    press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("radio").first).to_be_focused()
    assert axe() == []
    tab_to(page, dialog.get_by_role("textbox", name="Ghi chú cho riêng bạn"))
    write("Chờ báo cáo của tổ.")
    press("Enter")
    expect(attention).to_contain_text("1 mục đang ẩn")
    expect(attention.get_by_role("list")).not_to_contain_text("Ký thỏa thuận")
    tab_to(page, attention.get_by_role("link", name="1 mục đang ẩn"))
    press("Enter")
    expect(page.get_by_role("main")).to_contain_text("Chờ báo cáo của tổ.")
    assert axe() == []

    # How it stood ten days ago, before all this.
    press("g")
    press("b")
    tab_to(page, page.get_by_role("textbox", name="Bảng tại ngày"))
    write(format_date(today() - timedelta(days=9)))
    press("Enter")
    expect(page.locator("#board-matrix")).not_to_contain_text("Chậm tiến độ")
    expect(attention).not_to_contain_text("Ký thỏa thuận")
    assert axe() == []
