"""`make bench ARGS="--size S --server gunicorn"`: measure, and hold against the targets."""

import argparse
import os
import statistics
from functools import partial

from tests.bench import chains, data, exports, weight
from tests.bench.client import Browser, MissingError, measure, timed
from tests.bench.pages import PAGES
from tests.bench.servers import SERVERS, megabytes

ADMIN = "admin@demo.test"
MOST_MEMORY = 300
EXPORTS = "exports"
FIRST_FILE = next(page for page in PAGES if page.floors is None and page.hellos is None)
FIRST, FIRST_REQUESTS, LATER = 150_000, 8, 30_000
GROWTH = 1.5
# (size, server, page) → median
medians = {}
missed = []


def main():
    arguments = parsed()
    print(
        "Milliseconds at one client, requests a second at eight. Only ratios within one run count."
    )
    for size in arguments.size:
        with data.place(size, arguments.seed) as place:
            print(
                f"\n{size}: group {place.group} with {place.group_tasks} tasks, strand"
                f" {place.strand}; {place.worker} has {place.worker_tasks} open tasks"
            )
            for name in arguments.server:
                run(place, name, arguments)
    run_chains(arguments)
    print_growth(arguments)
    print(f"\n{len(missed)} targets missed" + (": " + ", ".join(missed) if missed else ""))


def parsed():
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--size", nargs="+", choices=data.SIZES, default=list(data.SIZES))
    parser.add_argument("--server", nargs="+", choices=SERVERS, default=list(SERVERS))
    parser.add_argument("--requests", type=int, default=60, help="at one client (default 60)")
    parser.add_argument("--seconds", type=float, default=2.0, help="at eight clients (default 2)")
    parser.add_argument("--only", help="pages whose name has this in it")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def run(place, name, arguments):
    serve = SERVERS[name]
    speed_of = partial(measure, number=arguments.requests, seconds=arguments.seconds)
    print(f"\n  {name:18}{'median':>9}{'p95':>9}{'req/s':>9}{'× floor':>9}  target")
    below = {**os.environ, "BENCH_DATABASE": place.url}
    with (
        serve("tests.bench.floor:app", below) as (floor_port, _),
        serve("wsgi:app", place.environment) as (port, pid),
    ):
        hello, fifty = (
            partial(Browser(floor_port).raw, "GET", address) for address in ("/hello", "/rows")
        )
        for page in ("hello", "rows"):
            ask = partial(open_page, f"/{page}")
            tell(f"floor: {page}", speed_of(partial(Browser, floor_port), ask, fifty))
        print_memory(pid, "at first", place, name)
        for page in PAGES:
            if arguments.only and arguments.only not in page.name:
                continue
            if page is FIRST_FILE:
                print_memory(pid, "after the pages", place, name)
            one(page, place, name, port, hello if page.hellos else fifty, speed_of)
        print_memory(pid, "after all", place, name)
        print_weight(port, place, name)
        if (arguments.only or "") in EXPORTS and place.size == "L":
            run_exports(port, place, name)


def run_exports(port, place, server):
    """What is too long for a page."""
    first = Browser(port).sign_in(ADMIN, place.password)
    other = like(first)
    exports.work(place).wait()  # what waits from before, the night among it
    rest = statistics.median(timed(lambda: other.raw("GET", "/")) for _ in range(20))
    limit, rested = round(exports.SLOWER * rest), f"ms, {rest:.0f} at rest"
    report = exports.begin(first)

    def page_of(name, action):
        seconds, meanwhile = exports.seconds_of(action, other)
        verdict(f"{name}, s", seconds, exports.SECONDS, "", place.size, server)
        verdict("  board meanwhile", meanwhile, limit, rested, place.size, server)

    page_of("draft of all groups", partial(first.ask, "GET", report))
    for kind in exports.FORMATS:
        made = exports.made(first, other, place, report, kind)
        name = f"{kind.upper()} of all groups"
        note = f"{made.worked:.0f} s of them work; {made.kilobytes:,.0f} kB"
        verdict(f"{name}, s", made.seconds, exports.SECONDS, note, place.size, server)
        verdict(f"{name}, MB", made.megabytes, exports.MEGABYTES, "", place.size, server)
        verdict("  board meanwhile", made.meanwhile, limit, rested, place.size, server)
    page_of("its submission", partial(first.ask, "POST", f"{report}/submit", {}))


def run_chains(arguments):
    """What a moved date pushes, on a set of its own."""
    pages = [page for page in chains.CASCADES if (arguments.only or "") in page.name]
    if not pages:
        return
    speed_of = partial(measure, number=arguments.requests, seconds=arguments.seconds)
    with chains.place(arguments.seed) as place:
        print(f"\n{place.size}: {chains.MILESTONES:,} milestones that wait for one another")
        for name in arguments.server:
            below = {**os.environ, "BENCH_DATABASE": place.url}
            with (
                SERVERS[name]("tests.bench.floor:app", below) as (floor_port, _),
                SERVERS[name]("wsgi:app", place.environment) as (port, _),
            ):
                fifty = partial(Browser(floor_port).raw, "GET", "/rows")
                for page in pages:
                    one(page, place, name, port, fifty, speed_of)


def open_page(address, browser, _n):
    browser.raw("GET", address)


def print_memory(pid, moment, place, server):
    files = megabytes(pid, "Pss_File")
    name = f"memory {moment}"
    verdict(name, megabytes(pid), MOST_MEMORY, f"{files:.0f} MB of it files", place.size, server)


def one(page, place, server, port, floor, speed_of):
    """Measure one page; a missing one is said and left out."""
    email = ADMIN if page.who == "admin" else place.worker
    try:
        first = Browser(port).sign_in(email, place.password)
        action = page.prepare(first, place)
        speed = speed_of(partial(like, first), action, floor)
    except (MissingError, OSError) as error:
        print(f"  {page.name:18}  missing: {error}")
        missed.append(f"{page.name} ({place.size}, {server})")
        return
    medians[place.size, server, page.name] = speed.median
    if page.floors:
        good = speed.times <= page.floors
        tell(page.name, speed, f"≤ {page.floors:g} ×", good, place, server)
    elif page.hellos:
        good = speed.times <= page.hellos
        tell(page.name, speed, f"≤ {page.hellos:g} × hello", good, place, server)
    elif page.milliseconds:
        good = speed.median <= page.milliseconds
        tell(page.name, speed, f"≤ {page.milliseconds:g} ms", good, place, server)
    else:
        tell(page.name, speed)


def like(first):
    """Another window of the same person: a connection of its own, the same session."""
    browser = Browser(first.port)
    browser.cookies, browser.token = dict(first.cookies), first.token
    return browser


def tell(name, speed, target="", good=None, place=None, server=""):
    times = f"{speed.times:9.1f}"
    mark = "" if good is None else ("✓" if good else "✗")
    print(
        f"  {name:18}{speed.median:9.2f}{speed.p95:9.2f}{speed.rate:9.0f}{times}  {target} {mark}",
        flush=True,
    )
    if good is False:
        missed.append(f"{name} ({place.size}, {server})")


def verdict(name, value, limit, note, size, server):
    good = value <= limit
    print(f"  {name:26}{value:9,.0f}  (≤ {limit:,} {'✓' if good else '✗'})  {note}")
    if not good:
        missed.append(f"{name} ({size}, {server})")


def print_weight(port, place, server):
    try:
        (first, requests), (later, again) = weight.loads(port, ADMIN, place.password)
    except (MissingError, OSError) as error:
        print(f"  loads              missing: {error}")
        return
    size = place.size
    verdict("first load, bytes", first, FIRST, "", size, server)
    verdict("first, requests", requests, FIRST_REQUESTS, "", size, server)
    verdict("later load, bytes", later, LATER, f"{again} requests", size, server)


def print_growth(arguments):
    """From the smallest size to the largest."""
    if len(arguments.size) < 2:
        return
    small, large = arguments.size[0], arguments.size[-1]
    print(f"\nGrowth from {small} to {large} (pages other than the board: < {GROWTH} ×)")
    for server in arguments.server:
        for page in PAGES:
            before, after = (medians.get((size, server, page.name)) for size in (small, large))
            if not before or not after:
                continue
            times, bound = after / before, page.grows and page.floors is not None
            mark = "" if not bound else ("✓" if times < GROWTH else "✗")
            print(f"  {server:10}{page.name:18}{times:6.2f} × {mark}")
            if mark == "✗":
                missed.append(f"growth of {page.name} ({server})")


if __name__ == "__main__":
    main()
