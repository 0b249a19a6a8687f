import re

import pytest

from tests.exports.reports import make_facts
from tracker.exports.report import tables
from tracker.exports.report.measure import width
from tracker.exports.report.paper import MAKERS, TEXT_WIDTH
from tracker.words import LANGUAGES, language

EVERY = {**MAKERS, "by_strand": tables.by_strand}


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("name", EVERY)
def test_no_word_of_a_head_is_wider_than_its_column(name, code):
    columns = EVERY[name](make_facts(groups=3, count=60), language(code)).columns

    too_wide = {
        word: column.width
        for column in columns
        for word in re.split(" (?!/)", column.head)
        if width(word, 11, is_bold=True) + 2.4 > column.width
    }
    assert too_wide == {}


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("name", [name for name in EVERY if name != "tasks"])
def test_a_table_of_the_text_is_as_wide_as_the_text(name, code):
    columns = EVERY[name](make_facts(groups=3, count=60), language(code)).columns

    assert sum(column.width for column in columns) == TEXT_WIDTH
