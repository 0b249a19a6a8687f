"""The one-file report from a stick: no network, no account, nothing but the file."""

import pytest

from tests.exports.reports import VIETNAMESE, a_timeline, make_facts
from tracker.exports.report.one_file import render

pytestmark = pytest.mark.e2e


@pytest.fixture
def opened(page, tmp_path):
    """The page of a file that was opened, and what it said or asked for."""
    told = []
    page.context.set_offline(True)
    page.on("console", lambda message: told.append(message.text))
    page.on("pageerror", lambda error: told.append(str(error)))
    page.on(
        "request",
        lambda request: (
            told.append(request.url) if not request.url.startswith(("file:", "data:")) else None
        ),
    )
    path = tmp_path / "HAL_2026-11.html"
    path.write_bytes(render(make_facts(60, 3, timeline=a_timeline()), VIETNAMESE))
    page.goto(path.as_uri())
    yield page
    assert told == []


def shown(page, column=2):
    return page.locator(f"#tasks tbody tr:visible td:nth-child({column})").all_inner_texts()


def test_a_reader_filters_sorts_and_follows_the_board_without_a_network(opened, axe):
    page = opened
    said = page.locator("output")

    page.fill("input[name=text]", "dna lon hal-2")
    assert [text.splitlines()[0] for text in shown(page)] == [
        "Xây dựng quy trình thử nghiệm DNA lợn trong gelatin"
    ]
    assert said.inner_text() == "Hiện 1/62 dòng"
    assert page.locator("#slips .none").is_visible()

    page.click("button[type=reset]")
    page.select_option("select[name=state]", "overdue")
    assert all("quá hạn" in text for text in shown(page, 8))

    page.click("button[type=reset]")
    page.focus("#tasks thead th:nth-child(5) [role=button]")
    page.keyboard.press("Enter")
    days = [text.splitlines()[0] for text in shown(page, 5)]
    assert days == sorted(days, key=lambda day: day.split("/")[::-1])
    assert page.locator("#tasks thead th:nth-child(5)").get_attribute("aria-sort") == "ascending"

    page.click(".board tr:nth-child(2) a >> nth=1")
    assert {text.replace("\n", ": ") for text in shown(page, 3)} == {
        "Tổ công tác Tấm quang điện: Đo lường"
    }
    assert axe() == []
