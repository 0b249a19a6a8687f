"""A browser of the plainest kind: one connection kept open, cookies, forms, gzip."""

import gzip
import http.client
import re
import statistics
import threading
import time
from dataclasses import dataclass
from urllib.parse import urlencode

HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}


class MissingError(Exception):
    """The page is not there (yet), or refuses."""


@dataclass(frozen=True)
class Answer:
    status: int
    headers: http.client.HTTPMessage
    wire: int
    body: bytes

    @property
    def text(self):
        return self.body.decode("utf-8", "replace")


class Browser:
    def __init__(self, port):
        self.port = port
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self.cookies = {}
        self.token = ""

    def ask(self, method, path, form=None, **headers):
        answer = self._send(method, path, form, headers)
        if answer.status >= 400:
            raise MissingError(f"{method} {path} answers {answer.status}")
        return answer

    def raw(self, method, path, form=None, **headers):
        """As quick as a client can be: the body is read, nothing else is done with it."""
        self._request(method, path, form, headers)
        response = self.connection.getresponse()
        response.read()
        if response.status >= 400:
            raise MissingError(f"{method} {path} answers {response.status}")

    def _send(self, method, path, form, headers):
        self._request(method, path, form, headers)
        response = self.connection.getresponse()
        wire = response.read()
        for cookie in response.headers.get_all("Set-Cookie", []):
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        body = gzip.decompress(wire) if response.headers["Content-Encoding"] == "gzip" else wire
        return Answer(response.status, response.headers, len(wire), body)

    def _request(self, method, path, form, headers):
        headers = {"Accept-Encoding": "gzip", **headers}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
        body = None
        if form is not None:
            body = urlencode(form).encode()
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers["X-CSRFToken"] = self.token
        try:
            self.connection.request(method, path, body, headers)
        except (OSError, http.client.HTTPException):
            self.connection.close()
            self.connection.request(method, path, body, headers)

    def sign_in(self, email, password):
        page = self.ask("GET", "/sign-in").text
        self.token = token_in(page)
        form = {"csrf_token": self.token, "email": email, "password": password}
        answer = self._send("POST", "/sign-in", form, {})
        if answer.status != 303:
            raise MissingError(f"{email} cannot sign in ({answer.status})")
        self.token = token_in(self.ask("GET", answer.headers["Location"]).text) or self.token
        return self


def token_in(page):
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page) or re.search(
        r"X-CSRFToken(?:&#34;|\"|&quot;)\s*:\s*(?:&#34;|\"|&quot;)([^\"&]+)", page
    )
    return found[1] if found else ""


@dataclass(frozen=True)
class Speed:
    """Milliseconds of one client, requests a second of eight, and the floor in the same minute."""

    median: float
    p95: float
    rate: float
    floor: float

    @property
    def times(self):
        return self.median / self.floor


def measure(make_browser, action, floor, *, number, seconds, clients=8):
    """`action(browser, n)` is one request; the first ones warm up and are not counted.

    The floor is asked in turn with it, so that a busy moment of the machine slows both.
    """
    browser = make_browser()
    for n in range(-10, 0):
        action(browser, n)
        floor()
    times, floors = [], []
    for n in range(number):
        times.append(timed(lambda n=n: action(browser, n)))
        floors.append(timed(floor))
    rate = together([make_browser() for _ in range(clients)], action, seconds)
    return Speed(
        statistics.median(times),
        statistics.quantiles(times, n=20)[-1],
        rate,
        statistics.median(floors),
    )


def timed(action):
    began = time.perf_counter()
    action()
    return (time.perf_counter() - began) * 1000


def together(browsers, action, seconds):
    """Requests a second when they all ask at once."""
    counts, failures = [0] * len(browsers), []
    end = time.perf_counter() + seconds

    def work(which):
        try:
            n = 0
            while time.perf_counter() < end:
                action(browsers[which], 1000 + which * 31 + n)
                n += 1
                counts[which] += 1
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(which,)) for which in range(len(browsers))]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    return sum(counts) / (time.perf_counter() - began)
