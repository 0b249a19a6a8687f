"""Reading answers as a person does: by elements and their words."""

from bs4 import BeautifulSoup


def parse(response):
    """The answer, or a piece of HTML, as a tree."""
    source = response if isinstance(response, str) else response.get_data(as_text=True)
    return BeautifulSoup(source, "html.parser")


def words(element):
    """The text a person sees, white space collapsed."""
    return " ".join(element.get_text(" ").split())


def one(response, selector):
    """The only element that matches; more or none is a failure that shows the page."""
    found = parse(response).select(selector)
    assert len(found) == 1, f"{len(found)} × {selector} in:\n{parse(response).prettify()[:4000]}"
    return found[0]


def texts(response, selector):
    """The words of each element that matches, in order."""
    return [words(element) for element in parse(response).select(selector)]


def table(response, selector="table"):
    """The rows of the only such table, each as the words of its cells."""
    rows = one(response, selector).select("tr")
    return [[words(cell) for cell in row.select("th, td")] for row in rows]


def form(response, selector="form"):
    """What the only such form would send, no button of it pressed by name: as a browser does."""
    fields = {}
    for field in one(response, selector).select("[name]:not(button)"):
        if field.name == "select":
            chosen = field.select_one("option[selected]") or field.select_one("option")
            fields[field["name"]] = chosen.get("value", words(chosen)) if chosen else ""
        elif field.name == "textarea":
            fields[field["name"]] = field.get_text().removeprefix("\n")
        elif field.get("type") not in {"checkbox", "radio"} or field.has_attr("checked"):
            fields[field["name"]] = field.get("value", "")
    return fields


def assert_swap_equals_reload(client, swapped, address):
    """Each element the fragment brings stands on the reloaded page just as it was brought.

    Returns their ids. What comes beside the fragment need not be on every page.
    """
    page = parse(client.get(address))
    brought = parse(swapped).find_all(id=True, recursive=False)
    assert brought, "the answer brings no element with an id"
    found = []
    for element in brought:
        on_page = page.find(id=element["id"])
        is_beside = element.name == "hx-partial" or element.has_attr("hx-swap-oob")
        if on_page is None and is_beside:
            continue
        assert on_page is not None, f"#{element['id']} is not on {address}"
        new = element.find(id=element["id"]) if element.name == "hx-partial" else element
        assert plain(new) == plain(on_page)
        found.append(element["id"])
    return found


def plain(element):
    """The element without what only a swap needs, and without tokens, which always differ."""
    copy = parse(str(element))
    for node in copy.find_all(True):
        node.attrs.pop("hx-swap-oob", None)
        if node.get("name") == "csrf_token":
            node["value"] = ""
    return " ".join(str(copy).split())
