"""The vendored front end is what was fetched, whole, and refers to nothing that is not ours to serve."""

import hashlib
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
VENDOR = ROOT / "static" / "vendor"
ROWS: list[dict[str, str]] = json.loads((VENDOR / "VENDOR.json").read_text())
TEXTS = [row["file"] for row in ROWS if row["file"].endswith((".css", ".js", ".svg"))]

# Names of XML languages: written like addresses, never fetched.
NAMESPACES = ("http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["file"])
def test_every_file_has_the_checksum_on_record(row: dict[str, str]) -> None:
    assert hashlib.sha256((VENDOR / row["file"]).read_bytes()).hexdigest() == row["sha256"]


def test_every_file_is_on_record_and_every_package_has_its_licence() -> None:
    on_disk = {path.relative_to(VENDOR).as_posix() for path in VENDOR.rglob("*") if path.is_file()}

    assert on_disk == {row["file"] for row in ROWS} | {"VENDOR.json"}
    for folder in {row["file"].split("/")[0] for row in ROWS}:
        assert "Permission is hereby granted" in (VENDOR / folder / "LICENCE.txt").read_text()


@pytest.mark.parametrize("file", TEXTS)
def test_no_file_refers_to_what_is_not_there(file: str) -> None:
    text = (VENDOR / file).read_text()
    folder = (VENDOR / file).parent
    addresses = re.findall(r"url\([\"']?([^)\"']+)", text) if file.endswith(".css") else []

    assert [address for address in addresses if not (folder / address).is_file()] == []
    assert "sourceMappingURL" not in text
    assert "/assets/" not in text.replace("url(assets/", "")


@pytest.mark.parametrize("file", TEXTS)
def test_no_file_brings_a_font_a_crest_or_an_outside_host(file: str) -> None:
    text = (VENDOR / file).read_text()
    for name in NAMESPACES:
        text = text.replace(name, "")

    assert re.findall(r"https?://[^\s\"')]+", text) == []
    assert "@font-face" not in text
    assert "GDS Transport" not in text
    assert re.search(r"(crest|crown)[\w-]*\.(svg|png)", text) is None


def test_no_font_or_crest_is_kept() -> None:
    names = [path.name for path in (ROOT / "static").rglob("*")]

    assert [name for name in names if re.search(r"\.(woff2?|ttf|otf|map)$|crest|crown|opengraph", name)] == []


def test_templates_hold_no_inline_script_or_style() -> None:
    for path in (ROOT / "templates").rglob("*.html"):
        text = re.sub(r"{%.*?%}", "", path.read_text())  # a name of the template language is no attribute
        assert re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", text) is None, path
        assert all("src=" in script or "application/json" in script for script in re.findall(r"<script[^>]*>", text)), path
