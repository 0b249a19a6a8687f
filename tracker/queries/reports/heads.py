"""Who a report is from and to: the bodies at its head, the signer and the recipients at its end."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import or_, select

from tracker.extensions import db
from tracker.lib.text import fold
from tracker.models import Authority, Group, Membership, Person, Role, Unit
from tracker.queries import settings
from tracker.queries.report_facts import Name, Organisation, Signature
from tracker.queries.settings import ReportHeader

# Seen on the paper, so that whoever signs it notices what nobody has set yet.
NOT_SET = Name("[Tên cơ quan ban hành]", "[Issuing body]")
_GROUP = Name("Tổ công tác", "the working group")
_HEAD, _DEPUTY = Name("Tổ trưởng", "Head"), Name("Phó Tổ trưởng", "Deputy head")
_SECRETARY = Name("Thư ký", "Secretary")
_OF_THE_HEAD, _NOBODY = Name("Tổ trưởng", "the head"), Name("")


@dataclass(frozen=True)
class _Signing:
    """Who of a group signs by some right: with which post, for whom, and in which role."""

    post: Name
    role: Role
    whom: Name


_BY_RIGHT = {
    "": _Signing(_HEAD, Role.HEAD, _NOBODY),
    Authority.BEHALF: _Signing(_HEAD, Role.HEAD, _GROUP),
    Authority.ACTING: _Signing(_HEAD, Role.DEPUTY, _NOBODY),
    Authority.FOR_HEAD: _Signing(_DEPUTY, Role.DEPUTY, _OF_THE_HEAD),
    Authority.BY_ORDER: _Signing(_SECRETARY, Role.SECRETARY, _OF_THE_HEAD),
    Authority.DELEGATED: _Signing(_SECRETARY, Role.SECRETARY, _OF_THE_HEAD),
}
_HEAD_OF_A_UNIT = Name("Thủ trưởng đơn vị", "Head of the unit")


def header(organisation: str) -> ReportHeader:
    """What an administrator has set; the name of the installation where that is nothing."""
    kept = settings.report_header()
    return kept if kept.issuing_body else replace(kept, issuing_body=organisation)


def of_unit(header_: ReportHeader, unit_id: int, name: Name, head: Name) -> Organisation:
    """The head of a paper that a unit issues itself, below the body it belongs to; `head` is what
    its head is titled.
    """
    unit = db.session.get_one(Unit, unit_id)
    return Organisation(
        superior=Name(header_.issuing_body, header_.issuing_body_en),
        issuing=name,
        symbol=_symbol_of(unit.abbreviation or "", unit.name),
        signature=signed_by_unit(header_.unit_signer_form, name, head),
        **_common(header_),
    )


def organisation(
    header_: ReportHeader, groups: Sequence[Group], today: date, *, covers_all: bool
) -> Organisation:
    """The head of the paper. A group issues its own reports below the body it belongs to, with
    a series of numbers of its own; the body itself issues the one on all groups.
    """
    signer = _name_of(_BY_RIGHT[header_.group_signer_form].role, groups, today)
    body = Name(header_.issuing_body, header_.issuing_body_en)
    common = _common(header_)
    if covers_all or len(groups) != 1:
        return Organisation(
            superior=Name(header_.superior_body, header_.superior_body_en),
            issuing=body if body.vi else NOT_SET,
            symbol=_symbol(header_.symbol),
            signature=_signature(header_),
            **common,
        )
    group = groups[0]
    return Organisation(
        superior=body,
        issuing=group_name(group),
        symbol=f"TCT{group.key}",
        signature=signed_by_group(header_.group_signer_form, signer),
        **common,
    )


def signed_by_group(form: str, name: str = "") -> Signature:
    """Who of a group signs by that right."""
    signing = _BY_RIGHT[form]
    return Signature(signing.post, signing.whom, name, form)


def signed_by_unit(form: str, unit: Name, head: Name) -> Signature:
    """Who of a unit signs by that right. Whoever signs by order or by delegation has a post that
    differs from unit to unit: its line is blank, to be filled in when it is signed.
    """
    head = head if head.vi else _HEAD_OF_A_UNIT
    of_head = Name(head.vi, _the(head.en))
    post, whom = {
        "": (head, _NOBODY),
        Authority.BEHALF: (head, Name(unit.vi, _the(unit.en))),
        Authority.ACTING: (head, _NOBODY),
        Authority.FOR_HEAD: (_deputy(head), of_head),
        Authority.BY_ORDER: (_NOBODY, of_head),
        Authority.DELEGATED: (_NOBODY, of_head),
    }[form]
    return Signature(post, whom, form=form)


def _deputy(head: Name) -> Name:
    """Their deputy: Phó Viện trưởng, Phó Chánh Văn phòng."""
    return Name(f"Phó {head.vi}", head.en and f"Deputy {head.en}")


def _the(english: str) -> str:
    return f"the {english}" if english and not english.lower().startswith("the ") else english


def _common(header_: ReportHeader) -> dict[str, Any]:
    """What stands at the head of a paper, whoever issues it."""
    return {
        "place": header_.place,
        "place_en": header_.place_en,
        "drafting_unit": header_.drafting_unit,
        "drafter": header_.drafter,
        "copies": header_.copies,
        "address": Name(header_.address, header_.address_en),
    }


def sent_to(header_: ReportHeader, *, covers_all: bool) -> Name:
    """The higher body, to which a report is addressed unless others are named."""
    if covers_all:
        return Name(header_.superior_body, header_.superior_body_en)
    return Name(header_.issuing_body, header_.issuing_body_en)


def named(own: Name, common: Name) -> Name:
    """Lines of a regime, else those of the installation; in English too those of whoever named
    them in Vietnamese.
    """
    return Name(own.vi or common.vi, own.en or ("" if own.vi else common.en))


def lines(text: str) -> tuple[str, ...]:
    """A list as it is typed: one a line."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def group_name(group: Group) -> Name:
    """The name with the words "working group", which people leave out where it is plain."""
    folded, english = fold(group.name), group.name_en or ""
    is_whole = folded.startswith(("to ", "nhom ", "ban ", "doi "))
    if english and "group" not in english.lower():
        english = f"{english} working group"
    return Name(group.name if is_whole else f"Tổ công tác {group.name}", english)


def _symbol_of(abbreviation: str, name: str) -> str:
    """Of a unit: the abbreviation, where it is one of capitals (QUATEST 1), else the initials."""
    if abbreviation.isupper():
        return abbreviation.replace(" ", "")
    return "".join(word[0] for word in name.split() if word[0].isalnum()).upper()


def _symbol(typed: str) -> str:
    """Without the BC of the kind of document, which people type with it."""
    return typed.removeprefix("BC-")


def _signature(header_: ReportHeader) -> Signature:
    return Signature(
        authority=Name(header_.signer_authority, header_.signer_authority_en),
        post=Name(header_.signer_post, header_.signer_post_en),
        name=header_.signer_name,
        form=header_.signer_form,
    )


def _name_of(role: Role, groups: Sequence[Group], today: date) -> str:
    """Who has the role in the only group today; asked for whatever the groups, to keep queries
    constant.
    """
    name = db.session.scalar(
        select(Person.full_name)
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Membership.group_id == (groups[0].id if groups else None),
            Membership.role == role,
            Membership.starts_on <= today,
            or_(Membership.ends_on.is_(None), Membership.ends_on >= today),
        )
        .order_by(Membership.starts_on.desc(), Membership.id)
    )
    return name or ""
