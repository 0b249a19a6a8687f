"""Programs of poppler and qpdf, which read our files as other people's readers do."""

import shutil
import subprocess

import pytest

from tests.conftest import missing

PACKAGES = {"qpdf": "qpdf"}


@pytest.fixture(scope="session")
def run():
    """`run("pdfinfo", "-struct", path)` gives what the program says."""

    def say(name, *arguments):
        program = shutil.which(name)
        if program is None:
            missing(f"{name} is missing: apt-get install {PACKAGES.get(name, 'poppler-utils')}")
        done = subprocess.run(
            [program, *map(str, arguments)], check=True, capture_output=True, timeout=60
        )
        return done.stdout.decode(errors="replace")

    return say
