"""`tracker doctor`: looks whether everything the tracker needs is there, and says what to do."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click
from flask import current_app

from tracker.adapters import clock, database, mail, schema
from tracker.cli import REFUSED, language, with_app
from tracker.config import Config
from tracker.errors import RuleViolationError
from tracker.exports.fonts import glyphs
from tracker.extensions import db
from tracker.jobs import queues
from tracker.lib.dates import local_day
from tracker.queries import installation, owed
from tracker.queries import outbox as read
from tracker.words import N_

OK, ATTENTION, FAILED = "ok", "attention", "failed"
SIGNS = {OK: "✓", ATTENTION: "!", FAILED: "✗"}
LEVELS = {OK: N_("tốt"), ATTENTION: N_("lưu ý"), FAILED: N_("lỗi")}
ONLY_OWNER = 0o077
QUEUES = {
    "sqlite": "SQLite",
    "postgresql": "PostgreSQL",
    "redis": "Redis",
    "rediss": "Redis (TLS)",
}
LITTLE_SPACE = 1_000_000_000
TICK_MISSED = timedelta(minutes=3)
MAIL_LATE = timedelta(hours=1)
VIETNAM = timedelta(hours=7)
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
CLOCKS_APART = 60
FACES = ("Regular", "Bold", "Italic", "BoldItalic")
SMALLEST_FONT = 20_000
VIETNAMESE = (
    "".join(chr(c) for c in range(0x1EA0, 0x1EFA)) + "ĂăÂâĐđÊêÔôƠơƯưÀàÁáÃãÈèÉéÌìÍíĨĩÒòÓóÕõÙùÚúŨũÝý"
)


@dataclass(frozen=True)
class Finding:
    """One line: how it is, and what would mend it."""

    level: str
    sentence: str
    advice: str = ""
    values: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Patient:
    """What is looked at."""

    config: Config
    at: datetime


Check = Callable[[Patient], Iterator[Finding]]


@click.command("doctor", epilog="Example: tracker --lang en doctor")
@with_app
def doctor() -> None:
    """Check database, storage, mail, clock, fonts and worker; ends with 1 if one is broken."""
    lang = language()
    patient = Patient(current_app.extensions["tracker.config"], clock.now())
    worst = 0
    with database.reading():
        for finding in examined(patient):
            level = lang.gettext(LEVELS[finding.level])
            sentence = lang.gettext(finding.sentence, **finding.values)
            click.echo(f"{SIGNS[finding.level]} {level:8} {sentence}")
            if finding.advice:
                click.echo(f"{'':11}→ {lang.gettext(finding.advice, **finding.values)}")
            worst = max(worst, finding.level == FAILED)
    sys.exit(REFUSED if worst else 0)


def examined(patient: Patient) -> Iterator[Finding]:
    """All findings; what needs the database is left out where there is none."""
    ready = True
    for finding in of_database(patient):
        ready = ready and finding.level == OK
        yield finding
    for check in (of_storage, of_queue, of_address, of_mail, of_clock, of_fonts):
        yield from check(patient)
    if ready:
        for check in (of_worker, of_drafts, of_outbox, of_calendar, of_people):
            yield from check(patient)


def of_database(patient: Patient) -> Iterator[Finding]:
    """Reachable, and of this version."""
    kind = "SQLite" if patient.config.is_sqlite else "PostgreSQL"
    try:
        current = schema.current(db.session.connection())
    except schema.UNREACHABLE as error:
        yield Finding(
            FAILED,
            N_("Cơ sở dữ liệu %(kind)s: không kết nối được (%(problem)s)"),
            N_("Kiểm tra DATABASE_URL, máy chủ cơ sở dữ liệu và quyền của thư mục DATA_DIR."),
            {"kind": kind, "problem": schema.problem(error)},
        )
        return
    yield Finding(OK, N_("Cơ sở dữ liệu %(kind)s: kết nối được"), values={"kind": kind})
    if current == schema.wanted():
        yield Finding(OK, N_("Bảng: đúng phiên bản (%(revision)s)"), values={"revision": current})
    elif current is not None and not schema.is_known(current):
        yield Finding(
            FAILED,
            N_("Bảng: của phiên bản mới hơn chương trình (%(revision)s)"),
            N_("Cài lại phiên bản mới của chương trình."),
            {"revision": current},
        )
    else:
        yield Finding(FAILED, N_("Bảng: chưa đúng phiên bản"), N_("Chạy: tracker db upgrade"))


def of_storage(patient: Patient) -> Iterator[Finding]:
    """DATA_DIR can be written, has room, and keeps its secrets."""
    folder = patient.config.data_dir
    place: dict[str, object] = {"folder": str(folder)}
    if not os.access(folder, os.W_OK | os.X_OK):
        yield Finding(
            FAILED,
            N_("DATA_DIR: không ghi được vào %(folder)s"),
            N_("Cho người dùng chạy chương trình quyền ghi vào %(folder)s."),
            place,
        )
        return
    yield Finding(OK, N_("DATA_DIR: ghi được vào %(folder)s"), values=place)
    free = shutil.disk_usage(folder).free
    if free < LITTLE_SPACE:
        yield Finding(
            ATTENTION,
            N_("Ổ đĩa: chỉ còn %(free)s MB trống"),
            N_("Dọn bớt hoặc thêm dung lượng: cơ sở dữ liệu cần chỗ để ghi."),
            {"free": free // 1_000_000},
        )
    yield from of_secrets(folder)


def of_secrets(folder: Path) -> Iterator[Finding]:
    """Nobody else may read the key of the sessions or the password of the demo."""
    for name in ("secret-key", "demo-password"):
        path = folder / name
        if path.exists() and path.stat().st_mode & ONLY_OWNER:
            yield Finding(
                FAILED,
                N_("Tệp %(name)s: người khác đọc được"),
                N_("Chạy: chmod 600 %(path)s"),
                {"name": name, "path": str(path)},
            )
        elif path.exists():
            yield Finding(OK, N_("Tệp %(name)s: chỉ chủ đọc được"), values={"name": name})


def of_queue(patient: Patient) -> Iterator[Finding]:
    """Workers can be woken."""
    kind = QUEUES[(patient.config.queue_url or "sqlite").partition(":")[0]]
    try:
        queues.close(queues.reached(patient.config))
    except RuleViolationError as error:
        yield Finding(
            FAILED,
            N_("Hàng đợi %(kind)s: không kết nối được (%(problem)s)"),
            N_("Kiểm tra QUEUE_URL và máy chủ của hàng đợi."),
            {"kind": kind, **error.values},
        )
        return
    yield Finding(OK, N_("Hàng đợi %(kind)s: kết nối được"), values={"kind": kind})


def of_address(patient: Patient) -> Iterator[Finding]:
    """What other machines can reach should be reached by https."""
    config = patient.config
    address: dict[str, object] = {"address": config.base_url}
    if config.is_https or config.is_loopback:
        yield Finding(OK, N_("Địa chỉ: %(address)s"), values=address)
        return
    yield Finding(
        ATTENTION,
        N_("Địa chỉ: %(address)s không mã hóa, máy khác lại truy cập được"),
        N_("Đặt sau máy chủ https và đặt BASE_URL=https://… (docs/operations.md)."),
        address,
    )


def of_mail(patient: Patient) -> Iterator[Finding]:
    """A mail could be handed over now."""
    config = patient.config
    if config.smtp_url is None:
        yield Finding(
            ATTENTION,
            N_("Thư: chưa có máy chủ thư, thư được giữ lại"),
            N_("Đặt SMTP_URL và MAIL_FROM để gửi lời mời và thông báo."),
        )
        return
    try:
        mail.check(config.smtp_url)
    except (*mail.FAILURES, mail.MailAddressError) as error:
        yield Finding(
            FAILED,
            N_("Thư: không dùng được máy chủ thư (%(problem)s)"),
            N_("Kiểm tra SMTP_URL: tên máy, cổng, tài khoản, TLS."),
            {"problem": str(error)},
        )
        return
    yield Finding(OK, N_("Thư: kết nối được máy chủ thư"))
    if config.mail_from.endswith("@localhost"):
        yield Finding(
            ATTENTION,
            N_("Thư: người gửi là %(sender)s, nhiều nơi sẽ từ chối"),
            N_("Đặt MAIL_FROM là một địa chỉ có thật của cơ quan."),
            {"sender": config.mail_from},
        )


def of_clock(patient: Patient) -> Iterator[Finding]:
    """The clock is right as far as can be told, and knows Viet Nam."""
    here = patient.at.astimezone(clock.ZONE)
    seconds = abs(schema.seconds_apart(db.engine, patient.at))
    if here.utcoffset() != VIETNAM:
        yield Finding(
            FAILED,
            N_("Đồng hồ: dữ liệu múi giờ sai, giờ Việt Nam phải là UTC+7"),
            N_("Cài lại gói tzdata."),
        )
    elif patient.at < LONG_AGO or seconds > CLOCKS_APART:
        yield Finding(
            FAILED,
            N_("Đồng hồ: %(time)s, lệch %(seconds)s giây với cơ sở dữ liệu"),
            N_("Đồng bộ giờ bằng NTP (timedatectl set-ntp true) trên cả hai máy."),
            {"time": here.strftime("%H:%M %d/%m/%Y"), "seconds": round(seconds)},
        )
    else:
        time = here.strftime("%H:%M %d/%m/%Y")
        yield Finding(OK, N_("Đồng hồ: %(time)s giờ Việt Nam"), values={"time": time})


def of_fonts(_patient: Patient) -> Iterator[Finding]:
    """The four faces of the documents are whole and have every Vietnamese letter."""
    files = [glyphs.FONTS / f"Tinos-{face}.ttf" for face in FACES]
    lacking = [f.name for f in files if not f.exists() or f.stat().st_size < SMALLEST_FONT]
    if not lacking and glyphs.printable(VIETNAMESE) == VIETNAMESE:
        yield Finding(OK, N_("Phông chữ văn bản: đủ, có mọi chữ tiếng Việt"))
        return
    yield Finding(
        FAILED,
        N_("Phông chữ văn bản: thiếu %(files)s"),
        N_("Cài lại chương trình: báo cáo PDF cần các phông này."),
        {"files": ", ".join(lacking) or "Tinos-Regular.ttf"},
    )


def of_worker(patient: Patient) -> Iterator[Finding]:
    """Somebody does the work behind the pages."""
    tick = read.last_tick()
    if tick is not None and patient.at - tick < TICK_MISSED:
        yield Finding(OK, N_("Tiến trình nền: đang chạy"))
        return
    last = tick.astimezone(clock.ZONE).strftime("%H:%M %d/%m/%Y") if tick else "–"
    yield Finding(
        ATTENTION,
        N_("Tiến trình nền: không chạy, lần cuối %(last)s"),
        N_("Chạy tracker serve (không có --no-worker) hoặc tracker worker."),
        {"last": last},
    )


def of_drafts(patient: Patient) -> Iterator[Finding]:
    """Reports whose figures were closed are begun within a minute of the worker's."""
    missing = owed.missing(local_day(patient.at))
    if not missing:
        yield Finding(OK, N_("Báo cáo đến kỳ: đủ bản nháp"))
        return
    yield Finding(
        ATTENTION,
        N_("Báo cáo đến kỳ: %(number)s bản nháp chưa được tạo"),
        N_("Xem dòng Tiến trình nền; nếu nó đang chạy thì xem lỗi trong nhật ký của nó."),
        {"number": len(missing)},
    )


def of_outbox(patient: Patient) -> Iterator[Finding]:
    """What was promised is kept before long."""
    backlog = read.backlog()
    values: dict[str, object] = {
        "waiting": backlog.waiting,
        "given_up": backlog.given_up,
        "problem": backlog.last_error or "–",
    }
    is_late = backlog.oldest is not None and patient.at - backlog.oldest > MAIL_LATE
    if backlog.given_up:
        yield Finding(
            FAILED,
            N_("Hộp thư đi: %(given_up)s việc đã bỏ cuộc, lỗi gần nhất: %(problem)s"),
            N_("Sửa lỗi rồi chạy: tracker worker --once --again"),
            values,
        )
    elif is_late:
        yield Finding(
            ATTENTION,
            N_("Hộp thư đi: %(waiting)s việc đang chờ, lỗi gần nhất: %(problem)s"),
            N_("Xem các dòng Thư và Tiến trình nền ở trên; không có gì bị mất."),
            values,
        )
    else:
        yield Finding(OK, N_("Hộp thư đi: %(waiting)s việc đang chờ"), values=values)


def of_calendar(patient: Patient) -> Iterator[Finding]:
    """Working days of this year and the next can be counted."""
    year = patient.at.astimezone(clock.ZONE).year
    without = installation.years_without_holidays([year, year + 1])
    if not without:
        yield Finding(OK, N_("Lịch làm việc: có ngày nghỉ lễ năm nay và năm sau"))
        return
    yield Finding(
        ATTENTION,
        N_("Lịch làm việc: chưa có ngày nghỉ lễ của %(years)s"),
        N_("Chạy: tracker calendar fill, rồi xem lại ngày hoán đổi ở trang quản trị."),
        {"years": ", ".join(map(str, without))},
    )


def of_people(_patient: Patient) -> Iterator[Finding]:
    """Somebody can look after the tracker."""
    if installation.has_administrator():
        yield Finding(OK, N_("Quản trị: có ít nhất một quản trị hệ thống"))
        return
    yield Finding(
        ATTENTION,
        N_("Quản trị: chưa có ai"),
        N_("Mở trang chủ để tạo quản trị đầu tiên, hoặc chạy: tracker user add --admin"),
    )


commands = (doctor,)
