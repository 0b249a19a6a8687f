"""The project's own files, read once, for the tests that hold the house rules."""

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "tracker"
TEMPLATES = ROOT / "templates"
STATIC = ROOT / "static"


@cache
def text(path):
    return path.read_text("utf-8")


@cache
def lines(path):
    return text(path).splitlines()


@cache
def tree(path):
    return ast.parse(text(path), filename=str(path))


def name(path):
    return path.relative_to(ROOT).as_posix()


def python(folder=PACKAGE):
    """Our modules; migrations follow rules of their own."""
    return [path for path in sorted(folder.rglob("*.py")) if "migrations" not in path.parts]


def templates(pattern="*.html"):
    return sorted(TEMPLATES.rglob(pattern))


def stylesheets():
    return sorted((STATIC / "css").glob("*.css"))


def scripts():
    return sorted((STATIC / "js").glob("*.js"))


@cache
def committed():
    """Every file git knows or would take, as text where it is text."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:  # an unpacked archive has no git
        return [*python(), *templates(), *stylesheets(), *scripts()]
    return [path for line in listed.stdout.splitlines() if (path := ROOT / line).is_file()]
