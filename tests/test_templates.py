"""What must be true of every template, stylesheet and script."""

import re
from html.parser import HTMLParser

import pytest
from jinja2 import Environment, nodes

from tests import source

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
TAKES = re.compile(r"\{# takes: [\w ,.=()|\[\]'\"/:;–-]+ #\}")
FORBIDDEN = re.compile(
    r"\s(?:style|on[a-z]+)\s*=|javascript:|<style|<script(?![^>]*\ssrc=)", re.IGNORECASE
)
HOST = re.compile(
    r"""(?:src|href|action|hx-\w+|srcset|poster)\s*=\s*["'](?:https?:)?//|url\(\s*["']?(?:https?:)?//|@import"""
)
HX_ADDRESS = re.compile(r"""\shx-(?:get|post|put|patch|delete)\s*=\s*"([^"]*)\"""")
COLOUR = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch|oklab|lab|lch|hwb)a?\(", re.IGNORECASE)

# Pages of their own, which are no answers.
APART = {"layouts", "errors", "mail", "one_file"}

# A namespace is not an address, and inline SVG needs it in files.
HARMLESS = ("http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink")

each_template = pytest.mark.parametrize("path", source.templates(), ids=source.name)
each_fragment = pytest.mark.parametrize("path", source.templates("_*.html"), ids=source.name)
each_stylesheet = pytest.mark.parametrize("path", source.stylesheets(), ids=source.name)
each_script = pytest.mark.parametrize("path", source.scripts(), ids=source.name)


def parsed(path):
    extensions = ["jinja2.ext.i18n", "jinja2.ext.do", "jinja2.ext.loopcontrols"]
    return Environment(extensions=extensions, autoescape=True).parse(source.text(path))


@each_template
def test_template_parses(path):
    parsed(path)


@each_template
def test_template_obeys_the_content_security_policy(path):
    assert FORBIDDEN.findall(JINJA.sub("", source.text(path))) == []


@each_template
def test_template_names_no_outside_host(path):
    assert HOST.findall(source.text(path)) == []


@each_template
def test_template_takes_addresses_of_hx_from_the_application(path):
    """An address is an expression, never typed by hand. An empty one is filled in by a script:
    htmx wires only what has the attribute when it comes in."""
    values = HX_ADDRESS.findall(source.text(path))
    typed = [value for value in values if value and "{{" not in value]

    assert typed == []


@each_fragment
def test_fragment_says_what_it_takes(path):
    """Macro files are told by what they are: they have parameters instead."""
    if is_macros(path):
        return
    assert TAKES.match(source.lines(path)[0]), source.lines(path)[0]


@each_fragment
def test_fragment_has_one_root_element_with_an_id(path):
    if is_macros(path):
        return
    roots = Roots(source.text(path)).found

    assert len(roots) == 1, roots
    assert "id" in roots[0][1], roots


def is_macros(path):
    """A file of macros has nothing of its own outside them."""
    silent = nodes.Import | nodes.FromImport | nodes.Macro | nodes.Assign | nodes.AssignBlock
    body = [node for node in parsed(path).body if not isinstance(node, silent)]
    return not any(
        not isinstance(node, nodes.Output)
        or any(not isinstance(n, nodes.TemplateData) or n.data.strip() for n in node.nodes)
        for node in body
    )


class Roots(HTMLParser):
    """The outermost elements. Of `{% if %}…{% else %}` the first branch counts."""

    def __init__(self, text):
        super().__init__()
        self.depth = 0
        self.found = []
        self.feed(
            JINJA.sub(lambda match: "x" if match[0].startswith("{{") else "", first_branches(text))
        )

    def handle_starttag(self, tag, attrs):
        if self.depth == 0:
            self.found.append((tag, dict(attrs)))
        self.depth += tag not in VOID

    def handle_startendtag(self, tag, attrs):
        if self.depth == 0:
            self.found.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        self.depth -= tag not in VOID

    def handle_data(self, data):
        if self.depth == 0 and data.strip():
            self.found.append(("text", {"text": data.strip()}))


def first_branches(text):
    """Without what stands between `{% else %}`/`{% elif %}` and its `{% endif %}`."""
    kept, skipping, depth = [], None, 0
    for piece in re.split(
        r"(\{%-?\s*(?:if|elif|else|endif|for|endfor)\b.*?%\})", text, flags=re.DOTALL
    ):
        word = re.match(r"\{%-?\s*(\w+)", piece)
        word = word[1] if word else ""
        if word in {"if", "for"}:
            depth += 1
        if word in {"elif", "else"} and skipping is None:
            skipping = depth
        if word in {"endif", "endfor"}:
            if skipping == depth:
                skipping = None
            depth -= 1
        if skipping is None:
            kept.append(piece)
    return "".join(kept)


@each_template
def test_response_template_only_includes(path):
    """`noun_verbed.html` neither extends a layout nor is a fragment: it lists what changes."""
    if path.name.startswith("_") or path.parent.name in APART:
        return
    tree = parsed(path)
    if tree.find(nodes.Extends):
        return
    markup = JINJA.sub("", source.text(path))

    assert markup.strip() == ""


def endpoints_named():
    """Each `url_for("endpoint")` of a template, with the first place it stands."""
    return {
        call.args[0].value: f"{source.name(path)}:{call.lineno}"
        for path in source.templates()
        for call in parsed(path).find_all(nodes.Call)
        if isinstance(call.node, nodes.Name)
        and call.node.name == "url_for"
        and call.args
        and isinstance(call.args[0], nodes.Const)
    }


@pytest.mark.sqlite
@pytest.mark.blank
def test_every_url_for_names_an_endpoint(app):
    known = {rule.endpoint for rule in app.url_map.iter_rules()}

    assert {name: at for name, at in endpoints_named().items() if name not in known} == {}


@pytest.mark.sqlite
@pytest.mark.blank
def test_every_template_compiles_in_the_application(app):
    """Its filters, tests and tags all exist."""
    for path in source.templates("*.*"):
        app.jinja_env.get_template(path.relative_to(source.TEMPLATES).as_posix())


# ------------------------------------------------------------------ stylesheets


def layers():
    (declared,) = re.findall(r"@layer ([\w, ]+);", source.text(source.STATIC / "css/layers.css"))
    return {name.strip() for name in declared.split(",")}


def without_comments(path):
    return re.sub(r"/\*.*?\*/", "", source.text(path), flags=re.DOTALL).strip()


@each_stylesheet
def test_stylesheet_lies_wholly_inside_a_declared_layer(path):
    if path.name == "layers.css":
        return
    outermost = outermost_rules(without_comments(path))

    assert [rule for rule in outermost if not re.fullmatch(r"@layer (\w+)", rule)] == []
    assert {rule.removeprefix("@layer ") for rule in outermost} <= layers()


def outermost_rules(css):
    depth, start, found = 0, 0, []
    for place, char in enumerate(css):
        if char == "{":
            if depth == 0:
                found.append(css[start:place].strip())
            depth += 1
        elif char == "}":
            depth -= 1
            start = place + 1
    assert depth == 0, "braces do not match"
    rest = css[start:].strip()
    return [*found, rest] if rest else found


@each_stylesheet
def test_colours_are_tokens(path):
    if path.name == "tokens.css":
        return
    css = without_comments(path)
    if path.name == "print.css":  # sets the tokens anew for paper
        css = re.sub(r"--[\w-]+\s*:[^;]+;", "", css)

    assert COLOUR.findall(css) == []


@each_stylesheet
def test_important_only_in_utilities(path):
    if path.name in {"utilities.css", "reset.css", "print.css"}:
        return
    assert "!important" not in without_comments(path)


@each_stylesheet
def test_stylesheet_names_no_outside_host(path):
    assert HOST.findall(source.text(path)) == []


@each_stylesheet
def test_stylesheet_uses_only_variables_that_are_set(path):
    """A slip of the pen in a variable's name is silent in the browser."""
    used = set(re.findall(r"var\((--[\w-]+)\s*\)", without_comments(path)))

    assert used - variables() == set()


def variables():
    sheets = "".join(without_comments(sheet) for sheet in source.stylesheets())
    return set(re.findall(r"(--[\w-]+)\s*:", sheets))


# ------------------------------------------------------------------ scripts


@each_script
def test_script_is_short(path):
    assert len(source.lines(path)) <= 60


@each_script
def test_script_needs_no_eval_and_no_outside_host(path):
    content = source.text(path)
    for address in HARMLESS:
        content = content.replace(address, "")

    assert (
        re.findall(r"\beval\(|new Function|https?://|\.innerHTML\s*=|\.style\.cssText", content)
        == []
    )
