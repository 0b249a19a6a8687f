"""Text beside the code is tested, or it lies."""

import dataclasses
import re
from collections import Counter
from datetime import date

import pytest
from babel.messages.pofile import read_po

from tests import source
from tracker.config import Config
from tracker.imports.plan.headings import field_of
from tracker.lib import periods
from tracker.lib.dates import parse_date
from tracker.policies.table import TABLE, Permission, Reach

LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
PICTURE = re.compile(r"(?:<img src=\"|!\[[^\]]*\]\()([^)\"\s]+)")
GUIDES = {code: source.ROOT / f"docs/guide/{code}.md" for code in ("vi", "en")}
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
        "given items": Reach.GIVEN_ITEMS,
    }
    page = source.text(source.ROOT / "docs/permissions.md")
    rows = re.findall(r"^\| `(\w+)` \| [^|]+ \| (.+) \|$", page, re.MULTILINE)

    documented = {
        Permission(name): tuple(words[cell] for cell in cells.split(" | ")) for name, cells in rows
    }

    assert documented == TABLE


# ---------------------------------------------------------------- the guide and its pictures


def pictures_of(path):
    return [(path.parent / to).resolve() for to in PICTURE.findall(source.text(path))]


def test_every_picture_is_there_and_shown():
    shown = {picture for path in documents() for picture in pictures_of(path)}

    assert shown == set((source.ROOT / "docs/img").resolve().iterdir())


def test_pictures_are_light():
    heavy = [path for path in (source.ROOT / "docs/img").iterdir() if path.stat().st_size > 200_000]

    assert heavy == []


def test_the_guides_say_the_same_in_both_languages():
    vietnamese, english = outline(GUIDES["vi"]), outline(GUIDES["en"])

    assert vietnamese == english


def outline(path):
    """What stays the same in a translation: headings, rows, items, code and pictures."""
    kinds = re.findall(r"^(#+ |\| |- |\d\. |!\[|<img)", source.text(path), re.MULTILINE)
    sections = len(re.findall(r"^#+ ", source.text(path), re.MULTILINE))
    pictures = [picture.name.replace(".en.", ".") for picture in pictures_of(path)]
    return sections, Counter(kinds), pictures


@pytest.mark.parametrize("code", GUIDES)
def test_places_in_the_guide_are_headings_of_it(code):
    text = source.text(GUIDES[code])
    headings = {slug(heading) for heading in re.findall(r"^#+ (.+)$", text, re.MULTILINE)}

    assert set(re.findall(r"\]\(#([^)]+)\)", text)) - headings == set()


def slug(heading):
    """The name GitHub and its like give a heading."""
    return re.sub(r"[^\w -]", "", heading.casefold()).replace(" ", "-")


@pytest.mark.parametrize("code", GUIDES)
def test_words_in_bold_are_on_the_screen(code):
    """A button that was renamed is renamed in the guide too."""
    text = re.sub(r"`[^`]*`", "", source.text(GUIDES[code]))
    bold = re.findall(r"\*\*([^*]+)\*\*", text)
    screen = {plain(text) for text in messages(code)} | {"vi", "en"}

    assert {words for words in bold if plain(words) not in screen} == set()


def messages(code):
    with (source.PACKAGE / "translations/en/LC_MESSAGES/messages.po").open("rb") as file:
        catalogue = read_po(file, locale="en")
    for entry in catalogue:
        said = entry.id if code == "vi" else entry.string
        yield from said if isinstance(said, tuple | list) else [said]


def plain(text):
    return re.sub(r"%\(\w+\)[sd]", "…", text).casefold().strip(" …:")


def test_columns_named_in_the_guide_are_known_to_the_import():
    found = {}
    for code, words in (("vi", "Cột nhận ra: "), ("en", "Known columns: ")):
        listed = source.text(GUIDES[code]).partition(words)[2].partition(" |")[0].partition(".")[0]
        found[code] = [field_of(heading) for heading in listed.split(", ")]

    assert None not in found["vi"]
    assert found["en"] == found["vi"]


@pytest.mark.parametrize(
    ("code", "words"), [("vi", "Ô ngày gõ được"), ("en", "Dates can be typed")]
)
def test_dates_in_the_guide_can_be_typed(code, words):
    (line,) = (line for line in source.lines(GUIDES[code]) if line.startswith(words))

    for example in re.findall(r"`([^`]+)`", line):
        assert parse_date(example, today=date(2026, 11, 23))


@pytest.mark.parametrize(("code", "words"), [("vi", "**Kỳ khác**"), ("en", "**Another period**")])
def test_periods_in_the_guide_can_be_typed(code, words):
    typed = source.text(GUIDES[code]).partition(words)[2].partition("\n")[0]

    for example in re.findall(r"`([^`]+)`", typed):
        assert periods.parse(example).word == example
