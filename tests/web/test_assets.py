import gzip
import re
from pathlib import Path

import pytest
from flask import Flask

from tracker.web import assets


@pytest.fixture
def folder(tmp_path):
    for name, text in {
        "css/layers.css": "@layer base, components;",
        "css/base.css": "@layer base { a { color: red } } /* why */",
        "css/fonts.css": '@font-face { src: url("../fonts/x.woff2") }',
        "js/b.js": "const x = 2;\n",
        "js/a.js": "const x = 1;\n",
        "vendor/htmx.org@4.0.1/htmx.min.js": "var htmx = {};",
        "img/icon.svg": "<svg/>",
        "fonts/x.woff2": "font",
        "private.txt": "not an asset",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


@pytest.fixture
def app(folder):
    app = Flask(__name__)
    assets.register(app, folder)
    return app


def url(app, name):
    with app.app_context():
        return assets.asset_url(name)


def test_css_starts_with_the_layers_and_loses_its_comments(folder):
    names = {"fonts/x.woff2": "fonts/x.123.woff2"}

    text = assets.join_css(folder, names)

    assert text == (
        "@layer base, components;\n"
        "@layer base { a { color: red } }\n"
        '@font-face { src: url("/assets/fonts/x.123.woff2") }'
    )


def test_js_is_htmx_then_one_block_per_module(folder):
    assert assets.join_js(folder) == (
        "var htmx = {};\nglobalThis.htmx = htmx;\n{\nconst x = 1;\n}\n\n{\nconst x = 2;\n}\n"
    )


def test_address_changes_with_the_content(app, folder):
    before = url(app, "app.css")
    (folder / "css" / "base.css").write_text("@layer base { a { color: blue } }")

    assert url(started(folder), "app.css") != before


def started(folder):
    app = Flask(__name__)
    assets.register(app, folder)
    return app


def test_asset_is_kept_for_a_year_and_gzipped_for_those_who_accept_it(app):
    plain = app.test_client().get(url(app, "app.css"))
    small = app.test_client().get(url(app, "app.css"), headers={"Accept-Encoding": "gzip, br"})

    assert plain.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert plain.headers["Content-Type"] == "text/css; charset=utf-8"
    assert small.headers["Content-Encoding"] == "gzip"
    assert small.headers["Vary"] == "Accept-Encoding"
    assert gzip.decompress(small.data) == plain.data


def test_fonts_are_served_as_they_are(app):
    response = app.test_client().get(url(app, "fonts/x.woff2"), headers={"Accept-Encoding": "gzip"})

    assert (response.data, response.headers["Content-Type"]) == (b"font", "font/woff2")
    assert "Content-Encoding" not in response.headers


@pytest.mark.parametrize("path", ["private.txt", "img/icon.svg", "../private.txt", "app.css"])
def test_anything_but_a_hashed_asset_is_not_found(app, path):
    assert app.test_client().get(f"/assets/{path}").status_code == 404


def test_unknown_name_is_an_error_of_the_template(app):
    with pytest.raises(KeyError):
        url(app, "missing.css")


@pytest.mark.parametrize(("debug", "renewed"), [(True, True), (False, False)])
def test_files_are_read_again_only_while_developing(app, folder, debug, renewed):
    app.debug = debug
    before = url(app, "app.js")
    module = folder / "js" / "c.js"
    module.write_text("const y = 3;\n")

    assert (url(app, "app.js") != before) is renewed


STATIC = Path(__file__).parents[2] / "static"
LAYERS = {"reset", "tokens", "base", "layout", "components", "utilities"}
SHEETS = sorted(file for file in (STATIC / "css").glob("*.css") if file.name != "layers.css")
RAW_COLOUR = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch)a?\(", re.IGNORECASE)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda file: file.name)
def test_sheet_is_one_declared_layer_and_has_no_raw_colour(sheet):
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text("utf-8"), flags=re.DOTALL).strip()

    layer, body = re.fullmatch(r"@layer (\w+) \{(.*)\}", text, re.DOTALL).groups()

    assert layer in LAYERS
    assert body.count("{") == body.count("}")
    if sheet.name not in {"tokens.css", "print.css"}:
        assert RAW_COLOUR.findall(body) == []


@pytest.mark.parametrize("module", sorted((STATIC / "js").glob("*.js")), ids=lambda file: file.name)
def test_module_is_short_and_needs_no_other(module):
    lines = module.read_text("utf-8").splitlines()

    assert len(lines) <= 60
    assert not [line for line in lines if re.match(r"\s*(import|export)\b", line)]
