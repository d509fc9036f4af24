"""No page shows anybody anything of a victim but what the written list says, and no title, header or address does at all."""

from collections.abc import Iterator

import pytest
from django.urls import reverse

from tests.authorisation import table
from tests.canary import shown
from tests.canary.asking import Answer, Asked, ask, links, pages
from tests.canary.planted import Planted
from tests.canary.words import SHARED, born, find, grouped, telephone, word

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
FEWEST_REQUESTS = 90
"""Of each person. Everybody asks for every address, also for those that are nothing to her or him."""
SHARED_WITH = {
    **dict.fromkeys("abi", table.POLICE_52 | table.CPS_110),
    "k": table.POLICE_46 | table.CPS_109,
}
"""Whose case it is → who may read the name of its suspect and what she says of the prosecution: who works cases there, nobody elsewhere."""
SHOWN_THE_MOST = "supervisor"
"""Who is asked every form of the own victims' as well: the list of what she is shown is no longer than what she is shown."""


def every(planted: Planted, who: str) -> Iterator[tuple[Asked, Answer]]:
    """Ask for everything as a person, with what pages without a place lead to; yield each request and what came."""
    opened = set()
    for asked in [*pages(planted, who), *looks(planted, who)]:
        answer = ask(planted, who, asked)
        yield asked, answer
        for link in links(answer.text) if not asked.victim else ():
            if link.path not in opened:
                opened.add(link.path)
                yield link, ask(planted, who, link)


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


@pytest.mark.parametrize("who", sorted(table.EVERYBODY))
def test_pages_show_what_the_list_says_and_nothing_else(planted: Planted, who: str) -> None:
    leaks, kept_elsewhere, requests, used, opened = set(), [], 0, set(), set()
    for asked, answer in every(planted, who):
        requests += 1
        kept_elsewhere += [(asked.name, one) for one in find(answer.kept)]
        if shown.is_held_to(asked.name, asked.victim) and (answer.status != 404) != shown.opens(asked.name, who, asked.victim):
            opened.add((asked.name, asked.victim, answer.status))
        for group, victim in grouped(find(answer.text)):
            if group in SHARED and who in SHARED_WITH[victim]:
                continue
            used.add((shown.key_of(asked.name), group))
            if not (shown.allows(asked.name, who, group) and about(asked, who, victim)):
                leaks.add((asked.name, group, victim))
    assert kept_elsewhere == []
    assert leaks == set()
    assert opened == set(), "an address that opens for somebody it is not for, or the other way round"
    assert who != SHOWN_THE_MOST or used == shown.listed_for(who)
    assert who not in table.CLIENTS or used >= {("client", "identity"), ("client_list", "identity")}
    assert requests >= FEWEST_REQUESTS


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
