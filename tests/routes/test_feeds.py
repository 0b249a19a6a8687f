"""The feeds of an account, and what a real calendar program (vdirsyncer) makes of them."""

import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from urllib.request import urlopen

import icalendar
import pytest

from tests import factories as make
from tests.factories import TODAY
from tests.html import one, texts, words
from tests.services.acts import BY
from tracker.models import (
    Account,
    CalendarFeed,
    Membership,
    Milestone,
    MoveReason,
    Person,
    Role,
    Strand,
    Task,
)
from tracker.services import milestones, tasks, trash
from tracker.services.act import Why

SOON = TODAY + timedelta(days=10)
DAY = timedelta(days=1)


@pytest.fixture
def plan(set_up, cast):
    """A task of the member and a milestone it leads to."""
    with set_up() as session:
        stream = make.stream_of(session, cast)
        there = milestones.create(stream, "Công nhận phép thử", baseline=SOON, by=BY)
        owner = cast["member"].person_id
        tasks.create(stream, "So sánh", milestone=there, owner_id=owner, due=SOON - DAY, by=BY)


@pytest.fixture
def address(client_for):
    """`address("member", scope="all")` is where such a person's new feed is read."""

    def made(role="member", **form):
        page = client_for(role).post(
            "/account/feeds", data={"scope": "mine", "with_tasks": "y"} | form
        )
        shown = one(page, "#address").get_text(strip=True)
        return shown[shown.index("/feeds/") :]

    return made


def events(response):
    calendar = icalendar.Calendar.from_ical(response.get_data())
    return {str(event["uid"]).partition("@")[0]: event for event in calendar.events}


# ---------------------------------------------------------------- the account's own


def test_an_address_is_shown_once_and_listed_without_its_secret(client_for, cast):
    client = client_for("member")

    made = client.post("/account/feeds", data={"scope": "mine", "with_tasks": "y"})
    secret = words(one(made, "#address")).rpartition("/")[2].removesuffix(".ics")
    listed = client.get("/account/feeds")

    assert len(secret) == 32
    assert one(made, "a[href^=webcal]")["href"].endswith(f"/feeds/{secret}.ics")
    assert secret not in listed.text
    assert texts(listed, ".roster__one b") == ["Việc của tôi"]
    assert "chưa được đọc" in listed.text
    assert one(client.get("/account"), "a[href='/account/feeds']")


def test_a_group_must_be_chosen_and_seen(client_for, cast):
    client = client_for("member")

    none = client.post("/account/feeds", data={"scope": "group"})
    hidden = client.post("/account/feeds", data={"scope": "group", "group": cast.groups["SOL"]})

    assert (none.status_code, hidden.status_code) == (422, 422)
    assert texts(none, "#group-error") == ["Hãy chọn tổ công tác."]


def test_a_renewed_address_is_another_one_and_the_old_one_is_unknown(client_for, address, plan):
    old = address()
    client = client_for("member")
    form = one(client.get("/account/feeds"), "form[action$=renew]")

    page = client.post(form["action"])

    new = words(one(page, "#address"))
    assert client.get(new[new.index("/feeds/") :]).status_code == 200
    assert client.get(old).status_code == 404


def test_a_revoked_address_is_gone(client_for, address, plan):
    old = address()
    client = client_for("member")
    form = one(client.get("/account/feeds"), "form[action$=revoke]")

    answer = client.post(form["action"])

    assert (answer.status_code, answer.location) == (303, "/account/feeds")
    assert client_for("anonymous").get(old).status_code == 410
    assert "Bạn chưa tạo lịch nào" in client.get("/account/feeds").text


# ---------------------------------------------------------------- read by its secret


def test_whoever_has_the_secret_reads_it_and_nobody_else(client_for, address, plan):
    stranger = client_for("anonymous")

    response = stranger.get(address())

    assert response.status_code == 200
    assert response.content_type == "text/calendar; charset=utf-8"
    assert response.headers["Cache-Control"] == "private, no-cache"
    assert set(events(response)) == {"milestone-HAL-M1", "task-HAL-1"}
    assert stranger.get("/feeds/none.ics").status_code == 404


def test_an_unchanged_feed_is_not_sent_again(client_for, set_up, address, plan):
    stranger, feed = client_for("anonymous"), address()
    first = stranger.get(feed)

    by_tag = stranger.get(feed, headers={"If-None-Match": first.headers["ETag"]})
    by_date = stranger.get(feed, headers={"If-Modified-Since": first.headers["Last-Modified"]})
    with set_up() as session:
        tasks.set_progress(session.query(Task).filter_by(code="HAL-1").one(), 10, by=BY)
    changed = stranger.get(feed, headers={"If-None-Match": first.headers["ETag"]})

    assert (by_tag.status_code, by_tag.data) == (304, b"")
    assert by_date.status_code == 304
    assert changed.status_code == 200


def test_a_reading_is_noted_once_a_day(client_for, set_up, queries, address, plan):
    stranger, feed = client_for("anonymous"), address()

    with queries() as first:
        stranger.get(feed)
    with queries() as second:
        stranger.get(feed)

    written = [[sql for sql in sent if sql.startswith("UPDATE")] for sent in (first, second)]
    assert [len(sent) for sent in written] == [1, 0]
    with set_up() as session:
        assert session.query(CalendarFeed).one().last_read_on == TODAY


def test_the_secret_stands_in_no_log(client_for, address, plan, caplog):
    caplog.set_level("INFO", "tracker.request")

    client_for("anonymous").get(address())

    paths = [record.fields["path"] for record in caplog.records if hasattr(record, "fields")]
    assert paths[-1] == "/feeds/….ics"


def test_a_closed_account_has_no_feeds(client_for, set_up, cast, address, plan):
    feed = address()
    with set_up() as session:
        session.get(Account, cast["member"].account_id).is_active = False

    assert client_for("anonymous").get(feed).status_code == 410


def test_rights_are_those_at_the_time_of_reading(client_for, set_up, cast, address, plan):
    sol, who = cast.groups["SOL"], cast["observer"].person_id
    with set_up() as session:
        secret = make.stream_of(session, cast, "SOL", Strand.STANDARDS)
        make.task(session, secret, due=SOON)
        make.membership(session, secret.group, session.get(Person, who), Role.MEMBER)
    feeds = address("observer", scope="all"), address("observer", scope="group", group=sol)
    stranger = client_for("anonymous")

    before = [stranger.get(feed) for feed in feeds]
    with set_up() as session:
        session.query(Membership).filter_by(group_id=sol, person_id=who).one().ends_on = TODAY - DAY
    after = [stranger.get(feed) for feed in feeds]

    assert [response.status_code for response in before] == [200, 200]
    assert [response.status_code for response in after] == [200, 410]
    assert "task-SOL-2" in events(before[0])
    assert "task-SOL-2" not in events(after[0])


def test_events_are_told_by_the_installation_not_by_its_address(client_for, address, plan):
    uids = {event["uid"] for event in events(client_for("anonymous").get(address())).values()}

    names = {uid.partition("@")[2] for uid in uids}
    assert len(names) == 1
    assert not any("127.0.0.1" in name or "localhost" in name for name in names)


# ---------------------------------------------------------------- a real calendar program


class Subscriber:
    """vdirsyncer, as somebody would set it up, in a process of its own.

    It reads a feed itself ("http", where it names the items anew), or a file somebody has
    downloaded from it ("singlefile", where it goes by their UIDs).
    """

    def __init__(self, folder: Path, url: str, kind: str = "http") -> None:
        folder.mkdir(exist_ok=True)
        self.url, self.items = url, folder / "items"
        self.download = folder / "feed.ics" if kind == "singlefile" else None
        source = f'path = "{self.download}"' if self.download else f'url = "{url}"'
        self.config = folder / "config"
        self.config.write_text(
            f"""
[general]
status_path = "{folder / "status"}"
[pair work]
a = "feed"
b = "here"
collections = null
conflict_resolution = "a wins"
[storage feed]
type = "{kind}"
{source}
[storage here]
type = "filesystem"
path = "{self.items}"
fileext = ".ics"
""",
            encoding="utf-8",
        )

    def sync(self):
        """Read the feed; what is known of it afterwards, by the codes in the addresses."""
        if self.download:
            self.download.write_bytes(urlopen(self.url).read())
        self.items.mkdir(exist_ok=True)
        self._run("discover", "work")
        self._run("sync", "--force-delete")
        found = [
            icalendar.Calendar.from_ical(path.read_bytes()).events[0]
            for path in self.items.glob("*.ics")
        ]
        return {event["url"].rpartition("/")[2]: event for event in found}

    def _run(self, *arguments):
        program = Path(sys.executable).with_name("vdirsyncer")
        done = subprocess.run(
            [program, "--config", self.config, *arguments],
            check=False,
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert done.returncode == 0, done.stderr


@pytest.mark.sqlite
@pytest.mark.parametrize("kind", ["http", "singlefile"])
def test_a_calendar_program_follows_moves_and_cancellations(
    live, cast, address, plan, set_up, tmp_path, kind
):
    feed = address(scope="group", group=cast.groups["HAL"])
    subscriber = Subscriber(tmp_path / "mine", live + feed, kind)
    before, again = subscriber.sync(), subscriber.sync()

    with set_up() as session:
        why = Why(reason=MoveReason.LABORATORY_CAPACITY)
        there = session.query(Milestone).filter_by(code="HAL-M1").one()
        milestones.move_forecast(there, SOON + 5 * DAY, why=why, by=BY)
        trash.throw_away(session.query(Task).filter_by(code="HAL-1").one(), by=BY)
    after = subscriber.sync()

    assert set(before) == set(again) == set(after) == {"HAL-M1", "HAL-1"}
    assert [sequences(known) for known in (before, again)] == [sequences(before)] * 2
    assert all(sequences(after)[code] > old for code, old in sequences(before).items())
    assert (after["HAL-M1"].start, after["HAL-M1"]["status"]) == (SOON + 5 * DAY, "CONFIRMED")
    assert (before["HAL-1"]["status"], after["HAL-1"]["status"]) == ("CONFIRMED", "CANCELLED")
    if kind == "singlefile":
        assert {code: event["uid"] for code, event in before.items()} == {
            code: event["uid"] for code, event in after.items()
        }


def sequences(known):
    return {code: event["sequence"] for code, event in known.items()}


@pytest.mark.sqlite
def test_another_subscription_knows_the_same_events(live, address, plan, tmp_path):
    known = [
        Subscriber(tmp_path / name, live + address(), "singlefile").sync()
        for name in ("first", "second")
    ]

    first, second = ({code: one.to_ical() for code, one in each.items()} for each in known)
    assert first == second
