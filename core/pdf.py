"""The one door to typst: a template of ours and plain values in, a tagged PDF (PDF/UA-1) out.

Values go in as data and are drawn as text: nothing in them is ever read as markup, so there is nothing to escape. Each
PDF is made by a process of its own (core/pdf_worker.py) that has a time limit, limits on memory and processor, an empty
directory as its whole world, typst's own embedded fonts and no other, and no packages: nothing is fetched from anywhere.
What goes wrong inside is never logged, because it could quote what was to be printed.
"""

import json
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from importlib import resources
from pathlib import Path
from typing import Final

SECONDS: Final = 20
"""How long one PDF may take; one of two pages takes a third of a second."""
LARGEST: Final = 200_000
"""Characters of data that one PDF may be made of."""
NAME: Final = re.compile(r"[a-z][a-z_]{0,40}", re.ASCII)
WORKER: Final = Path(__file__).with_name("pdf_worker.py")
CANNOT_PRINT: Final = 3
"""What the worker says by its exit when a character is in none of the fonts."""

Value = str | bool | Sequence[str]


class PdfFailed(RuntimeError):
    """A PDF could not be made. Says nothing of what was to stand in it."""


class CannotPrint(PdfFailed):
    """A character of the data is in none of the fonts: a PDF that showed a box in its place would not say what was written."""


def template(package: str, name: str) -> str:
    """Return the text of a template that lies in a package of ours. Raises ValueError for a name that is no plain word."""
    if not NAME.fullmatch(name):
        raise ValueError("a template has a plain name")
    return resources.files(package).joinpath(f"{name}.typ").read_text(encoding="utf-8")


def tagged_pdf(source: str, data: Mapping[str, Value]) -> bytes:
    """Return the PDF that a template of ours makes of some data.

    Raises CannotPrint, and PdfFailed when it took too long, is too large, or the template is wrong.
    """
    values = json.dumps(dict(data))
    if len(values) > LARGEST:
        raise PdfFailed("too much for one PDF")
    try:
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-I", str(WORKER)],
            input=json.dumps({"source": source, "data": values}).encode(),
            capture_output=True,
            timeout=SECONDS,
            env={},
            cwd="/",
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise PdfFailed("a PDF took too long") from None
    if done.returncode == CANNOT_PRINT:
        raise CannotPrint("a character is in none of the fonts")
    if done.returncode != 0 or not done.stdout.startswith(b"%PDF-"):
        raise PdfFailed("a PDF could not be made")
    return done.stdout
