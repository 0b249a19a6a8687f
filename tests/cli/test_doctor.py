import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
import time_machine
from click.testing import CliRunner
from sqlalchemy import text

from tests.conftest import free_port
from tracker.cli import root
from tracker.lib.dates import ZONE
from tracker.lib.periods import PeriodBasis, PeriodKind
from tracker.services import outbox, regimes, settings
from tracker.services.act import Act


@pytest.fixture
def clock():
    """The present: the clock of the database's machine is compared with ours."""


@pytest.fixture(autouse=True)
def roomy(monkeypatch):
    """Room on the disk, whatever the machine of the tests has; `roomy(bytes)` says how much."""

    def free(number):
        monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=number))

    free(10**12)
    return free


def now():
    """Asked in the test: from when it was collected to its turn, many minutes may go by."""
    return datetime.now(UTC)


@pytest.fixture
def doctor(app):
    """The findings as (sign, text of the line and its advice)."""

    def asked(*options):
        result = CliRunner().invoke(root(), [*options, "doctor"], obj=lambda: app)
        lines = result.output.replace("\n" + " " * 11 + "→", " →").splitlines()
        return result.exit_code, [(line[0], line[2:]) for line in lines]

    return asked


def about(findings, word):
    return [(sign, line) for sign, line in findings if word in line]


@pytest.fixture
def healthy(set_up, cast):
    with set_up():
        by = Act(person_id=None, at=now(), cause="cli")
        settings.start_calendar(by.today.year, by.today.year + 1, by=by)
        outbox.note_tick(at=by.at)


@pytest.fixture
def app_settings(mailbox):
    return {"smtp_url": mailbox.url, "mail_from": "nqi@example.test"}


def test_nothing_to_complain_of(healthy, doctor):
    code, findings = doctor()

    assert code == 0
    assert {sign for sign, _ in findings} == {"✓"}
    assert len(findings) == 13


@pytest.mark.sqlite
def test_nothing_to_complain_of_in_the_last_hours_of_a_year(doctor, set_up, cast):
    """In Viet Nam the new year has begun when it is still the old one in UTC."""
    with time_machine.travel(datetime(2027, 12, 31, 16, 59, 58, tzinfo=UTC), tick=True):
        with set_up():
            by = Act(person_id=None, at=now(), cause="cli")
            settings.start_calendar(2027, 2029, by=by)
            outbox.note_tick(at=by.at)
        before = doctor()
    with time_machine.travel(datetime(2027, 12, 31, 17, 0, 30, tzinfo=UTC), tick=True):
        after = doctor()

    for code, findings in (before, after):
        assert (code, {sign for sign, _ in findings}) == (0, {"✓"})


def test_little_room_is_worth_attention(healthy, doctor, roomy):
    roomy(400_000_000)
    code, findings = doctor()

    ((sign, line),) = about(findings, "Ổ đĩa")
    assert (code, sign, "400 MB" in line) == (0, "!", True)


@pytest.mark.sqlite
def test_a_queue_that_does_not_answer_is_a_failure(app, healthy, doctor, monkeypatch):
    url = f"redis://:secret@127.0.0.1:{free_port()}/0"
    config = replace(app.extensions["tracker.config"], queue_url=url)
    monkeypatch.setitem(app.extensions, "tracker.config", config)
    code, findings = doctor()

    ((sign, line),) = about(findings, "Hàng đợi")
    assert (code, sign, "QUEUE_URL" in line, "secret" in line) == (1, "✗", True, False)


def test_english_is_spoken_too(healthy, doctor):
    assert doctor("--lang", "en")[0] == 0


def test_tables_of_another_version_are_a_failure(set_up, doctor):
    with set_up() as session:
        session.execute(text("DELETE FROM alembic_version"))
    code, findings = doctor()

    assert code == 1
    ((sign, line),) = about(findings, "Bảng")
    assert (sign, "tracker db upgrade" in line) == ("✗", True)


class TestWithoutADatabase:
    @pytest.fixture
    def database_url(self, fresh):
        return "postgresql+psycopg://nobody@127.0.0.1:1/nothing"

    def test_the_rest_is_still_looked_at(self, doctor):
        code, findings = doctor()

        assert code == 1
        assert [sign for sign, _ in about(findings, "Cơ sở dữ liệu")] == ["✗"]
        assert about(findings, "Phông chữ")


def test_secrets_that_others_can_read(healthy, doctor, tmp_path):
    (tmp_path / "secret-key").write_text("x")
    (tmp_path / "secret-key").chmod(0o644)
    code, findings = doctor()

    ((sign, line),) = about(findings, "secret-key")
    assert (code, sign) == (1, "✗")
    assert "chmod 600" in line
    (tmp_path / "secret-key").chmod(0o600)
    assert doctor()[0] == 0


class TestWithoutMail:
    @pytest.fixture
    def app_settings(self):
        return {}

    def test_is_worth_attention(self, healthy, doctor):
        code, findings = doctor()

        assert code == 0
        assert [sign for sign, _ in about(findings, "SMTP_URL")] == ["!"]


class TestWithAMailServerThatIsDown:
    @pytest.fixture
    def app_settings(self):
        return {"smtp_url": f"smtp://127.0.0.1:{free_port()}"}

    def test_is_a_failure(self, healthy, doctor):
        code, findings = doctor()

        assert (code, [sign for sign, _ in about(findings, "SMTP_URL")]) == (1, ["✗"])


class TestForTheWholeWorldWithoutHttps:
    @pytest.fixture
    def app_settings(self):
        return {"host": "0.0.0.0", "base_url": "http://nqi.example.test"}

    def test_is_worth_attention(self, healthy, doctor):
        _, findings = doctor()

        assert [sign for sign, _ in about(findings, "BASE_URL")] == ["!"]


def test_a_worker_that_does_not_run(set_up, doctor, cast):
    _, never = doctor()
    hour_ago = now() - timedelta(hours=1)
    with set_up():
        outbox.note_tick(at=hour_ago)
    _, long_ago = doctor()

    ((sign, line),) = about(never, "tracker worker")
    assert (sign, "lần cuối –" in line) == ("!", True)
    ((sign, line),) = about(long_ago, "tracker worker")
    assert (sign, f"lần cuối {hour_ago.astimezone(ZONE):%H:%M %d/%m/%Y}" in line) == ("!", True)


@pytest.mark.parametrize(("attempts", "age", "sign"), [(1, 0, "✓"), (1, 2, "!"), (12, 0, "✗")])
def test_what_waits_too_long(set_up, doctor, healthy, attempts, age, sign):
    with set_up():
        item = outbox.put("mail.assigned", "a", {}, at=now() - timedelta(hours=age))
        item.attempts, item.last_error = attempts, "451 busy"
    _, findings = doctor()

    ((found, line),) = about(findings, "Hộp thư đi")
    assert (found, "451 busy" in line) == (sign, sign != "✓")


@pytest.mark.sqlite
def test_drafts_that_the_worker_did_not_make(set_up, doctor, healthy, cast):
    with set_up():
        by = Act(person_id=None, at=now(), cause="cli")
        regimes.create(
            "Báo cáo tháng",
            group_id=cast.groups["HAL"],
            period_kind=PeriodKind.MONTH,
            basis=PeriodBasis.DECREE,
            starts_on=by.today - timedelta(days=40),
            by=by,
        )
    _, findings = doctor()

    ((sign, line),) = about(findings, "Báo cáo đến kỳ")
    assert (sign, "bản nháp chưa được tạo" in line) == ("!", True)


@pytest.mark.blank
def test_a_blank_installation_learns_what_comes_next(doctor):
    _, findings = doctor()

    assert [sign for sign, _ in about(findings, "tracker calendar fill")] == ["!"]
    assert [sign for sign, _ in about(findings, "tracker user add --admin")] == ["!"]
