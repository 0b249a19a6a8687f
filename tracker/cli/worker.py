"""`tracker worker`: sends mail every minute and does the night's work, in a process of its own."""

from collections.abc import Callable

import click
from flask import Flask

from tracker.adapters import clock
from tracker.cli import insist_on_tables, language, say, with_tables
from tracker.config import Config
from tracker.extensions import db
from tracker.jobs import night as nights
from tracker.jobs import report_exports, scheduling, ticking
from tracker.services import outbox
from tracker.web import log
from tracker.words import N_

NIGHT = {
    "summaries_mended": N_("Bảng tóm tắt được sửa"),
    "days_kept": N_("Ngày được lưu hiện trạng"),
    "purged": N_("Xóa hẳn khỏi thùng rác"),
    "attempts_forgotten": N_("Lần đăng nhập cũ được quên"),
    "outbox_forgotten": N_("Việc đã gửi được quên"),
    "names_taken_up": N_("Tên đơn vị bắt đầu có hiệu lực"),
    "drafts_forgotten": N_("Bản nhập dở được quên"),
    "exports_forgotten": N_("Tệp báo cáo cũ được quên"),
    "holidays_filled": N_("Ngày nghỉ lễ được thêm"),
    "tasks_recurring": N_("Nhiệm vụ lặp lại được tạo"),
    "reviews_reminded": N_("Người được nhắc xem lại rủi ro"),
    "reports_reminded": N_("Lần nhắc gửi báo cáo"),
    "check_ins_asked": N_("Người được nhắc xác nhận"),
}


@click.command("worker", epilog="Example: tracker worker --once  (for cron, every minute)")
@click.option("--once", is_flag=True, help="Do what is due now, then end.")
@click.option("--again", is_flag=True, help="Also try what was given up, or waits after a failure.")
@click.pass_obj
def worker(make_app: Callable[[], Flask], *, once: bool, again: bool) -> None:
    """Do what is due every minute. Any number of workers may run: nothing is done twice."""
    app = make_app()
    config: Config = app.extensions["tracker.config"]
    log.to_stderr()
    with app.app_context():
        insist_on_tables()
        if again:
            outbox.try_again(at=clock.now())
            db.session.commit()
        if once:
            done = ticking.tick(config, at=clock.now())
            done += report_exports.work(config, now=clock.now)
            say(N_("Đã làm %(number)s việc."), number=done)
            return
    scheduling.consumer(config, app.app_context).run()


@click.command("night", epilog="Example: tracker night")
@with_tables
def night() -> None:
    """Do the night's work now: empty the trash, check the summaries. Twice does no harm."""
    for name, number in nights.work(at=clock.now()).items():
        part = language().gettext(NIGHT[name]) if name in NIGHT else name
        click.echo(f"{part}: {number}")


commands = (worker, night)
