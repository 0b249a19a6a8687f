from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.adapters import markdown


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Đo **lường** và *thử*", "<p>Đo <strong>lường</strong> và <em>thử</em></p>\n"),
        ("dòng 1\ndòng 2", "<p>dòng 1<br>\ndòng 2</p>\n"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        ("3. a", '<ol start="3">\n<li>a</li>\n</ol>\n'),
        ("~~cũ~~", "<p><s>cũ</s></p>\n"),
        ("# Kết luận", "<p><strong>Kết luận</strong></p>\n"),
        ("Kết *luận*\n---", "<p><strong>Kết <em>luận</em></strong></p>\n"),
        ("#", "<p><strong></strong></p>\n"),
        ("```python\nx < 1\n```", "<pre><code>x &lt; 1\n</code></pre>\n"),
        ("@Đỗ Mai Lan xem nhé", "<p>@Đỗ Mai Lan xem nhé</p>\n"),
        ("", ""),
    ],
)
def test_markdown_becomes_html(text, html):
    assert markdown.render(text) == html


def test_tables_lose_inline_styles():
    html = markdown.render("| a | b |\n|--:|---|\n| 1 | 2 |")

    assert "<table>" in html
    assert "style" not in html


@pytest.mark.parametrize(
    "address", ["https://tcvn.gov.vn/a?b=1", "mailto:lan@demo.test", "/tasks/HAL-47"]
)
def test_links_are_not_followed_and_do_not_open_us(address):
    html = markdown.render(f"[x]({address})")

    assert html == f'<p><a href="{address}" rel="nofollow noopener">x</a></p>\n'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (
            "![ảnh](/files/7)",
            '<p><img src="/files/7" alt="ảnh"></p>\n',
        ),
        (
            '![ảnh](https://evil.test/p.png "x")',
            '<p><a href="https://evil.test/p.png" rel="nofollow noopener">ảnh</a></p>\n',
        ),
        (
            "![](//evil.test/p.png)",
            '<p><a href="//evil.test/p.png" rel="nofollow noopener">//evil.test/p.png</a></p>\n',
        ),
        ('![a" onerror="x](/p)', '<p><img src="/p" alt="a&quot; onerror=&quot;x"></p>\n'),
    ],
)
def test_pictures_come_from_our_own_host_only(text, html):
    assert markdown.render(text) == html


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt&#58;alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "![x](javascript:alert(1))",
    "<https://a.test/\"onmouseover='alert(1)'>",
    "[a](<https://a.test/\" onclick=\"x>)",
    "<style>*{display:none}</style>",
    "<iframe src=//evil.test></iframe>",
    "<!-- <b> --><svg/onload=alert(1)>",
    "`<script>`",
    "# <script>x</script>",
    "| <b onclick=x> |\n|---|\n| <script> |",
]  # fmt: skip

ALLOWED = {
    "a": {"href", "rel", "title"},
    "img": {"src", "alt", "title"},
    "ol": {"start"},
}
PLAIN_TAGS = {
    "blockquote", "br", "code", "del", "em", "hr", "li", "p", "pre", "s", "strong", "table",
    "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip


class Inspector(HTMLParser):
    """Fails on a tag, attribute or address that must not come out."""

    def handle_starttag(self, tag, attrs):
        assert tag in ALLOWED or tag in PLAIN_TAGS
        for name, value in attrs:
            assert name in ALLOWED.get(tag, set())
            if name in {"href", "src"}:
                assert_harmless(value or "")
        if tag == "img":
            assert not dict(attrs).get("src", "/").startswith("//")


def assert_harmless(address):
    scheme, colon, _ = address.partition(":")
    if colon and "/" not in scheme and "?" not in scheme and "#" not in scheme:
        assert scheme.lower() in {"http", "https", "mailto", "tel"}


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_hostile_comes_out(text):
    Inspector().feed(markdown.render(text))


pieces = st.sampled_from([*HOSTILE, "![", "](", ")", "<", ">", "\n", "`", "**", '"', "//x", " a "])


@given(st.lists(pieces | st.text(max_size=5), max_size=8).map("".join))
def test_nothing_hostile_comes_out_of_any_mixture(text):
    Inspector().feed(markdown.render(text))


@pytest.mark.parametrize(
    ("text", "length", "words"),
    [
        ("**Đo** lường\n\n- một\n- hai", 100, "Đo lường một hai"),
        ("# Kết luận\nhọp", 100, "Kết luận họp"),
        ("[liên kết](https://a.test) và `mã`", 100, "liên kết và mã"),
        ("![ảnh chụp](/p)", 100, "ảnh chụp"),
        ("```\nx = 1\n```", 100, "x = 1"),
        ("a < b & c", 100, "a < b & c"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", 100, "a b 1 2"),
        ("một hai ba", 10, "một hai ba"),
        ("một hai ba", 9, "một hai…"),
        ("một, hai", 6, "một…"),
        ("dàiquákhôngcắtđược", 5, "dàiq…"),
        ("", 5, ""),
    ],
)
def test_excerpt_is_one_line_of_plain_words(text, length, words):
    assert markdown.excerpt(text, length) == words


@given(st.text(), st.integers(1, 50))
def test_excerpt_is_never_longer_than_asked(text, length):
    assert len(markdown.excerpt(text, length)) <= length


CHECKS = "- [ ] Số *liệu*\n- [X] Trình\n\n  1. [ ] con\n\n- không [ ] phải\n\n```\n- [ ] mã\n```\n"


def test_an_item_with_brackets_has_a_box():
    html = markdown.render(CHECKS)

    assert html.count("<input") == 3
    assert html.count("checked") == 1
    assert 'aria-label="Số liệu"' in html
    assert "không [ ] phải" in html


def test_with_a_form_boxes_are_its_buttons():
    html = markdown.render(CHECKS, "task-HAL-1-boxes")

    assert [part.partition('"')[0] for part in html.split('value="')[1:]] == [
        "0-on",
        "1-off",
        "2-on",
    ]
    assert html.count('form="task-HAL-1-boxes"') == 3
    assert "<input" not in html


def test_nobody_writes_a_button_of_their_own():
    html = markdown.render('<button name="box">x</button>\n\n- [ ] "><script>x</script>', "f")

    assert html.count("<button") == 1
    assert "<script" not in html


@pytest.mark.parametrize(
    ("number", "on", "line"),
    [(0, True, "- [x] Số *liệu*"), (1, False, "- [ ] Trình"), (2, True, "  1. [x] con")],
)
def test_the_box_of_a_number_is_ticked_where_it_stands(number, on, line):
    text = markdown.ticked(CHECKS, number, on=on)

    changed = set(text.splitlines()) - set(CHECKS.splitlines())
    assert changed == {line}
    assert len(text.splitlines()) == len(CHECKS.splitlines())


@pytest.mark.parametrize("number", [-1, 3])
def test_there_is_no_box_of_another_number(number):
    assert markdown.ticked(CHECKS, number, on=True) is None
