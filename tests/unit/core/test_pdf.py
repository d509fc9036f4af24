"""The one door to typst: tagged, nothing of the data read as markup, limits kept."""

import subprocess
import sys
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import pdf
from tests.pdfs import is_tagged, text_of, title_of

SOURCE = """#set document(title: "Test", author: "", date: none)
#set text(lang: "en", region: "GB", font: ("Libertinus Serif", "DejaVu Sans Mono"), hyphenate: false)
= Test
#for one in json(bytes(sys.inputs.data)).texts { par(one) }
#par("END")
"""
MARKUP = "#[](){}*_`$<>@\\/\"'=-+~^&|:;.,!?%0aZ"
TEXT = st.text(alphabet=st.sampled_from(MARKUP), min_size=1, max_size=30)


def made(*texts: str) -> bytes:
    return pdf.tagged_pdf(SOURCE, {"texts": list(texts)})


@settings(max_examples=20, deadline=None)
@given(st.lists(TEXT, min_size=1, max_size=12))
def test_text_comes_out_as_it_went_in_whatever_its_characters(texts: list[str]) -> None:
    """The text of the PDF, spaces and line breaks aside, is the text given: no character was read as markup or lost."""
    assert text_of(made(*texts)) == "".join(["Test", *texts, "END"])


@pytest.mark.parametrize(
    "text",
    [
        '#panic("x")', '#read("/etc/passwd")', "#sys.inputs", '#import "@preview/x:1.0.0"', "#let x = 1",
        "$ x $", "= Heading", "```rust```",
        "<label> @label", "https://example.org/x", "\\u{41}", "*bold* _emph_", "--- ...", '"quotes"',
    ],
)  # fmt: skip
def test_what_would_be_code_is_text(text: str) -> None:
    assert "".join(text.split()) in text_of(made(text))


def test_it_is_tagged_with_a_title_and_a_language() -> None:
    found = made("One")
    assert is_tagged(found)
    assert title_of(found) == "Test"


def test_a_character_in_no_font_is_said_and_never_a_box() -> None:
    with pytest.raises(pdf.CannotPrint) as caught:
        made("Secret words \N{GRINNING FACE}")
    assert "Secret" not in str(caught.value)


def test_other_alphabets_that_the_fonts_have_are_printed() -> None:
    made("Ærø Łódź Ελλάδα Киев محمد")


def test_too_much_is_refused_before_anything_is_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subprocess, "run", lambda *a, **k: pytest.fail("started"))
    with pytest.raises(pdf.PdfFailed, match="too much"):
        made("x" * pdf.LARGEST)


def test_a_template_that_is_wrong_fails_without_quoting_anything() -> None:
    with pytest.raises(pdf.PdfFailed) as caught:
        pdf.tagged_pdf("#panic(sys.inputs.data)", {"texts": ["Secret"]})
    assert "Secret" not in str(caught.value)


@pytest.mark.parametrize(
    "source", ['#read("/etc/passwd")', '#import "@preview/example:0.1.0": *', '#image("/etc/hostname")', '#read("../x")']
)
def test_even_a_template_reaches_no_file_and_no_package(source: str) -> None:
    with pytest.raises(pdf.PdfFailed):
        pdf.tagged_pdf(f'#set document(title: "x")\n{source}', {})


def test_one_that_never_ends_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "SECONDS", 0.2)
    with pytest.raises(pdf.PdfFailed, match="too long"):
        pdf.tagged_pdf('#set document(title: "x")\n#for k in range(9999) { for n in range(9999) { let product = k * n } }', {})


@pytest.mark.parametrize("name", ["../secrets", "a/b", "A", "", "notice.typ", "x" * 60])
def test_a_template_has_a_plain_name(name: str) -> None:
    with pytest.raises(ValueError, match="plain name"):
        pdf.template("victims.notices", name)


def test_the_worker_is_started_with_nothing_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, Any] = {}

    def run(command: list[str], **options: Any) -> Any:
        seen.update(options, command=command)
        return subprocess.CompletedProcess(command, 0, b"%PDF-", b"")

    monkeypatch.setattr(subprocess, "run", run)
    made("x")
    assert seen["command"] == [sys.executable, "-I", str(pdf.WORKER)]
    assert (seen["env"], seen["timeout"]) == ({}, pdf.SECONDS)


def test_the_value_types() -> None:
    values: Mapping[str, pdf.Value] = {"texts": ["a"], "guardian": True, "title": "b"}
    assert pdf.tagged_pdf(SOURCE, values).startswith(b"%PDF-")
