"""Text beside the code is tested, or it lies."""

import dataclasses
import re

import pytest

from tests import source
from tracker.config import Config
from tracker.policies.table import TABLE, Permission, Reach

LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
# Set by the tests alone.
NOT_A_VARIABLE = {"testing"}


def documents():
    return sorted([*source.ROOT.glob("*.md"), *(source.ROOT / "docs").rglob("*.md")])


@pytest.mark.parametrize("path", documents(), ids=source.name)
def test_links_between_documents_lead_somewhere(path):
    broken = [to for to in LINK.findall(source.text(path)) if not (path.parent / to).exists()]

    assert broken == []


def test_every_setting_is_documented():
    page = source.text(source.ROOT / "docs/configuration.md")
    names = {field.name.upper() for field in dataclasses.fields(Config)}
    names -= {name.upper() for name in NOT_A_VARIABLE}

    assert {name for name in names if f"`{name}`" not in page} == set()


def test_every_target_of_the_makefile_says_what_it_does():
    makefile = source.text(source.ROOT / "Makefile")
    (phony,) = re.findall(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)
    explained = re.findall(r"^([a-z0-9-]+):.*## \S", makefile, re.MULTILINE)

    assert sorted(phony.split()) == sorted(explained)


def test_every_layer_of_the_contract_is_a_room():
    """A contract that names what is not there would hold nothing."""
    contract = source.text(source.ROOT / "pyproject.toml")
    (layers,) = re.findall(r"^layers = \[(.*?)\]", contract, re.MULTILINE | re.DOTALL)
    rooms = set(re.findall(r"\w+", layers))

    assert {name for name in rooms if not is_room(name)} == set()


def is_room(name):
    return (source.PACKAGE / name / "__init__.py").exists() or (
        source.PACKAGE / f"{name}.py"
    ).exists()


def test_the_permission_table_is_documented_as_it_is():
    words = {
        "–": Reach.NOTHING,
        "✓": Reach.EVERYTHING,
        "own group": Reach.OWN_GROUP,
        "own strands": Reach.OWN_STRANDS,
        "own items": Reach.OWN_ITEMS,
    }
    page = source.text(source.ROOT / "docs/permissions.md")
    rows = re.findall(r"^\| `(\w+)` \| [^|]+ \| (.+) \|$", page, re.MULTILINE)

    documented = {
        Permission(name): tuple(words[cell] for cell in cells.split(" | ")) for name, cells in rows
    }

    assert documented == TABLE
