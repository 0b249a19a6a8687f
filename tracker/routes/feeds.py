"""A person's calendar feeds, and the addresses at which calendar programs read them."""

from flask import (
    Blueprint,
    Response,
    abort,
    make_response,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from tracker import policies as may
from tracker.adapters import database
from tracker.errors import TrackerError
from tracker.exports import calendar_feed
from tracker.extensions import db
from tracker.forms.feeds import FeedForm
from tracker.lib.dates import start_of_day_utc
from tracker.models import CalendarFeed, FeedScope
from tracker.policies.actor import Actor
from tracker.queries import accounts as read_accounts
from tracker.queries import feeds as read
from tracker.queries import groups as read_groups
from tracker.queries import settings
from tracker.services import accounts
from tracker.services import feeds as do
from tracker.web import clock
from tracker.web.authorization import act, actor, everyone_signed_in
from tracker.web.configuration import config
from tracker.web.language import current
from tracker.web.language import gettext as _
from tracker.web.responses import found, see_other
from tracker.web.session import account, public
from tracker.words import Language, language

bp = Blueprint("feeds", __name__)
GONE = 410


@bp.get("/account/feeds")
def index() -> ResponseReturnValue:
    """My feeds, and a form for another one."""
    everyone_signed_in()
    return _index(_form())


@bp.post("/account/feeds")
def create() -> ResponseReturnValue:
    """Make a feed; its address is shown here and never again."""
    everyone_signed_in()
    form = _form()
    if not form.validate():
        return _index(form), 422
    groups = {group.id: group for group in read_groups.listing(actor())}
    try:
        feed, secret = do.create(
            account(),
            form.scope.data,
            group=groups.get(form.group.data),
            with_tasks=form.with_tasks.data,
            language=current().code,
            by=act(),
        )
    except TrackerError as error:
        form.blame(error, {"group_needed": "group"}, "scope")
        return _index(form), 422
    db.session.commit()
    return _once(feed, secret)


@bp.post("/account/feeds/<int:feed_id>/renew")
def renew(feed_id: int) -> ResponseReturnValue:
    """Give it another address; the one known until now stops working."""
    everyone_signed_in()
    feed = found(read.find(account(), feed_id))
    secret = do.renew(feed, account(), by=act())
    db.session.commit()
    return _once(feed, secret)


@bp.post("/account/feeds/<int:feed_id>/revoke")
def revoke(feed_id: int) -> ResponseReturnValue:
    """Its address stops working for good."""
    everyone_signed_in()
    do.revoke(found(read.find(account(), feed_id)), account(), by=act())
    db.session.commit()
    return see_other(url_for("feeds.index"), said=_("Đã thu hồi lịch"))


@bp.get("/feeds/<secret>.ics")
@public
def show(secret: str) -> ResponseReturnValue:
    """What the feed's owner may see of it now; whoever has the secret reads it."""
    feed = found(read.by_secret(accounts.hashed(secret)))
    reader = _reader(feed)
    response = _headed(feed, reader)
    if response.status_code != 304:
        response.set_data(_written(feed, reader))
    _note(feed)
    return response


def _index(form: FeedForm) -> str:
    return render_template("feeds/index.html", feeds=read.listing(account()), form=form)


def _form() -> FeedForm:
    form = FeedForm()
    everyones = read_groups.listing(actor())
    form.group.choices = [("", _("Chọn tổ")), *((group.id, group.name) for group in everyones)]
    return form


def _once(feed: CalendarFeed, secret: str) -> str:
    address = f"{config().base_url}{url_for('feeds.show', secret=secret)}"
    return render_template("feeds/link.html", feed=feed, address=address)


def _reader(feed: CalendarFeed) -> Actor:
    """The owner as of now. A revoked feed, a closed account, a lost right: gone."""
    owner = feed.account
    closed = not owner.is_active or (owner.is_demo and not config().accepts_demo_accounts)
    if feed.revoked_at is not None or closed:
        abort(GONE)
    reader = read_accounts.actor_for(owner, clock.today())
    if feed.group is not None and not may.groups.see(reader, feed.group):
        abort(GONE)
    return reader


def _headed(feed: CalendarFeed, reader: Actor) -> Response:
    """An answer without its body: 304 where the program has the present state already.

    What it depends on: every change, the day (for what lies too far away), and who reads.
    """
    state = read.version()
    today = clock.today()
    response = make_response("")
    response.mimetype = "text/calendar"
    response.set_etag(
        accounts.hashed(f"{feed.token_hash} {state.change_id} {today} {reader.scope_key}")[:32]
    )
    response.last_modified = max(filter(None, (state.at, start_of_day_utc(today))))
    response.headers["Content-Disposition"] = 'inline; filename="nqi-tracker.ics"'
    response.headers["Referrer-Policy"] = "no-referrer"
    response.make_conditional(request)
    return response


def _written(feed: CalendarFeed, reader: Actor) -> bytes:
    lang = language(feed.language)
    place = calendar_feed.Place(config().base_url, settings.installation_name())
    content = read.content(feed, reader, clock.today())
    return calendar_feed.write(_title(feed, lang), content, lang, place)


def _title(feed: CalendarFeed, lang: Language) -> str:
    match feed.scope, feed.group:
        case FeedScope.GROUP, group if group is not None:
            return (lang.code == "en" and group.name_en) or group.name
        case FeedScope.MINE, _none:
            return f"{lang.label(feed.scope)} – {feed.account.person.full_name}"
    return lang.gettext("Lịch các tổ công tác")


def _note(feed: CalendarFeed) -> None:
    """Once a day, in a short transaction of its own: reading must not make anybody wait."""
    today = clock.today()
    if feed.last_read_on == today:
        return
    db.session.commit()  # ends the reader's transaction
    database.read_only(value=False)
    do.note_read(feed, today)
    db.session.commit()
