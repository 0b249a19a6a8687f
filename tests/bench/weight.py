"""What the first and the later load of the board send over the wire."""

import re
from urllib.parse import urljoin

from tests.bench.client import Browser

RANGE = re.compile(r"U\+([0-9A-F?]+)(?:-([0-9A-F]+))?", re.IGNORECASE)


def loads(port, email, password):
    """(bytes, requests) of the first load and of a later one, headers left out."""
    browser = Browser(port).sign_in(email, password)
    page = browser.ask("GET", "/")
    wanted = {urljoin("/", address) for address in files_of(page.text)}
    sheets = {a: browser.ask("GET", a) for a in wanted if a.endswith(".css")}
    for address, sheet in sheets.items():
        wanted |= {urljoin(address, font) for font in fonts_of(sheet.text, page.text)}
    others = [browser.ask("GET", address) for address in wanted - sheets.keys()]
    answers = [page, *sheets.values(), *others]
    headers = {"If-None-Match": page.headers["ETag"]} if page.headers["ETag"] else {}
    later = browser.ask("GET", "/", **headers)
    kept = all("immutable" in answer.headers["Cache-Control"] for answer in answers[1:])
    again = later.wire if kept else later.wire + sum(answer.wire for answer in answers[1:])
    return (sum(answer.wire for answer in answers), len(answers)), (
        again,
        1 if kept else len(answers),
    )


def files_of(html):
    """Stylesheets, scripts, icons and pictures; a link elsewhere loads nothing."""
    for tag in re.findall(r"<(?:link|script|img)\b[^>]*>", html):
        if tag.startswith("<link") and not re.search(r'rel="[^"]*(?:stylesheet|icon|preload)', tag):
            continue
        found = re.search(r'(?:href|src)="([^"#]+)"', tag)
        if found and not found[1].startswith("data:"):
            yield found[1].replace("&amp;", "&")


def fonts_of(css, html):
    """The faces a browser would fetch: those whose range has a letter of the page.

    All weights are counted, so this is a little too much rather than too little.
    """
    letters = set(map(ord, re.sub(r"<[^>]*>", "", html)))
    for face in re.findall(r"@font-face\s*\{([^}]*)\}", css):
        found = re.search(r"""url\(["']?([^"')]+)""", face)
        ranges = re.search(r"unicode-range:\s*([^;]+)", face)
        if found and (ranges is None or any(letter in spans(ranges[1]) for letter in letters)):
            yield found[1]


class spans:  # noqa: N801 - reads as a function
    def __init__(self, text):
        self.pairs = [
            (int(first.replace("?", "0"), 16), int(last or first.replace("?", "F"), 16))
            for first, last in RANGE.findall(text)
        ]

    def __contains__(self, letter):
        return any(first <= letter <= last for first, last in self.pairs)
