"""Fetches the scripts and fonts we ship, cuts the fonts to what Vietnamese and English need.

Run by `make vendor`; the results are committed, so nobody else needs npm. A new version means a
new line in PACKAGES with the checksum of its archive.
"""

import hashlib
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path
from typing import NamedTuple

from fontTools.feaLib.builder import addOpenTypeFeaturesFromString
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

ROOT = Path(__file__).parents[1]
HTMX = ROOT / "static/vendor/htmx.org@4.0.1"
UI_FONTS = ROOT / "static/fonts"
PAPER_FONTS = ROOT / "tracker/exports/fonts"
AXE = ROOT / "tests/vendor"


class Package(NamedTuple):
    name: str
    version: str
    sha256: str
    licence: str


PACKAGES = {
    "htmx": Package(
        "htmx.org",
        "4.0.1",
        "5fba65616ca148a86d377e9771bcada7f35faee3558651feb929eea425e13b3c",
        "0BSD",
    ),
    "axe": Package(
        "axe-core",
        "4.14.1",
        "e6b0ce02b84d892e2e33e403485e7f3d6c29e2be6df65daf44d89ba564139745",
        "MPL-2.0 (tests only, not in the wheel)",
    ),
    "ui": Package(
        "@expo-google-fonts/be-vietnam-pro",
        "0.4.1",
        "574b6af45c7d7ece6f22fd5e6b26652d86681a3d34a8b0e7c488880148e8edaa",
        "OFL-1.1",
    ),
    "paper": Package(
        "@expo-google-fonts/tinos",
        "0.4.2",
        "5ebc8f9f3ee14e9425b1a14391c713f8228be49a9127a21f60b06c482f4a844a",
        "OFL-1.1",
    ),
}
# Three weights: each costs every first visitor 14 kB and a request.
UI_WEIGHTS = {
    400: "400Regular/BeVietnamPro_400Regular",
    500: "500Medium/BeVietnamPro_500Medium",
    600: "600SemiBold/BeVietnamPro_600SemiBold",
}
PAPER_FACES = {
    "Tinos-Regular": "400Regular/Tinos_400Regular",
    "Tinos-Italic": "400Regular_Italic/Tinos_400Regular_Italic",
    "Tinos-Bold": "700Bold/Tinos_700Bold",
    "Tinos-BoldItalic": "700Bold_Italic/Tinos_700Bold_Italic",
}

VIETNAMESE = "ĂăÂâĐđÊêĨĩÔôƠơŨũƯư" + "".join(map(chr, range(0x1EA0, 0x1EFA)))
COMBINING = "\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323"
SCREEN = (
    "".join(map(chr, [*range(0x20, 0x7F), *range(0xA0, 0x100)]))
    + VIETNAMESE
    + COMBINING
    + "–—‘’“”„†•…‰‹›€™−≈≠≤≥₫"
)
PAPER = (
    SCREEN
    + "".join(map(chr, range(0x100, 0x180)))
    + "←↑→↓↔■□▪▲►▼◊○●◦◌αβγδεμπσΔΣΩ√∞∑∫№ℓ⅓⅔⅛¼½¾×÷\u2002\u2003\u2009\u202f\u2010\u2011"
)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        at = {key: fetch(package, Path(folder, key)) for key, package in PACKAGES.items()}
        copy(at["htmx"] / "dist/htmx.min.js", HTMX / "htmx.min.js")
        copy(at["htmx"] / "LICENSE", HTMX / "LICENSE")
        copy(at["axe"] / "axe.min.js", AXE / "axe.min.js")
        copy(at["axe"] / "LICENSE", AXE / "axe.LICENSE")
        for weight, source in UI_WEIGHTS.items():
            make_screen_font(
                at["ui"] / f"{source}.ttf", UI_FONTS / f"be-vietnam-pro-{weight}.woff2"
            )
        copy(at["ui"] / "LICENSE_FONT", UI_FONTS / "OFL.txt")
        for name, source in PAPER_FACES.items():
            make_paper_font(at["paper"] / f"{source}.ttf", PAPER_FONTS / f"{name}.ttf")
        copy(at["paper"] / "LICENSE_FONT", PAPER_FONTS / "OFL.txt")
    (ROOT / "VENDOR.md").write_text(inventory(), encoding="utf-8")


def fetch(package: Package, folder: Path) -> Path:
    """Unpack the package there; another archive than the one we looked at is refused."""
    folder.mkdir()
    wanted = f"{package.name}@{package.version}"
    subprocess.run(
        ["npm", "pack", "--silent", wanted], cwd=folder, check=True, stdout=subprocess.DEVNULL
    )
    (archive,) = folder.glob("*.tgz")
    found = hashlib.sha256(archive.read_bytes()).hexdigest()
    if found != package.sha256:
        raise SystemExit(f"{wanted}: sha256 is {found}, not {package.sha256}")
    with tarfile.open(archive) as packed:
        packed.extractall(folder, filter="data")
    return folder / "package"


def copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def make_screen_font(source: Path, target: Path) -> None:
    font = cut(source, SCREEN, features=["kern", "mark", "mkmk"])
    add_tabular_digits(font)
    font.flavor = "woff2"
    save(font, target)


def make_paper_font(source: Path, target: Path) -> None:
    save(cut(source, PAPER, features=["kern", "mark", "mkmk", "ccmp", "locl"]), target)


def cut(source: Path, letters: str, *, features: list[str]) -> TTFont:
    options = Options(layout_features=features, hinting=False, name_IDs=["*"], notdef_outline=True)
    font = TTFont(source, recalcTimestamp=False)
    subsetter = Subsetter(options)
    subsetter.populate(text=letters)
    subsetter.subset(font)
    return font


def add_tabular_digits(font: TTFont) -> None:
    """Give the face what it lacks: digits of one width, for columns, behind the feature `tnum`."""
    names = [font.getBestCmap()[ord(digit)] for digit in "0123456789"]
    width = max(font["hmtx"][name][0] for name in names)
    glyphs = font.getGlyphSet()
    for name in names:
        advance, bearing = font["hmtx"][name]
        shift = (width - advance) // 2
        outline, pen = DecomposingRecordingPen(glyphs), TTGlyphPen(None)
        glyphs[name].draw(outline)
        outline.replay(TransformPen(pen, (1, 0, 0, 1, shift, 0)))
        font["glyf"][f"{name}.tnum"] = pen.glyph()
        font["hmtx"][f"{name}.tnum"] = (width, bearing + shift)
    tabular = " ".join(f"{name}.tnum" for name in names)
    rule = f"feature tnum {{ sub [{' '.join(names)}] by [{tabular}]; }} tnum;"
    languages = "languagesystem DFLT dflt; languagesystem latn dflt;"
    addOpenTypeFeaturesFromString(font, f"{languages} {rule}", tables=["GSUB"])


def save(font: TTFont, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    font.save(target)


def inventory() -> str:
    lines = [
        "# Vendored files",
        "",
        "Written by `make vendor` (`.ci/vendor.py`); do not edit.",
        "Each licence lies beside its files.",
        "",
        "| package | version | licence | sha256 of the archive |",
        "|---|---|---|---|",
        *(f"| {p.name} | {p.version} | {p.licence} | `{p.sha256}` |" for p in PACKAGES.values()),
        "",
        "The fonts are modified: cut to the letters of Vietnamese and English, without hints;",
        "Be Vietnam Pro got digits of one width (OpenType feature `tnum`).",
        "Neither has a reserved font name.",
        "",
        "| file | bytes | sha256 |",
        "|---|---|---|",
    ]
    for folder in (HTMX, UI_FONTS, PAPER_FONTS, AXE):
        for path in sorted(folder.iterdir()):
            content = path.read_bytes()
            name = path.relative_to(ROOT).as_posix()
            lines.append(f"| {name} | {len(content)} | `{hashlib.sha256(content).hexdigest()}` |")
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    main()
