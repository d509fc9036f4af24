"""Every page that somebody reads says at its foot what it shows and where its rules come from, and nothing says it of no page."""

import pytest
from django.urls import get_resolver

from core import about
from tests.authorisation import table
from tests.authorisation.addresses import addresses

NOT_PAGES = frozenset({
    "case_page",  # says it beside its deadlines: templates/cases/about.html
    "drafts",  # asked by the page itself
    "export_overdue_arrests", "export_bail", "import_refused",  # files
    "print_overdue_arrests", "print_bail",  # for paper
})  # fmt: skip
FILE_OR_PAPER = ("export_", "print_")
assert get_resolver().url_patterns, "reading the addresses loads every view"


def pages() -> list[str]:
    """Return the name of every address that answers GET with a page for people."""
    named = [name for name, (_, methods) in table.PAGES.items() if "GET" in methods.split()] + list(table.CASE_PAGES)
    return sorted(name for name in named if name not in NOT_PAGES and not name.startswith(FILE_OR_PAPER))


@pytest.mark.parametrize("name", pages())
def test_every_page_has_a_few_sentences_about_itself(name: str) -> None:
    found = about.about(name)
    assert found is not None, f"{name}: register what the page shows with core.about.register"
    assert found.text
    for text in (*found.text, *found.sources):
        assert len(text) >= 10
        assert "'" not in text, "a typographic apostrophe, as everywhere"
    assert all(text.endswith(".") for text in found.text), "sentences"


def test_nothing_is_said_about_an_address_that_does_not_exist() -> None:
    assert set(about.names()) <= {one.name for one in addresses()} | set(table.PAGES)
