"""The rules of the house that no linter knows; see docs/architecture.md."""

import ast
import enum
import importlib
import re

import pytest

from tests import source
from tracker import words

DOORS = {"routes", "cli", "jobs"}
# Modules whose only test is that everything else works.
UNMIRRORED = {"tracker/app.py", "tracker/extensions.py", "tracker/errors.py"}
MACHINE_PATH = re.compile(r"(?<![\w/.])/(?:work|root|home/\w+|Users/\w+)/|(?<!\w)[A-Z]:\\Users\\")
REGISTRY = re.compile(
    r"--(?:extra-)?index-url|--find-links|--trusted-host|^\s*-[if]\s", re.MULTILINE
)
WITH_ADDRESSES = {"README.md", "VENDOR.md"}


def calls(path, method, of=""):
    """Line numbers where something's `method()` is called; of something whose name ends so."""
    return [
        node.lineno
        for node in ast.walk(source.tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == method
        and ast.unparse(node.func.value).endswith(of)
    ]


def room(path):
    return path.relative_to(source.PACKAGE).parts[0]


def test_only_doors_commit():
    below = [path for path in source.python() if room(path) not in DOORS]

    assert [f"{source.name(p)}:{line}" for p in below for line in calls(p, "commit")] == []


def test_every_flush_says_why():
    silent = [
        f"{source.name(path)}:{number}"
        for path in source.python()
        for number in calls(path, "flush", of="session")
        if not any("#" in line for line in source.lines(path)[max(0, number - 2) : number])
    ]

    assert silent == []


def test_every_module_opens_with_a_sentence():
    silent = [
        source.name(path)
        for path in source.python()
        if source.tree(path).body and not ast.get_docstring(source.tree(path))
    ]

    assert silent == []


def test_every_module_with_code_has_its_test():
    """`tracker/services/tasks.py` has `tests/services/test_tasks.py`."""
    missing = [
        source.name(path)
        for path in source.python()
        if has_code(path) and source.name(path) not in UNMIRRORED and not mirrored(path)
    ]

    assert missing == []


def has_code(path):
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return any(isinstance(node, kinds) for node in ast.walk(source.tree(path)))


def mirrored(path):
    """In its own file, or in the one of the package it is a part of."""
    inside = path.relative_to(source.PACKAGE).with_suffix("")
    if inside.name == "__init__":
        inside = inside.parent
    tests = source.ROOT / "tests"
    own = tests / inside.parent / f"test_{inside.name}.py"
    of_package = tests / inside.parent.parent / f"test_{inside.parent.name}.py"
    return own.exists() or (len(inside.parts) > 1 and of_package.exists())


def enums():
    models = importlib.import_module("tracker.models.enums")
    found = [thing for thing in vars(models).values() if isinstance(thing, enum.EnumType)]
    return [thing for thing in found if thing.__module__ == models.__name__]


@pytest.mark.parametrize("kind", enums(), ids=lambda kind: kind.__name__)
def test_every_member_of_an_enum_has_a_label(kind):
    assert [m for m in kind if f"{kind.__name__}.{m.value}" not in words.LABELS] == []


def raised_codes():
    """The codes in `raise RuleViolationError("code", …)` and the like, with their places."""
    errors = {"NotAllowedError", "RuleViolationError"}
    return {
        node.args[0].value: f"{source.name(path)}:{node.lineno}"
        for path in source.python()
        for node in ast.walk(source.tree(path))
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", getattr(node.func, "attr", "")) in errors
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }


def test_every_error_code_has_a_sentence():
    assert {c: at for c, at in raised_codes().items() if c not in words.SENTENCES} == {}


def text_files():
    kinds = {
        ".py",
        ".md",
        ".html",
        ".css",
        ".js",
        ".toml",
        ".cfg",
        ".lock",
        ".txt",
        ".po",
        ".json",
        "",
    }
    return [
        path
        for path in source.committed()
        if path.suffix in kinds
        and "vendor" not in path.parts
        and path.name != "test_architecture.py"
    ]


def test_no_file_names_a_path_of_a_machine():
    named = [
        f"{source.name(path)}:{number}: {line.strip()[:80]}"
        for path in text_files()
        for number, line in enumerate(source.lines(path), start=1)
        if MACHINE_PATH.search(line)
    ]

    assert named == []


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_names_no_registry_and_no_local_version(lock):
    content = source.text(source.ROOT / lock)

    assert REGISTRY.findall(content) == []
    assert re.findall(r"\w+://\S+", content) == []
    assert re.findall(r"^\S+==\S+\+\S+", content, re.MULTILINE) == []


def test_both_locks_agree_and_hold_the_build_backend():
    runtime, dev = (pins(name) for name in ("requirements.lock", "requirements-dev.lock"))

    assert {name: pin for name, pin in runtime.items() if dev.get(name) != pin} == {}
    assert {"hatchling", "editables", "babel"} <= runtime.keys()


def pins(lock):
    return dict(re.findall(r"^([\w.-]+)(==\S+)", source.text(source.ROOT / lock), re.MULTILINE))
