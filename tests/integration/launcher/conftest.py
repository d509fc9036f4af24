"""Folders and children for the launcher's own tests."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from rasso.launcher.process import Children


@pytest.fixture
def room() -> Iterator[Path]:
    """A folder with a short path that other users may pass through."""
    folder = Path(tempfile.mkdtemp(prefix="rasso-test-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def children(room: Path) -> Iterator[Children]:
    """Children that are stopped whatever happens."""
    started = Children(room / "run")
    yield started
    started.stop_all()
