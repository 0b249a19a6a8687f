"""Every page in both themes: nothing that keeps anybody out, no other host, no complaint."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.e2e

# What the dark theme can do wrong that the light one does not: the document is the same.
COLOURS = ("color-contrast", "link-in-text-block")
# Colours that glide from one theme to the other are neither.
AT_REST = "() => Promise.all(document.getAnimations().map(animation => animation.finished))"
DOORS = ["/sign-in"]
OF_THE_HEAD = [
    "/",
    "/?health=late",
    "/attention",
    "/attention?show=milestones",
    "/attention/all",
    "/decisions",
    "/decisions/HAL-Q1",
    "/decisions/HAL-Q1/edit",
    "/groups/HAL/decisions/new",
    "/groups",
    "/groups/HAL",
    "/groups/HAL?view=list",
    "/groups/HAL/metrology",
    "/groups/HAL/standards",
    "/groups/HAL/metrology/health",
    "/groups/HAL/metrology/health/declare",
    "/groups/HAL/metrology/kanban",
    "/groups/HAL/readiness",
    "/groups/HAL/chains",
    "/chains",
    "/groups/HAL/timeline",
    "/groups/HAL/timeline?as=table",
    "/groups/HAL/metrology/timeline",
    "/groups/HAL/outlook",
    "/groups/HAL/calendar",
    "/groups/HAL/calendar?day=2026-11-23",
    "/groups/HAL/recurrences",
    "/groups/HAL/recurrences/new",
    "/calendar",
    "/account/feeds",
    "/timeline",
    "/groups/HAL/metrology/tasks/new",
    "/groups/HAL/metrology/milestones/new",
    "/groups/HAL/baselines",
    "/groups/HAL/import",
    "/tasks/HAL-1",
    "/tasks/HAL-1/edit",
    "/tasks/HAL-1/status",
    "/tasks/HAL-1/due",
    "/tasks/HAL-1/place",
    "/milestones/HAL-M1",
    "/milestones/HAL-M1/edit",
    "/milestones/HAL-M1/forecast",
    "/milestones/HAL-M1/close",
    "/deliverables",
    "/groups/HAL/deliverables?kind=TCVN",
    "/groups/HAL/deliverables/import",
    "/groups/HAL/standards/deliverables/new",
    "/deliverables/HAL-D1",
    "/deliverables/HAL-D1/edit",
    "/deliverables/HAL-D1/stage",
    "/deliverables/HAL-D1/milestones",
    "/directives",
    "/risks",
    "/groups/HAL/risks/new",
    "/risks/HAL-R1",
    "/risks/HAL-R1/edit",
    "/meetings",
    "/meetings/new",
    "/my",
    "/my?show=all",
    "/check-in",
    "/search?q=chuẩn",
    "/search?q=nothing-like-it",
    "/trash",
    "/imports",
    "/reports",
    "/reports/new",
    "/reports/verify",
    "/reports/due",
    "/reports/due?show=sent",
    "/account",
    "/tasks/NO-1",  # the page of an error
]
OF_THE_ADMINISTRATOR = [
    "/admin",
    "/admin/accounts",
    "/admin/accounts/new",
    "/admin/accounts/1",
    "/admin/accounts/2/lock",
    "/admin/audit",
    "/admin/begin",
    "/admin/calendar",
    "/admin/groups",
    "/admin/groups/new",
    "/admin/groups/HAL",
    "/admin/groups/HAL/members/new",
    "/admin/members/1",
    "/admin/members/1/end",
    "/admin/persons",
    "/admin/persons/new",
    "/admin/persons/1",
    "/admin/programmes",
    "/admin/programmes/new",
    "/admin/regimes",
    "/admin/regimes/new",
    "/admin/settings",
    "/admin/stages",
    "/admin/stages/TCVN",
    "/admin/stages/TCVN/new",
    "/admin/units",
    "/admin/units/new",
    "/admin/units/1",
]


@pytest.fixture
def complaints(page, live):
    """Requests to other hosts, and what the browser has to say against a page."""
    found = []

    def asked(request):
        address = urlsplit(request.url)
        if address.scheme not in {"data", "blob"} and f"http://{address.netloc}" != live:
            found.append(f"asks {request.url}")

    def said(message):
        expected = "status of 404" in message.text and "/tasks/NO-1" in str(message.location)
        if message.type in {"error", "warning"} and not expected:
            found.append(f"{page.url} {message.text}")

    page.on("request", asked)
    page.on("console", said)
    page.on("pageerror", lambda error: found.append(f"{page.url} {error}"))
    return found


@pytest.fixture
def look(page, axe):
    """`look("name")` examines the page as it stands, in both themes; the list is what it found."""
    found = []

    def looked(name):
        for theme, rules in (("light", ()), ("dark", COLOURS)):
            page.emulate_media(color_scheme=theme)
            page.evaluate(AT_REST)
            found.extend(f"{name}, {theme}: {one}" for one in axe(*rules))
        return found

    return looked


def visit(page, look, addresses):
    for address in addresses:
        page.goto(address)
        found = look(address)
    return found


def test_the_pages_of_the_groups_keep_nobody_out(
    page, sign_in, plan, deliverable, look, complaints
):
    visit(page, look, DOORS)
    sign_in("head")
    visit(page, look, OF_THE_HEAD)
    open_drawers(page, look)
    begin_an_import(page, look)
    found = begin_a_report(page, look)

    assert "\n".join([*found, *complaints]) == ""


def test_the_pages_of_administration_keep_nobody_out(
    page, sign_in, plan, deliverable, look, complaints
):
    sign_in("administrator")
    found = visit(page, look, OF_THE_ADMINISTRATOR)

    assert "\n".join([*found, *complaints]) == ""


def open_drawers(page, look):
    page.goto("/groups/HAL/metrology")
    for title in ("Mua khí chuẩn", "Chuẩn quốc gia được phê duyệt"):
        page.get_by_role("main").get_by_role("link", name=title, exact=True).click()
        drawer = page.get_by_role("complementary", name="Chi tiết")
        expect(drawer.get_by_role("heading", name=title)).to_be_visible()
        look(f"the drawer of {title}")
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Chưa giao").first.click()
    expect(page.get_by_role("form", name="Người phụ trách")).to_be_visible()
    look("a picker")


def begin_an_import(page, look):
    """Up to the preview, with a row that asks, one that is new and one that cannot be read."""
    rows = "Nhiệm vụ;Cấu phần;Người phụ trách;Thời hạn\n" + "\n".join(
        [
            "Mua khí chuẩn mới;Đo lường;Trần Văn Ân;31/12/2030",
            "Hiệu chuẩn thiết bị;Đo lường;Người Chưa Có;30/11/2030",
            "Việc sai ngày;Đo lường;;31/02/2030",
        ]
    )
    page.goto("/groups/HAL/import")
    page.get_by_label("Tệp").set_input_files(
        {"name": "plan.csv", "mimeType": "text/csv", "buffer": rows.encode("utf-8-sig")}
    )
    page.get_by_role("button", name="Xem trước").click()
    expect(page).to_have_url(re.compile(r"/imports/\d+"))
    look("the preview of an import")


def begin_a_report(page, look):
    page.goto("/reports/new")
    page.get_by_role("button", name="Lập báo cáo này").click()
    expect(page.get_by_role("heading", name="Tải về")).to_be_visible()
    return look("a report")
