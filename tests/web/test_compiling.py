import pytest
from flask import g
from jinja2 import DictLoader

from tracker import words
from tracker.web import compiling
from tracker.web.compiling import Environment

PAGE = """<p>
      {{ _("Lưu") }}   <b>
        {{ ngettext("Tổ công tác", "Tổ công tác", 2) }}
      {{- _("QĐ %(number)s", number=number) }}</b>
</p>"""


@pytest.fixture
def environment(app):
    found = Environment(app, loader=DictLoader({"page": PAGE, "whole": '{% include "page" %}'}))
    found.globals |= app.jinja_env.globals
    return found


@pytest.fixture
def render(app, environment):
    def rendered(name, code, **context):
        with app.test_request_context():
            g.language = words.language(code)
            return environment.get_template(name).render(**context)

    return rendered


def test_each_reader_gets_the_template_in_their_language(render):
    assert [render("whole", code, number=3).split() for code in ("vi", "en", "vi")] == [
        ["<p>", "Lưu", "<b>", "Tổ", "công", "tácQĐ", "3</b>", "</p>"],
        ["<p>", "Save", "<b>", "Working", "groupsDecision", "3</b>", "</p>"],
        ["<p>", "Lưu", "<b>", "Tổ", "công", "tácQĐ", "3</b>", "</p>"],
    ]


def test_lines_begin_where_their_words_begin(render):
    assert render("page", "vi", number=3).splitlines()[:2] == ["<p>", "Lưu   <b>"]


def test_words_that_depend_on_no_value_are_not_asked_for_again(app, environment, monkeypatch):
    with app.test_request_context():
        template = environment.get_template("page")
        asked = []
        monkeypatch.setattr(words.Language, "gettext", lambda _self, text, **_: asked.append(text))
        template.render(number=3)

    assert asked == ["QĐ %(number)s"]


def test_all_pages_can_be_compiled_before_anybody_asks(app, monkeypatch):
    compiled = []
    monkeypatch.setattr(
        type(app.jinja_env), "get_template", lambda _self, name: compiled.append(name)
    )

    compiling.warm(app)

    assert compiled.count("layouts/base.html") == len(words.LANGUAGES)
    assert not [name for name in compiled if name.startswith("mail/")]
