"""Fetch the prebuilt front end files and write them, cleaned, to static/vendor.

Run by hand when a version changes:  python scripts/vendor_assets.py
It needs npm and a package registry; nothing else in the project does. What it
writes is committed, with a checksum for every file in static/vendor/VENDOR.json,
so building, testing and running the service need neither Node nor a network.

Cleaning, in this order, so that the files can be served from our own address
under hashed names and outside GOV.UK:
* comments that point at source maps are removed;
* GDS Transport (licensed for GOV.UK addresses only) is removed: its @font-face
  rules and its place in every font list;
* crests are removed, and every other /assets/ address becomes relative.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

VENDOR = Path(__file__).resolve().parent.parent / "static" / "vendor"

MIT_TEXT = """The MIT License (MIT)

{copyright}

Permission is hereby granted, free of charge, to any person obtaining a copy of
this software and associated documentation files (the "Software"), to deal in
the Software without restriction, including without limitation the rights to
use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies
of the Software, and to permit persons to whom the Software is furnished to do
so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.
"""


@dataclass(frozen=True)
class Package:
    """One npm package: what to take from it and where to put it."""

    name: str
    version: str
    folder: str
    prefix: str
    files: tuple[str, ...]
    copyright: str


PACKAGES = (
    Package(
        name="govuk-frontend",
        version="6.6.0",
        folder="govuk-frontend",
        prefix="package/dist/govuk/",
        files=("govuk-frontend.min.css", "govuk-frontend.min.js"),
        copyright="Copyright (C) 2017 Crown Copyright (Government Digital Service)",
    ),
    Package(
        name="@ministryofjustice/frontend",
        version="11.1.0",
        folder="moj-frontend",
        prefix="package/moj/",
        files=("moj-frontend.min.css", "moj-frontend.min.js"),
        copyright="Copyright (c) 2021 dxw",
    ),
)

SOURCE_MAP = re.compile(r"\s*(?:/\*# sourceMappingURL=[^*]*\*/|//# sourceMappingURL=\S*)\s*")
FONT_FACE = re.compile(r"@font-face\{[^}]*\}")
FONT_NAME = re.compile(r"\"?GDS Transport\"?,")
CREST = re.compile(r"url\([\"']?/assets/[^)]*(?:crest|crown)[^)]*\)")
ASSET = re.compile(r"url\([\"']?/assets/([^)\"']+)[\"']?\)")


def clean(text: str) -> str:
    """Return the text of a css or js file cleaned as the module describes."""
    text = SOURCE_MAP.sub("\n", text)
    text = FONT_FACE.sub("", text)
    text = FONT_NAME.sub("", text)
    text = CREST.sub("none", text)
    return ASSET.sub(r"url(assets/\1)", text)


def assets_of(text: str) -> set[str]:
    """Return the paths, below the package's own folder, that a cleaned css file needs."""
    return set(re.findall(r"url\((assets/[^)]+)\)", text))


def pack(package: Package, into: Path) -> Path:
    """Download one package with npm and return the path of its archive."""
    spec = f"{package.name}@{package.version}"
    npm = shutil.which("npm")
    if npm is None:
        sys.exit("npm is not installed")
    done = subprocess.run(
        [npm, "pack", "--silent", "--ignore-scripts", spec],
        cwd=into,
        check=True,
        capture_output=True,
        text=True,
    )
    return into / done.stdout.split()[-1]


def read_member(archive: tarfile.TarFile, path: str) -> bytes:
    """Return the bytes of one file in the archive, or stop with its name."""
    member = archive.extractfile(path)
    if member is None:
        sys.exit(f"{path} is not a file in the package")
    return member.read()


def unpack(package: Package, archive_path: Path) -> list[Path]:
    """Write the wanted files of one package below static/vendor and return their paths."""
    folder = VENDOR / package.folder
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    written: dict[str, bytes] = {}
    with tarfile.open(archive_path) as archive:
        needed: set[str] = set()
        for name in package.files:
            text = clean(read_member(archive, package.prefix + name).decode())
            written[name] = text.encode()
            if name.endswith(".css"):
                needed |= assets_of(text)
        for name in sorted(needed):
            written[name] = read_member(archive, package.prefix + name)
    written["LICENCE.txt"] = MIT_TEXT.format(copyright=package.copyright).encode()
    for name, content in written.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return [folder / name for name in sorted(written)]


def record(package: Package, paths: list[Path]) -> list[dict[str, str]]:
    """Return the VENDOR.json rows of one package."""
    return [
        {
            "name": package.name,
            "version": package.version,
            "licence": "MIT",
            "file": path.relative_to(VENDOR).as_posix(),
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        }
        for path in paths
    ]


def main() -> None:
    """Fetch, clean and record every package."""
    rows: list[dict[str, str]] = []
    with tempfile.TemporaryDirectory() as temporary:
        for package in PACKAGES:
            archive = pack(package, Path(temporary))
            rows += record(package, unpack(package, archive))
    (VENDOR / "VENDOR.json").write_text(json.dumps(rows, indent=2) + "\n")


if __name__ == "__main__":
    main()
