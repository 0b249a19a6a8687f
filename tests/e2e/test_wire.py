"""What goes over the wire: the token with every write, and few bytes for the board."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.e2e
KB = 1000

POST = """async ([path, token]) => {
  const headers = token ? {"X-CSRFToken": token} : {};
  const body = new URLSearchParams({status: "blocked"});
  return (await fetch(path, {method: "POST", headers, body, redirect: "manual"})).status;
}"""


def test_a_write_needs_the_token_and_every_write_of_ours_has_it(page, sign_in, plan):
    sign_in("head")
    writes = []
    page.on("request", lambda request: request.method == "POST" and writes.append(request))

    # A stranger's form has the cookie, but not the token.
    page.goto("/tasks/HAL-1")
    facts = page.get_by_role("definition").first
    assert page.evaluate(POST, ["/tasks/HAL-1/status", ""]) == 400
    assert page.evaluate(POST, ["/tasks/HAL-1/status", "a.made-up.token"]) == 400
    page.reload()
    expect(facts).to_contain_text("Chưa thực hiện")
    token = page.locator("input[name=csrf_token]").first.input_value()
    assert page.evaluate(POST, ["/tasks/HAL-1/status", token]) == 0  # led on to the task
    page.reload()
    expect(facts).to_contain_text("Đang vướng mắc")
    writes.clear()

    # From a list.
    page.goto("/groups/HAL/metrology")
    row = page.get_by_role("row").filter(has_text="Mua khí chuẩn")
    row.get_by_role("link", name="Đang thực hiện").click()
    page.get_by_role("button", name="Đang vướng mắc").click()
    expect(row.get_by_role("link", name="Đang vướng mắc")).to_be_visible()

    # From the drawer.
    row.get_by_role("link", name="Mua khí chuẩn", exact=True).click()
    drawer = page.get_by_role("complementary", name="Chi tiết")
    drawer.get_by_label("Ý kiến của bạn").fill("Chờ báo giá")
    drawer.get_by_role("button", name="Gửi").click()
    expect(drawer.get_by_role("listitem").filter(has_text="Chờ báo giá")).to_be_visible()

    # From my work.
    sign_in("member")
    page.goto("/my")
    page.get_by_role("button", name="Vẫn đúng").click()
    expect(page.get_by_role("button", name="Vẫn đúng", pressed=True)).to_be_visible()

    sent = [one for one in writes if one.headers.get("hx-request")]
    assert [re.sub(r"^.*?/(tasks)", r"\1", one.url) for one in sent] == [
        "tasks/HAL-2/status",
        "tasks/HAL-2/comments",
        "tasks/HAL-1/confirm",
    ]
    assert [bool(one.headers.get("x-csrftoken")) for one in sent] == [True] * 3
    assert ["csrf_token=" in (one.post_data or "") for one in writes] == [True] * len(writes)


def test_the_board_is_light(page, context, sign_in, plan):
    sign_in("director")
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.send("Network.clearBrowserCache")
    sizes = []
    wire.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))

    page.goto("/", wait_until="networkidle")
    first = list(sizes)
    sizes.clear()
    page.goto("/", wait_until="networkidle")
    later = list(sizes)

    assert len(first) <= 8, first
    assert sum(first) <= 150 * KB, first
    assert sum(later) <= 30 * KB, later
