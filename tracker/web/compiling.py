"""Templates are compiled once for each language: what is known then is not asked on every page."""

import re
from collections.abc import Callable
from typing import Any

from flask import Flask, has_request_context
from flask.templating import Environment as FlaskEnvironment
from jinja2 import Template, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.visitor import NodeTransformer
from typing_extensions import override

from tracker import words
from tracker.web import language
from tracker.words import Language

ELSEWHERE = ("mail/", "one_file/")  # written by exports, with filters of their own
INDENTATION = re.compile(r"\n\s+")


def register(app: Flask) -> None:
    """Let the application compile its templates so; before anything else looks at them."""
    app.jinja_environment = Environment


def warm(app: Flask) -> None:
    """Compile every page now: once for all processes that come of this one, who share it."""
    environment = app.jinja_env
    pages = environment.list_templates(filter_func=lambda name: not name.startswith(ELSEWHERE))
    for code in words.LANGUAGES:
        with app.test_request_context(headers={"Cookie": f"language={code}"}):
            for name in pages:
                environment.get_template(name)


class Environment(FlaskEnvironment):
    """Flask's, which gives each template out in the language of the request."""

    spoken: Language | None = None

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.code_generator_class = Compiler
        self._by_language: dict[str, Environment] = {}

    @override
    def get_template(
        self, name: str | Template, parent: str | None = None, globals: Any = None
    ) -> Template:
        if self.spoken is not None:
            return super().get_template(name, parent, globals)
        here = language.current() if has_request_context() else words.language("")
        return self._speaking(here).get_template(name, parent, globals)

    def _speaking(self, spoken: Language) -> "Environment":
        """The same environment with templates of its own."""
        found = self._by_language.get(spoken.code)
        if found is None:
            found = self.overlay()
            found.spoken = spoken
            self._by_language[spoken.code] = found
        return found


class Compiler(CodeGenerator):
    """Jinja's, for a template of which all is settled that can be."""

    environment: Environment

    @override
    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:
        super().visit_Template(Settled(self.environment.spoken).visit(node), frame)


class Settled(NodeTransformer):
    """Leaves out the indentation, and speaks the words that do not depend on a value."""

    def __init__(self, spoken: Language | None) -> None:
        self._words: dict[str, Callable[..., str]] = {}
        if spoken is not None:
            self._words = dict.fromkeys(("_", "gettext"), spoken.gettext)
            self._words["ngettext"] = spoken.ngettext

    def visit_TemplateData(self, node: nodes.TemplateData) -> nodes.TemplateData:  # noqa: N802
        """A line begins where its words begin; browsers do not mind."""
        node.data = INDENTATION.sub("\n", node.data)
        return node

    def visit_Call(self, node: nodes.Call) -> nodes.Expr:  # noqa: N802 - Jinja's name
        """`_("…")` is a text of its language already when the template is compiled."""
        self.generic_visit(node)
        speak = self._words.get(node.node.name) if isinstance(node.node, nodes.Name) else None
        if speak is None or node.dyn_args is not None or node.dyn_kwargs is not None:
            return node
        try:
            given = [argument.as_const() for argument in node.args]
            values = dict(pair.as_const() for pair in node.kwargs)
        except nodes.Impossible:
            return node
        text = speak(*given, **values)
        return nodes.Const(text, lineno=node.lineno, environment=node.environment)
