"""What is measured: the pages people open and the changes they make, with the targets."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from tests.bench.client import HTMX, MissingError

OFFICE = ("docx", "csv")


@dataclass(frozen=True)
class Measured:
    """One thing to do. `floors` is how many times the 50-row floor it may take.

    `hellos` is the same beside the greeting, for what has next to nothing to do.
    """

    name: str
    prepare: Callable
    who: str = "admin"
    floors: float | None = 4
    milliseconds: float | None = None
    hellos: float | None = None
    grows: bool = True


def get(path):
    """Open a page; `path(place)` says which."""

    def prepare(browser, place):
        address = path(place)
        browser.ask("GET", address)
        return lambda browser, _n: browser.raw("GET", address)

    return prepare


def ask_again(browser, _place):
    """The board as it asks for what is new, when nothing is."""
    page = browser.ask("GET", "/").text
    found = re.search(r'data-v="([^"]+)"', page)
    if found is None:
        raise MissingError("the board does not say what it was made from")
    return lambda browser, _n: browser.raw("GET", f"/?v={found[1]}", **HTMX)


def review_meeting(browser, _place):
    """The screen of the next meeting, whose agenda is all workstreams."""
    found = re.search(r'href="/meetings/(\d+)"', browser.ask("GET", "/meetings").text)
    if found is None:
        raise MissingError("no meeting is to be held")
    address = f"/meetings/{found[1]}/review"
    browser.ask("GET", address)
    return lambda browser, _n: browser.raw("GET", address)


def change_status(_browser, place):
    def act(browser, n):
        code = place.tasks[n % min(len(place.tasks), 100)]
        wanted = ("doing", "blocked")[(n // 100 + n) % 2]
        browser.raw("POST", f"/tasks/{code}/status", {"status": wanted, "view": "row"}, **HTMX)

    act(_browser, 0)
    return act


def create_task(_browser, place):
    def act(browser, n):
        form = {"title": f"Nhiệm vụ đo tốc độ {n}", "owner": "", "due": "", "milestone": ""}
        browser.raw("POST", f"/groups/{place.group}/{place.strand}/tasks", form, **HTMX)

    act(_browser, 0)
    return act


def report(kind):
    def prepare(browser, place):
        form = {
            "group": place.group,
            "period": "2026-11",
            "lang": "vi",
            "csrf_token": browser.token,
        }
        answer = browser.ask("POST", "/reports", form)
        found = re.search(r"/reports/(\d+)", answer.headers["Location"] or "")
        if found is None:
            raise MissingError("POST /reports leads to no report")
        address = f"/reports/{found[1]}/{kind}"
        browser.ask("GET", address)
        return lambda browser, _n: browser.raw("GET", address)

    return prepare


PAGES = (
    Measured("board", get(lambda place: "/"), grows=False),
    Measured("board, nothing new", ask_again, floors=None, hellos=3),
    Measured("board of a past day", get(lambda place: f"/?as_of={place.past_day}"), grows=False),
    Measured("board compared", get(lambda place: f"/?since={place.past_day}"), grows=False),
    Measured(
        "what changed",
        get(lambda place: f"/changes?since={place.past_day}"),
        floors=None,
        milliseconds=200,
    ),
    Measured("trend", get(lambda place: "/trend"), grows=False),
    Measured("group", get(lambda place: f"/groups/{place.group}")),
    Measured("workstream", get(lambda place: f"/groups/{place.group}/{place.strand}")),
    Measured("month of a group", get(lambda place: f"/groups/{place.group}/calendar")),
    Measured("month of all groups", get(lambda place: "/calendar")),
    Measured("task", get(lambda place: f"/tasks/{place.tasks[0]}")),
    Measured("my work", get(lambda place: "/my"), who="worker"),
    Measured("check-in", get(lambda place: "/check-in"), who="worker"),
    Measured("register of deliverables", get(lambda place: "/deliverables"), grows=False),
    Measured("register of difficulties and risks", get(lambda place: "/risks"), grows=False),
    Measured("register of reports", get(lambda place: "/reports"), grows=False),
    Measured("reports that are due", get(lambda place: "/reports/due?show=all"), grows=False),
    Measured("decisions wanted", get(lambda place: "/decisions"), grows=False),
    Measured("directives", get(lambda place: "/directives"), grows=False),
    Measured("what needs attention", get(lambda place: "/attention/all"), grows=False),
    Measured("screen of a meeting", review_meeting, floors=20, grows=False),
    Measured("search", get(lambda place: "/search?q=du+thao+quy+trinh")),
    Measured("timeline", get(lambda place: "/timeline"), floors=5),
    Measured("group timeline", get(lambda place: f"/groups/{place.group}/timeline"), floors=5),
    Measured("slip ledger", get(lambda place: "/slips"), floors=12),
    Measured("slip ledger of a group", get(lambda place: f"/groups/{place.group}/slips"), floors=5),
    Measured("requests of a group", get(lambda place: f"/groups/{place.group}/extensions")),
    Measured("change status", change_status, floors=3),
    Measured("create task", create_task),
    Measured("CSV of a group", report("csv"), floors=None),
    Measured("DOCX of a group", report("docx"), floors=None, milliseconds=1500),
    Measured("PDF of a group", report("pdf"), floors=None, milliseconds=3000),
)
