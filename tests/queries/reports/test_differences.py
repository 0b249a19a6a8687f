"""What two records say differently: words, figures, things by their codes."""

from dataclasses import replace
from datetime import date

from tests.exports.reports import make_facts
from tracker.lib.lateness import FourCells
from tracker.queries.reports.differences import (
    MOST,
    CellChange,
    ThingChange,
    ThingChanges,
    between,
)

FACTS = make_facts(5)


def test_the_same_facts_differ_in_nothing_whatever_their_stamp():
    assert between(FACTS, make_facts(5, identifier="other")).is_empty


def test_words_figures_and_things_that_differ_are_told_once():
    first, second, *others = FACTS.tasks
    cells = FACTS.statistics.whole
    now = replace(
        FACTS,
        narrative={**FACTS.narrative, "next": "Việc mới", "next_en": "New work"},
        recipients=("Lưu: VT",),
        statistics=replace(FACTS.statistics, whole=cells + FourCells(done_late=1)),
        tasks=(replace(first, due=date(2030, 1, 5), slip=3), *others, replace(second, code="NEW")),
    )

    found = between(FACTS, now)

    assert [one.text for one in found.texts] == ["next", "next_en"]
    assert found.cells == (CellChange("done_late", cells.done_late, cells.done_late + 1),)
    assert found.frame == ("recipients",)
    assert found.things == (
        ThingChanges(
            "tasks",
            came=(ThingChange("NEW", second.title),),
            gone=(ThingChange(second.code, second.title),),
            changed=(
                ThingChange(first.code, first.title, (("due", first.due, date(2030, 1, 5)),)),
            ),
            total=3,
        ),
    )


def test_a_page_does_not_tell_ten_thousand_things():
    many = tuple(replace(FACTS.tasks[0], code=f"HAL-{n}") for n in range(MOST + 5))

    (tasks,) = between(replace(FACTS, tasks=()), replace(FACTS, tasks=many)).things

    assert (len(tasks.came), tasks.total) == (MOST, MOST + 5)
