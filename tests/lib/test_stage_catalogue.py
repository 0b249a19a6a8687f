from collections import Counter

import pytest

from tracker.lib.stage_catalogue import CATALOGUE
from tracker.lib.stages import StageRole, WindowUnit
from tracker.models import Strand

BY_CODE = {kind.code: kind for kind in CATALOGUE}

each_kind = pytest.mark.parametrize("kind", CATALOGUE, ids=lambda kind: kind.code)


@each_kind
def test_a_kind_has_one_goal_and_codes_of_its_own(kind):
    roles = Counter(stage.role for stage in kind.stages)

    assert roles[StageRole.GOAL] == 1
    assert roles[StageRole.ABANDONED] >= 1
    assert len({stage.code for stage in kind.stages}) == len(kind.stages)
    assert Strand(kind.strand)


@each_kind
def test_everything_has_a_name_in_both_languages(kind):
    assert all((kind.name, kind.name_en, kind.source))
    assert all(stage.name and stage.name_en for stage in kind.stages)


def test_iso_has_all_46_harmonized_codes():
    codes = [stage.code for stage in BY_CODE["ISO"].stages]

    assert len(codes) == 46
    assert codes == sorted(codes)
    assert {code[:2] for code in codes} == {*("00", "10", "20", "30", "40", "50", "60", "90", "95")}


@pytest.mark.parametrize(
    ("kind", "stage", "window"),
    [
        ("TCVN", "B4", (60, WindowUnit.DAYS)),
        ("QCVN", "3", (60, WindowUnit.DAYS)),
        ("ISO", "40.20", (12, WindowUnit.WEEKS)),
        ("ISO", "50.20", (8, WindowUnit.WEEKS)),
    ],
)
def test_statutory_windows_are_shipped_with_where_they_are_said(kind, stage, window):
    (found,) = [one.window for one in BY_CODE[kind].stages if one.code == stage]

    assert found[:2] == window
    assert found[2]


def test_only_what_was_held_against_its_source_is_called_verified():
    assert {code for code, kind in BY_CODE.items() if kind.is_verified} == {"TCVN", "ISO", "PLAN"}


def test_the_seven_steps_of_a_national_standard():
    steps = [
        stage.code for stage in BY_CODE["TCVN"].stages if stage.role is not StageRole.ABANDONED
    ]

    assert steps == ["B1", "B2", "B3", "B4", "B5", "B6", "B7"]
