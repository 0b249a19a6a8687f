"""Review meetings for the tests of every room."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

from tests.services.acts import BY
from tracker.models import Presence
from tracker.services import decisions
from tracker.services import meetings as do
from tracker.services.decisions import Answer, Question
from tracker.services.directives import Wanted
from tracker.services.meetings import Plan, Said

TODAY = BY.today


def acts(cast, role, cause="meeting:1"):
    return replace(BY, person_id=cast[role].person_id, cause=cause)


def at_once(clients, address, sent):
    """The status each gets who sends something there in the same moment."""

    def post(client, data):
        return client.post(address, data=data).status_code

    with ThreadPoolExecutor(len(clients)) as pool:
        return list(pool.map(post, clients, sent))


def planned(cast, *keys, held_on=TODAY, title="Họp điều hành"):
    """A meeting of the director's on those groups, on all without any; the secretary records."""
    plan = Plan(
        title=title,
        held_on=held_on,
        place="Phòng 301",
        chair_id=cast["director"].person_id,
        group_ids=[cast.groups[key] for key in keys],
        recorder_ids=[cast["secretary"].person_id],
    )
    return do.plan(plan, by=acts(cast, "head"))


def running(cast, *keys, **values):
    meeting = planned(cast, *keys, **values)
    do.start(meeting, by=acts(cast, "director"))
    return meeting


def said(stream, uid, text="Đã nghe báo cáo", item=None):
    """About a workstream; without one, about the meeting as a whole."""
    return Said(
        uid=uid,
        text=text,
        item=item or (f"workstream:{stream.id}" if stream else ""),
        group_id=stream.group_id if stream else None,
        workstream_id=stream.id if stream else None,
    )


def note(meeting, cast, stream, uid, text="Đã nghe báo cáo"):
    return do.note(meeting, said(stream, uid, text), by=acts(cast, "secretary"))


def asked(cast, stream, question="Chọn phòng nào?", **values):
    wanted = Question(
        question=question,
        options=("Viện 1", "Viện 2"),
        recommended=0,
        wanted_from_id=cast["director"].person_id,
        wanted_by=TODAY + timedelta(days=5),
        **values,
    )
    return decisions.ask(stream.group, wanted, by=acts(cast, "head", "web"))


def answered(meeting, cast, stream, decision, uid, text="Làm ngay"):
    told = said(stream, uid, text, item=f"decision:{decision.id}")
    answer = Answer(decided_on=TODAY, chosen=1, text=text)
    return do.decide(
        meeting, told, decision, answer, by=acts(cast, "secretary"), seen=decision.version
    )


def directed(meeting, cast, stream, uid, title="Rà soát năng lực", due=None, by=None, **values):
    wanted = Wanted(
        workstream=stream,
        title=title,
        due=due or TODAY + timedelta(days=30),
        owner_id=cast["member"].person_id,
        **values,
    )
    return do.direct(meeting, said(stream, uid, title), wanted, by=by or acts(cast, "secretary"))


def everybody(session, meeting, cast, *roles):
    for role in roles:
        person = session.get_one(do.Person, cast[role].person_id)
        do.attend(meeting, person, Presence.PRESENT, by=acts(cast, "secretary"))
