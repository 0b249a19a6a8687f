"""Searching everything the reader may see."""

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from tracker.forms.search import LONGEST, SearchForm
from tracker.lib.paging import LAST
from tracker.lib.text import highlight
from tracker.queries import search as read
from tracker.web.authorization import actor, everyone_signed_in
from tracker.web.responses import page

bp = Blueprint("search", __name__)
PER_PAGE = 20


@bp.get("/search")
def show() -> ResponseReturnValue:
    """What was found; a code typed in full leads straight to its page."""
    everyone_signed_in()
    form = SearchForm(request.args)
    query = (form.q.data or "").strip()[:LONGEST]
    number = min(max(1, form.page.data or 1), LAST)
    found = read.search(
        actor(), query, kind=form.kind.data or None, first=(number - 1) * PER_PAGE, most=PER_PAGE
    )
    if found.hits and found.hits[0].code == query.upper():
        hit = found.hits[0]
        return redirect(url_for(f"{hit.kind}s.show", code=hit.code), 303)
    pages = -(-found.total // PER_PAGE)
    return page(
        "search/show.html",
        "search/_results.html",
        form=form,
        query=query,
        found=found,
        number=number,
        pages=pages,
        highlight=highlight,
        address=lambda n: url_for(
            "search.show", q=query, kind=form.kind.data or None, page=n if n > 1 else None
        ),
    )
