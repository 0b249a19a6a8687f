"""Takes the pictures of README and the guide from a demo of its own, in both languages.

Run by `make screenshots`; the pictures are committed. Needs Chromium and pdftoppm (poppler-utils).
"""

import base64
import os
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import time
import urllib.request
import zlib
from collections import Counter
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from playwright.sync_api import sync_playwright

PICTURES = Path(__file__).parents[1] / "docs/img"
TRACKER = Path(sys.executable).with_name("tracker")
PASSWORD = "only-for-pictures-2026"
DESKTOP = {"viewport": {"width": 1280, "height": 860}}
PHONE = {
    "viewport": {"width": 360, "height": 740},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}
PIXELS = """async url => {
  const image = Object.assign(new Image(), {src: url});
  await image.decode();
  const canvas = new OffscreenCanvas(image.width, image.height).getContext("2d");
  canvas.drawImage(image, 0, 0);
  const bytes = canvas.getImageData(0, 0, image.width, image.height).data;
  const text = [];
  for (let at = 0; at < bytes.length; at += 32768)
    text.push(String.fromCharCode(...bytes.subarray(at, at + 32768)));
  return [image.width, image.height, btoa(text.join(""))];
}"""

# ---------------------------------------------------------------- the demo and its people


@contextmanager
def demo():
    """A demo of its own, served on a free port; yields its address."""
    with tempfile.TemporaryDirectory() as folder, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        env = {**os.environ, "DATA_DIR": folder, "PORT": str(port), "HOST": "127.0.0.1"}
        env |= {"DEMO_PASSWORD": PASSWORD}
        env.pop("DATABASE_URL", None)
        for command in (["db", "upgrade"], ["demo", "load"]):
            subprocess.run([TRACKER, *command], env=env, check=True, stdout=subprocess.DEVNULL)
        server = subprocess.Popen([TRACKER, "serve", "--no-worker"], env=env)
        try:
            wait_for(f"http://127.0.0.1:{port}/readyz")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait()


def wait_for(address):
    for _ in range(120):
        try:
            urllib.request.urlopen(address, timeout=1).close()
        except OSError:
            time.sleep(0.5)
        else:
            return
    raise SystemExit(f"{address} does not answer")


class Pictures:
    """One language: its people in the browser, and where their pictures go."""

    def __init__(self, browser, address, language):
        self.browser, self.address, self.language = browser, address, language
        self.people = {}

    def person(self, name, screen=DESKTOP):
        """The page of somebody who is signed in, in our language."""
        if name not in self.people:
            page = self.browser.new_context(
                base_url=self.address, timezone_id="Asia/Ho_Chi_Minh", **screen
            ).new_page()
            page.goto("/sign-in")
            page.fill("[name=email]", f"{name}@demo.test")
            page.fill("[name=password]", PASSWORD)
            page.press("[name=password]", "Enter")
            page.wait_for_url(lambda url: "/sign-in" not in url)
            choice = page.locator(f"button[name=language][value={self.language}]").first
            with page.expect_navigation():
                choice.evaluate("button => button.form.requestSubmit(button)")
            self.people[name] = page
        return self.people[name]

    def keep(self, name, content):
        """Write a picture, with few colours that it may be small."""
        ending = "" if self.language == "vi" else f".{self.language}"
        page = next(iter(self.people.values()))
        url = f"data:image/png;base64,{base64.b64encode(content).decode()}"
        width, height, data = page.evaluate(PIXELS, url)
        path = PICTURES / f"{name}{ending}.png"
        path.write_bytes(png(width, height, base64.b64decode(data)))
        print(f"{path.name}: {width} × {height}, {path.stat().st_size // 1024} kB")

    def take(self, name, page, **area):
        """Take what is to be seen, once nothing moves any more."""
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(700)
        self.keep(name, page.screenshot(animations="disabled", **area))


# ---------------------------------------------------------------- what is on the pictures


def top(height):
    """The upper part of a page."""
    return {"x": 0, "y": 0, "width": DESKTOP["viewport"]["width"], "height": height}


def board(pictures):
    page = pictures.person("director")
    page.goto("/")
    rows = page.locator("#board-matrix").bounding_box()
    below = rows["y"] + rows["height"] + 16
    pictures.take("board", page, full_page=True, clip=top(below))


def past(pictures):
    """The board as it stood five weeks ago, and what had changed in the eight weeks before."""
    day = datetime.now(UTC) - timedelta(days=35)
    page = pictures.person("director")
    page.goto(f"/?as_of={day:%Y-%m-%d}&since={day - timedelta(days=56):%Y-%m-%d}")
    pictures.take("board-past", page, clip=top(640))
    box = page.locator("#board-changes").bounding_box()
    pictures.take("changes", page, full_page=True, clip=box)


def workstream(pictures):
    page = pictures.person("lead.hal")
    page.goto("/groups/HAL/metrology")
    page.click("#task-HAL-47-link")
    page.wait_for_selector("#drawer article")
    pictures.take("workstream", page)


def kanban(pictures):
    page = pictures.person("lead.hal")
    page.goto("/groups/HAL/conformity-assessment/kanban")
    pictures.take("kanban", page, clip=top(760))


def timeline(pictures):
    page = pictures.person("lead.hal")
    page.goto("/groups/HAL/timeline")
    pictures.take("timeline", page, full_page=True, clip=top(1100))
    trend, burn_up = (page.locator(f"#{name}").bounding_box() for name in ("trend", "burn-up"))
    box = trend | {"width": burn_up["x"] + burn_up["width"] - trend["x"]}
    box["height"] = max(trend["height"], burn_up["height"])
    pictures.take("outlook", page, full_page=True, clip=box)


def pushes(pictures):
    """A milestone is dragged along the axis; what waits for it would follow."""
    page = pictures.person("lead.hal")
    page.set_viewport_size({"width": 1280, "height": 1100})
    page.goto("/groups/HAL/timeline")
    mark = page.locator("[data-moves=HAL-M2] path").bounding_box()
    x, y = mark["x"] + mark["width"] / 2, mark["y"] + mark["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 80, y, steps=6)
    page.mouse.up()
    # A month later, by its chip: a date field would be written as this browser's locale has it.
    page.locator("#drawer .chip").nth(2).click()
    page.wait_for_selector("#drawer .pushes__list")
    pictures.take("pushes", page)
    page.set_viewport_size(DESKTOP["viewport"])


def requests(pictures):
    page = pictures.person("lead.hal")
    page.goto("/groups/HAL/extensions")
    pictures.take("requests", page, full_page=True, clip=top(870))


def slips(pictures):
    page = pictures.person("lead.hal")
    page.goto("/groups/HAL/slips")
    pictures.take("slips", page, full_page=True, clip=top(1202))


def comparison(pictures):
    page = pictures.person("lead.hal")
    page.goto("/groups/HAL/baselines/compare")
    pictures.take("comparison", page, full_page=True, clip=top(938))


def readiness(pictures):
    page = pictures.person("lead.hal")
    page.goto("/groups/HAL/readiness")
    pictures.take("readiness", page, clip=top(800))


def deliverable(pictures):
    page = pictures.person("lead.hal")
    page.goto("/deliverables/HAL-D1")
    pictures.take("deliverable", page, clip=top(720))


def calendar(pictures):
    page = pictures.person("director")
    page.goto("/calendar")
    pictures.take("calendar", page, full_page=True, clip=top(978))


def recurrence(pictures):
    page = pictures.person("lead.ghg")
    page.goto("/groups/GHG/recurrences/1")
    pictures.take("recurrence", page, clip=top(612))
    page.goto("/groups/GHG/recurrences/1/edit")
    form = page.locator("form").filter(has=page.locator("[name=title]")).bounding_box()
    pictures.take("recurrence-form", page, full_page=True, clip=form)


def my_work(pictures):
    page = pictures.person("member.hal", PHONE)
    page.goto("/my")
    pictures.take("my-work", page)
    page.tap("#task-HAL-32-todo-move")
    page.wait_for_timeout(300)
    page.locator("#task-HAL-32-todo").evaluate("card => card.scrollIntoView()")
    page.evaluate("scrollBy(0, -12)")
    pictures.take("move-date", page)


def check_in(pictures):
    page = pictures.person("lead.sol", PHONE)
    page.goto("/check-in")
    pictures.take("check-in", page)


def declared(pictures):
    page = pictures.person("director")
    page.goto("/groups/GHG/metrology/health")
    pictures.take("declared", page, clip=top(760))


def decision(pictures):
    page = pictures.person("director")
    page.goto("/decisions")
    page.locator("main a[href*='/decisions/HAL-']").first.click()
    page.wait_for_selector("[name=text]")
    pictures.take("decision", page)


def directives(pictures):
    page = pictures.person("director")
    page.goto("/directives")
    pictures.take("directives", page)


def risks(pictures):
    page = pictures.person("director")
    page.goto("/risks")
    pictures.take("risks", page)


def minutes(pictures):
    page = pictures.person("director")
    page.goto("/meetings/7/minutes")
    pictures.take("minutes", page, full_page=True, clip=top(1000))


def review(pictures):
    """The next meeting on a projector, in the dark."""
    page = pictures.person("director")
    page.emulate_media(color_scheme="dark")
    page.goto("/meetings/now")
    start = page.locator("form[action$='/start'] button")
    if start.count():
        start.click()
        page.wait_for_url("**/review*")
    pictures.take("review", page)
    page.emulate_media(color_scheme="light")


def conflict(pictures):
    """The lead saves what the secretary has changed meanwhile."""
    theirs, ours = {
        "vi": ("Biên bản đánh giá tại chỗ", "Báo cáo đánh giá, bản cuối"),
        "en": ("Minutes of the site visit", "Report of the site visit"),
    }[pictures.language]
    lead, secretary = pictures.person("lead.hal"), pictures.person("secretary.hal")
    lead.goto("/tasks/HAL-48/edit")
    secretary.goto("/tasks/HAL-48/edit")
    for page, typed in ((secretary, theirs), (lead, ours)):
        page.fill("[name=result]", typed)
        page.click("main form button.button--main")
        page.wait_for_load_state("networkidle")
    box = lead.locator("#conflict").bounding_box()
    pictures.take("conflict", lead, clip=box)


def importing(pictures):
    """A plan that was worked on outside: a new row, a moved date, a near title, a bad date."""
    page = pictures.person("lead.hal")
    moved = f"{datetime.now(UTC) + timedelta(days=40):%d/%m/%Y}"
    page.goto("/groups/HAL/import")
    page.set_input_files("input[type=file]", {
        "name": "ke-hoach-halal.csv",
        "mimeType": "text/csv",
        "buffer": "\n".join((
            "STT,Mã,Nhiệm vụ,Người phụ trách,Thời hạn",
            "I,,Tiêu chuẩn,,",
            f"1,HAL-11,Thẩm định dự thảo TCVN 12944,Trần Văn Bình,{moved}",
            "2,,Dịch sang tiếng Anh dự thảo TCVN 12944 đã soát xét,Đỗ Mai Lan,",
            "3,,Tập huấn áp dụng TCVN Halal cho cơ sở nhỏ,Phan Thành,Quý I/2027",
            "4,,Khảo sát nhu cầu tiêu chuẩn về mỹ phẩm Halal,Phan Thành,31/02/2027",
        )).encode("utf-8-sig"),
    })  # fmt: skip
    page.click("main form button.button--main")
    page.wait_for_url("**/imports/*")
    pictures.take("import", page)


def report(pictures):
    """The draft that came back, with a fact dropped into its text."""
    page = pictures.person("secretary.ghg")
    page.goto("/reports?state=returned")
    page.locator("main a[href^='/reports/']").filter(has_text="2026").first.click()
    page.wait_for_selector("[name=results]")
    page.fill(
        "[name=results]",
        "Tổ đã hoàn thành [[hoàn thành]] trong [[tổng số]] nhiệm vụ; tình trạng kiểm kê:"
        " [[Đo lường: tình trạng]]. Hiệu chuẩn thiết bị đo chậm do chờ phòng thử nghiệm.",
    )
    page.click("h1")  # leaving the field saves it
    page.wait_for_load_state("networkidle")
    pictures.take("report-life", page, clip=top(620))
    page.locator("#box-results, [name=results]").first.evaluate("box => box.scrollIntoView()")
    page.evaluate("scrollBy(0, -90)")
    pictures.take("report", page)


def register(pictures):
    page = pictures.person("director")
    page.goto("/reports/due")
    pictures.take("reports-due", page, clip=top(700))
    page.goto("/reports")
    pictures.take("report-register", page)
    page.goto("/reports?state=issued&group=HAL")
    address = page.locator("main a[href*='/pdf']").first.get_attribute("href").split("?")[0]
    paper = page.request.get(f"{address}?lang={pictures.language}")
    pictures.keep("report-paper", first_page(paper.body()))


def first_page(pdf):
    command = ["pdftoppm", "-png", "-r", "75", "-singlefile", "-"]
    return subprocess.run(command, input=pdf, check=True, capture_output=True).stdout


# ---------------------------------------------------------------- small files


def png(width, height, pixels):
    """A PNG with a palette: the 256 most frequent colours, every other one as its nearest."""
    colours = [pixels[at : at + 3] for at in range(0, len(pixels), 4)]
    rough = {colour: bytes(part & 0xF8 for part in colour) for colour in set(colours)}
    counts = Counter(colours)
    common = {}
    for colour, _ in counts.most_common():
        common.setdefault(rough[colour], colour)
    weight = Counter()
    for colour, number in counts.items():
        weight[rough[colour]] += number
    palette = [common[group] for group, _ in weight.most_common(256)]
    index = {colour: nearest(colour, palette) for colour in counts}
    rows = bytes(map(index.__getitem__, colours))
    lines = b"".join(b"\0" + rows[y * width : (y + 1) * width] for y in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    parts = ((b"IHDR", header), (b"PLTE", b"".join(palette)), (b"IDAT", zlib.compress(lines, 9)))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*part) for part in (*parts, (b"IEND", b"")))


def nearest(colour, palette):
    red, green, blue = colour
    return min(
        range(len(palette)),
        key=lambda at: (
            (palette[at][0] - red) ** 2
            + (palette[at][1] - green) ** 2
            + (palette[at][2] - blue) ** 2
        ),
    )


def chunk(name, content):
    checksum = zlib.crc32(name + content)
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", checksum)


def main():
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
    if not chromium or not shutil.which("pdftoppm"):
        raise SystemExit("Chromium or pdftoppm is missing: apt-get install chromium poppler-utils")
    flags = ["--disable-background-networking", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    PICTURES.mkdir(parents=True, exist_ok=True)
    with demo() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=flags)
        for language in ("vi", "en"):
            pictures = Pictures(browser, address, language)
            for take in (
                board,
                past,
                workstream,
                declared,
                kanban,
                requests,
                slips,
                comparison,
                timeline,
                pushes,
                readiness,
                deliverable,
                calendar,
                recurrence,
                my_work,
                check_in,
                decision,
                directives,
                risks,
                conflict,
                importing,
                report,
                register,
                minutes,
                review,
            ):
                take(pictures)


if __name__ == "__main__":
    main()
