"""What the screen of a meeting shows: the item, what was recorded, and the forms to record with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from werkzeug.datastructures import MultiDict

from tracker import policies as may
from tracker.extensions import db
from tracker.forms.meetings import DecideForm, DirectForm, NoteForm
from tracker.lib.agenda import Subject
from tracker.models import Decision
from tracker.queries import agenda as read
from tracker.queries import directives, review_facts
from tracker.queries import meeting_entries as read_entries
from tracker.queries.agenda import Agenda, Item
from tracker.queries.choices import Choice
from tracker.queries.meetings import Sitting
from tracker.web import clock, days
from tracker.web.authorization import actor
from tracker.web.language import current

Typed = MultiDict[str, str]
EntryForm = NoteForm | DecideForm | DirectForm


@dataclass(frozen=True)
class Desk:
    """Where somebody records: the meeting, and the item of its agenda that is on the screen."""

    sitting: Sitting
    subject: Subject

    @property
    def place(self) -> tuple[int | None, int | None]:
        """The group and the workstream of the item; none of what is about several, or unknown."""
        return read.about(self.sitting, self.subject) or (None, None)

    @property
    def question(self) -> Decision | None:
        """The question on the screen, answered or not."""
        is_one = self.subject.kind == "decision" and self.place[0]
        return db.session.get(Decision, self.subject.id) if is_one else None

    @property
    def kinds(self) -> Sequence[str]:
        """What can be recorded; a question that was answered is not answered again."""
        answered = self.question is not None and not self.question.is_open
        return ("directive", "note") if answered else ("decision", "directive", "note")

    def form(self, kind: str, typed: Typed | None = None) -> EntryForm:
        """The form of that kind of entry: empty, or as it was typed."""
        if kind == "note":
            return NoteForm(typed, prefix=kind)
        return self._decide(typed) if kind == "decision" else self._direct(typed)

    def _decide(self, typed: Typed | None) -> DecideForm:
        form, asked = DecideForm(typed, prefix="decision"), self.question
        if asked is None:
            form.offer(None, self._workstreams())
            if form.workstream_id.data is None:
                form.workstream_id.data = self.place[1]
            return form
        if typed is None:
            form.asked.data, form.chosen.data = asked.version, asked.recommended
        return form.offer(asked.options, ())

    def _direct(self, typed: Typed | None) -> DirectForm:
        form = DirectForm(typed, prefix="directive")
        form.offer(directives.addressees(clock.today()), self._workstreams())
        if form.workstream_id.data is None:
            form.workstream_id.data = self.place[1]
        return form

    def _workstreams(self) -> Sequence[Choice]:
        group_id, label = self.place[0], current().label
        names_group = group_id is None and len(self.sitting.groups) > 1
        return [
            Choice(one.id, f"{one.group.key} · {word}" if names_group else word)
            for one in read.workstreams(self.sitting, group_id)
            for word in [label(one.strand)]
        ]


def screen(
    sitting: Sitting, key: str | None, typed: Mapping[str, EntryForm] | None = None
) -> dict[str, Any]:
    """All of it for the item of that key, else for the first one; `typed` is the form that came
    back with a mistake.
    """
    agenda = agenda_of(sitting)
    place = agenda.place(key)
    item, typed = agenda.items[place], typed or {}
    desk = Desk(sitting, item.subject)
    context = recorded(sitting, item.key)
    return context | {
        "agenda": agenda,
        "item": item,
        "place": place,
        "facts": _facts(item, agenda),
        "forms": {kind: typed.get(kind) or desk.form(kind) for kind in desk.kinds}
        if context["records"]
        else {},
        "opened": next(iter(typed), ""),
        "new_uid": lambda: uuid4().hex,
    }


def agenda_of(sitting: Sitting) -> Agenda:
    """The agenda as it is today."""
    return read.agenda(actor(), sitting, clock.today(), days.now(), days.at_end_of)


def recorded(sitting: Sitting, key: str) -> dict[str, Any]:
    """What was recorded in the meeting, and on that item; `mark` tells whether it is known."""
    entries = read_entries.recorded(actor(), sitting.meeting)
    meeting = sitting.meeting
    return {
        "sitting": sitting,
        "meeting": meeting,
        "key": key,
        "entries": entries,
        "here": [entry for entry in entries if entry.item == key],
        "counts": read_entries.counts(entries),
        "mark": read_entries.mark(meeting),
        "records": meeting.is_open and may.meetings.record(actor(), meeting, sitting.recorder_ids),
    }


def _facts(item: Item, agenda: Agenda) -> review_facts.Facts:
    if item.stream is None or item.workstream_id is None:
        return review_facts.Facts()
    since = agenda.before.held_on if agenda.before else None
    return review_facts.of_workstream(item.workstream_id, clock.today(), since)
