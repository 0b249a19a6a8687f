"""Compiles the message catalogues while the wheel, or the editable install, is made."""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileCatalogues(BuildHookInterface[Any]):
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        for source in Path(self.root, "tracker", "translations").rglob("*.po"):
            compile_catalogue(source)


def compile_catalogue(source: Path) -> None:
    locale = source.parents[1].name
    with source.open("rb") as po, source.with_suffix(".mo").open("wb") as mo:
        write_mo(mo, read_po(po, locale=locale))
