"""Accounts: inviting, roles, links, locking."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker import policies as may
from tracker.errors import RuleViolationError, StaleError
from tracker.extensions import db
from tracker.forms.admin_accounts import (
    LINK,
    MAIL,
    AccountSearchForm,
    LinkForm,
    LockForm,
    NewAccountForm,
    RolesForm,
)
from tracker.lib.numbers import whole
from tracker.models import Account, Group, Role
from tracker.queries import accounts as read
from tracker.queries import choices
from tracker.queries import groups as read_groups
from tracker.queries import people as read_people
from tracker.services import accounts as do
from tracker.services import groups, notifications, people
from tracker.web import clock, conflicts
from tracker.web.authorization import act, actor, authorize
from tracker.web.configuration import config
from tracker.web.language import gettext as _
from tracker.web.language import ngettext
from tracker.web.listing import address
from tracker.web.responses import found, page, see_other
from tracker.web.templating import named

bp = Blueprint("admin_accounts", __name__, url_prefix="/admin/accounts")
FIELD_OF = {"email_taken": "email", "person_has_account": "person", "membership_twice": "role"}
INVITE, RESET = "invite", "reset"


@bp.get("")
def index() -> ResponseReturnValue:
    """Accounts by given name, those asked for."""
    authorize(may.groups.administer(actor()))
    form = AccountSearchForm(request.args)
    accounts = read.listing(form.search, clock.now(), form.page.data or 1)
    shown = {"form": form, "accounts": accounts, "address": address}
    return page("admin/accounts/index.html", "admin/accounts/_list.html", **shown)


@bp.get("/new")
def new() -> ResponseReturnValue:
    """An empty invitation; `?person=` names who is invited."""
    authorize(may.groups.administer(actor()))
    form = _new_form()
    form.delivery.data = MAIL if _can_mail() else LINK
    person = read_people.find(request.args.get("person", 0, type=whole))
    if person is not None:
        form.person.data = form.picks.label(person.id) or person.full_name
        form.email.data = person.email
    return render_template("admin/accounts/new.html", form=form, can_mail=_can_mail())


@bp.post("/new")
def create() -> ResponseReturnValue:
    """Make an account and a link by which its person sets a password."""
    authorize(may.groups.administer(actor()))
    form = _new_form()
    if not form.validate():
        return render_template("admin/accounts/new.html", form=form, can_mail=_can_mail()), 422
    by = act()
    try:
        person = people.pick_or_create(form.person.data, form.picks, by=by)
        roles = form.values("is_administrator", "is_director")
        account = do.create(person, form.email.data, by=by, language=person.locale, **roles)
        if form.group_id.data:
            group = db.session.get_one(Group, form.group_id.data)
            groups.add_member(group, person, form.role.data or Role.MEMBER, by=by)
    except RuleViolationError as error:
        db.session.rollback()
        form.blame(error, FIELD_OF, "email")
        return render_template("admin/accounts/new.html", form=form, can_mail=_can_mail()), 422
    if not person.email:
        people.edit_person(person, {"email": account.email}, by=by)
    return _deliver(account, INVITE, form.delivery.data)


@bp.get("/<int:account_id>")
def edit(account_id: int) -> ResponseReturnValue:
    """What the account may do, its links and its end."""
    authorize(may.groups.administer(actor()))
    account = found(read.find(account_id))
    return render_template("admin/accounts/edit.html", **_edited(account, RolesForm(obj=account)))


@bp.post("/<int:account_id>")
def update(account_id: int) -> ResponseReturnValue:
    """Store the roles; the second of two editors chooses."""
    authorize(may.groups.administer(actor()))
    account = found(read.find(account_id))
    form = RolesForm()
    if not form.validate():
        return render_template("admin/accounts/edit.html", **_edited(account, form)), 422
    try:
        do.edit(account, form.values(), by=act(), seen=form.version.data)
    except StaleError as error:
        return conflicts.ask(form, error, account)
    except RuleViolationError as error:
        form.blame(error, {}, "is_administrator")
        return render_template("admin/accounts/edit.html", **_edited(account, form)), 422
    db.session.commit()
    return _back(account, _("Đã lưu"))


@bp.post("/<int:account_id>/link")
def link(account_id: int) -> ResponseReturnValue:
    """A new link: to set the first password, or another one. Earlier links stop working."""
    authorize(may.groups.administer(actor()))
    account = found(read.find(account_id))
    form = LinkForm()
    purpose = RESET if account.password_hash else INVITE
    return _deliver(account, purpose, form.delivery.data)


@bp.post("/<int:account_id>/sign-out")
def sign_out(account_id: int) -> ResponseReturnValue:
    """End every session of the account."""
    authorize(may.groups.administer(actor()))
    account = found(read.find(account_id))
    do.sign_out_everywhere(account, by=act())
    db.session.commit()
    return _back(account, _("%(name)s phải đăng nhập lại", name=account.person.full_name))


@bp.get("/<int:account_id>/lock")
def locking(account_id: int) -> ResponseReturnValue:
    """Who takes the open tasks of a person whose account ends."""
    authorize(may.groups.administer(actor()))
    account = found(read.find(account_id))
    return render_template("admin/accounts/lock.html", **_locked(account, LockForm()))


@bp.post("/<int:account_id>/lock")
def lock(account_id: int) -> ResponseReturnValue:
    """End the right to sign in; hand the open tasks over."""
    authorize(may.groups.administer(actor()))
    account = found(read.find(account_id))
    form = LockForm()
    context = _locked(account, form)
    if not form.validate():
        return render_template("admin/accounts/lock.html", **context), 422
    by = act()
    successor = read_people.find(form.successor.data) if form.successor.data else None
    try:
        number = do.deactivate(account, by=by, successor=successor)
    except RuleViolationError as error:
        db.session.rollback()
        form.blame(error, {}, "successor")
        return render_template("admin/accounts/lock.html", **context), 422
    if form.leaves_groups.data:
        groups.end_all_of(account.person, by=by)
    db.session.commit()
    said = _("Đã khóa tài khoản của %(name)s", name=account.person.full_name)
    if number:
        handed = ngettext("đã giao %(num)s nhiệm vụ", "đã giao %(num)s nhiệm vụ", number)
        said = f"{said}; {handed}"
    return _back(account, said)


@bp.post("/<int:account_id>/unlock")
def unlock(account_id: int) -> ResponseReturnValue:
    """Let the person sign in again."""
    authorize(may.groups.administer(actor()))
    account = found(read.find(account_id))
    do.activate(account, by=act())
    db.session.commit()
    return _back(account, _("Đã mở khóa tài khoản của %(name)s", name=account.person.full_name))


def _deliver(account: Account, purpose: str, delivery: str) -> ResponseReturnValue:
    """Promise a mail with the link, or show the link this once; it is kept nowhere."""
    by = act()
    if delivery == MAIL and _can_mail():
        notifications.announce_invitation(account, by=by, purpose=purpose)
        db.session.commit()
        return _back(account, _("Sẽ gửi liên kết đến %(email)s", email=account.email))
    secret = do.invite(account, by=by, purpose=purpose)
    db.session.commit()
    address = f"{config().base_url}{url_for('auth.invitation', secret=secret)}"
    account = found(read.find(account.id))
    return render_template(
        "admin/accounts/link.html",
        account=account,
        address=address,
        lasts=do.INVITATION_LASTS if purpose == INVITE else do.RESET_LASTS,
    )


def _new_form() -> NewAccountForm:
    form = NewAccountForm(picks=read_people.picks(clock.today()))
    seen = read_groups.listing(actor())
    form.group_id.choices = [
        ("", _("– chưa vào tổ nào –")),
        *((one.id, named(one)) for one in seen),
    ]
    return form


def _edited(account: Account, form: RolesForm) -> dict[str, object]:
    return {
        "account": account,
        "form": form,
        "link": read.link_of(account, clock.now()),
        "open_tasks": read_people.open_tasks(account.person_id),
        "can_mail": _can_mail(),
    }


def _locked(account: Account, form: LockForm) -> dict[str, object]:
    people_there = choices.persons(clock.today())
    others = [(str(one.id), one.words) for one in people_there if one.id != account.person_id]
    form.successor.choices = [("", _("Để nguyên, chưa giao")), *others]
    open_tasks = read_people.open_tasks(account.person_id)
    return {"account": account, "form": form, "open_tasks": open_tasks}


def _can_mail() -> bool:
    return config().smtp_url is not None


def _back(account: Account, said: str) -> ResponseReturnValue:
    return see_other(url_for("admin_accounts.edit", account_id=account.id), said=said)
