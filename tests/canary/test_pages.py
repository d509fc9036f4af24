"""No page shows anybody anything of a victim but what the written list says, and no title, header or address does at all."""

from collections.abc import Iterator

import pytest
from django.urls import reverse

from tests.authorisation import table
from tests.canary import shown
from tests.canary.asking import Asked, ask, links, pages
from tests.canary.planted import Planted
from tests.canary.words import born, find, grouped, telephone, word

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def every(planted: Planted, who: str) -> Iterator[tuple[Asked, str, str]]:
    """Ask for everything as a person, with what pages without a place lead to; yield each request and what came."""
    opened = set()
    for asked in [*pages(planted, who), *looks(planted, who)]:
        text, kept = ask(planted, who, asked)
        yield asked, text, kept
        for link in links(text) if not asked.victim else ():
            if link.path not in opened:
                opened.add(link.path)
                yield (link, *ask(planted, who, link))


def looks(planted: Planted, who: str) -> Iterator[Asked]:
    """Yield what is looked at by posting: the identity with its reason, the searches, the auditor's file."""
    for victim, key in planted.complainants.items():
        yield Asked("victim_shown POST", reverse("victim_shown", args=[key]), victim, {"reason": "contact"})
    if who in table.POLICE:
        yield Asked("victim_find POST", reverse("victim_find"), "", {"telephone": telephone("mobile", "a")})
    if who in table.CLIENTS:
        yield Asked("client_list POST", reverse("client_list"), "", {"name": "Zq"})
    if who in table.AUDITORS:
        yield Asked("access_log_export POST", reverse("access_log_export"), "", {"purpose": "Asked for by the board"})


def test_pages_show_what_the_list_says_and_nothing_else(planted: Planted) -> None:
    leaks, kept_elsewhere, requests, used = [], [], 0, set()
    for who in sorted(table.EVERYBODY):
        for asked, text, kept in every(planted, who):
            requests += 1
            kept_elsewhere += [(asked.name, who, one) for one in find(kept)]
            for group, victim in grouped(find(text)):
                if group == "suspect" and who in table.ON_CASES:
                    continue
                used.add(asked.name)
                if not (shown.allows(asked.name, who, group) and about(asked, who, victim)):
                    leaks.append((asked.name, who, group, victim))
    assert kept_elsewhere == []
    assert leaks == []
    assert used >= {"victim_shown POST", "victim_identity", "victim_contact", "client", "print_information_notice"}
    assert requests >= 1_500


def about(asked: Asked, who: str, victim: str) -> bool:
    """Say whether a page is about this victim: by its address, or a client on the list of her own support service."""
    return victim == (asked.victim or shown.CLIENT_OF.get(who) or "")


def test_the_finder_finds(planted: Planted) -> None:
    """Without this the test above could pass on pages that hide nothing from a finder that finds nothing."""
    day = born("a")
    for text in (f"born {day:%d/%m/%Y}", f"on {day.day} May {day.year}", f'<input value="{day.year}">', f"{day:%Y-%m-%d}"):
        assert find(text) == {"born a"}
    number = telephone("mobile", "b")
    for text in (number, number.replace(" ", ""), number.replace(" ", "-"), "+44" + number[1:].replace(" ", "")):
        assert find(f"ring {text}.") == {"mobile b"}
    assert find(f"{word('surname', 'k').upper()}, {word('forenames', 'i')}") == {"surname k", "forenames i"}
    assert find(f"{day.year} 17 May and 0117 496") == set()
