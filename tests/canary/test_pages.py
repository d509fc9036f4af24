"""No page shows anybody anything of a victim but what the written list says, and no title, header or address does at all."""

from collections import defaultdict
from collections.abc import Iterator

import pytest
from django.urls import reverse

from tests.authorisation import table
from tests.canary import shown
from tests.canary.asking import Asked, ask, links, pages
from tests.canary.planted import Planted
from tests.canary.words import born, find, grouped, telephone, word

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
Seen = dict[tuple[str, str, str], set[str]]
"""(address, group, whose) → who was shown it."""


def every(planted: Planted, who: str) -> Iterator[tuple[Asked, str, str]]:
    """Ask for everything as a person, with what pages without a place lead to; yield each request and what came."""
    opened = set()
    for asked in [*pages(planted, who), *looks(planted, who)]:
        text, kept = ask(planted, who, asked)
        yield asked, text, kept
        for link in links(text) if "/" not in asked.victim and not asked.victim else ():
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
    seen: Seen = defaultdict(set)
    kept_elsewhere, requests = [], 0
    for who in sorted(table.EVERYBODY):
        for asked, text, kept in every(planted, who):
            requests += 1
            kept_elsewhere += [(asked.name, who, one) for one in find(kept)]
            for group, victim in grouped(find(text)):
                if group != "suspect" or who not in table.ON_CASES:
                    seen[asked.name, group, relation(planted, asked, who, victim)].add(who)
    import json as j; open("/tmp/seen.json","w").write(j.dumps([[*k, sorted(v)] for k, v in sorted(seen.items())], indent=0)); open("/tmp/kept.txt","w").write(repr(kept_elsewhere)+str(requests))
    assert kept_elsewhere == []
    assert dict(seen) == shown.as_seen()
    assert requests >= 2_000


def relation(planted: Planted, asked: Asked, who: str, victim: str) -> str:
    """Say whose a canary is: hers whom the page is about, an own client's on a list of clients, or somebody else's."""
    if asked.victim:
        return "hers" if asked.victim == victim else f"of {victim}, not of {asked.victim}"
    return "a client's" if shown.CLIENT_OF.get(who) == victim else f"of {victim}"


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
