"""The written list: which page may show which canaries of her whom it is about, and to whom. Nothing else shows any."""

from typing import Final

from tests.authorisation import table

RELATION: Final = {"a": "own", "b": "own", "k": "other_force"}
"""Whose case is in which relation to the people of the table of authorisation."""
IDENTITY: Final = {
    "own": frozenset({"investigator", "sergeant", "supervisor", "reviewer", "prosecutor", "vlo"}),
    "other_force": frozenset({"other-force", "other-supervisor"}),
}
"""Relation → who, of those who see the case, is shown who its victims are."""
SHOWN_TO: Final = IDENTITY["own"] | IDENTITY["other_force"]
"""Who is shown identity in one of the planted cases (victims/sight.py)."""
POLICE: Final = SHOWN_TO & table.POLICE
CLIENT_OF: Final = {"isva": "a", "isva-manager": "a", "isva2": "b"}
"""Who of a support service has which victim as a client."""
CLIENTS: Final = frozenset(CLIENT_OF)
CLIENT_PAGE: Final = frozenset({"identity", "card", "needs", "place", "tell", "tell note", "message"})

MASKED: Final = frozenset({"victim_page", "victim_contacts"})
"""Pages that whoever sees the case opens; every other page about a victim is nothing to who is not shown identity."""

SHOWN: Final[dict[str, tuple[frozenset[str], frozenset[str]]]] = {
    "victim_page": (SHOWN_TO, frozenset({"person never"})),
    "victim_isva_words": (SHOWN_TO, frozenset({"tell note", "message", "consent"})),
    "victim_shown POST": (SHOWN_TO, frozenset({"identity", "person", "person never", "needs"})),
    "victim_identity": (POLICE, frozenset({"identity"})),
    "contact_person_change": (POLICE, frozenset({"person", "person never"})),
    "victim_contact": (SHOWN_TO, frozenset({"identity", "card", "person", "person never", "telling"})),
    "victim_contact_correct": (SHOWN_TO, frozenset({"identity", "card", "person", "person never", "telling", "summary"})),
    "victim_contacts": (SHOWN_TO, frozenset({"summary"})),
    "victim_safe_contact": (POLICE | {"prosecutor", "vlo"}, frozenset({"card"})),
    "victim_appointments": (SHOWN_TO, frozenset({"place"})),
    "information_request": (SHOWN_TO, frozenset({"request"})),
    "print_information_notice": (SHOWN_TO, frozenset({"request"})),
    "device_request": (SHOWN_TO, frozenset({"device"})),
    "print_device_notice": (SHOWN_TO, frozenset({"device"})),
    # The forms of these five acts are filled with what is sealed; those who are shown identity get them, and the look is logged.
    "case_act_on change-information-request": (POLICE, frozenset({"request"})),
    "worklist_act_on change-information-request": (POLICE, frozenset({"request"})),
    "case_act_on plan-telling": (SHOWN_TO, frozenset({"card"})),
    "worklist_act_on plan-telling": (SHOWN_TO, frozenset({"card"})),
    "case_act_on check-letter-route": (SHOWN_TO, frozenset({"letter"})),
    "worklist_act_on check-letter-route": (SHOWN_TO, frozenset({"letter"})),
    "case_act_on confirm-link": (POLICE, frozenset({"link"})),
    "worklist_act_on confirm-link": (POLICE, frozenset({"link"})),
    "case_act_on decline-link": (POLICE, frozenset({"link"})),
    "worklist_act_on decline-link": (POLICE, frozenset({"link"})),
    "client_list": (CLIENTS, frozenset({"identity"})),
    "client_list POST": (CLIENTS, frozenset({"identity"})),
    "client": (CLIENTS, CLIENT_PAGE),
    "client_act": (CLIENTS, frozenset({"identity", "message"})),
    "client_act_on": (CLIENTS, frozenset({"identity", "message", "tell", "tell note"})),
    "client_review": (CLIENTS, frozenset({"identity"})),
    "client_link": (frozenset({"isva2"}), frozenset({"link"})),
}
"""Address → who, and which groups of canaries."""


def key_of(name: str) -> str:
    """Return the key of the list for an address: with the act where the list names it, without otherwise."""
    return name if name in SHOWN else name.split(" ")[0]


def listed_for(who: str) -> set[tuple[str, str]]:
    """Return every page with every group that the list allows somebody."""
    return {(name, group) for name, (people, groups) in SHOWN.items() if who in people for group in groups}


def is_held_to(name: str, victim: str) -> bool:
    """Say whether it is written who opens an address: those about one victim, whose case stands in the table of authorisation."""
    return name in table.PAGES and victim in RELATION and not name.startswith("client_act")


def opens(name: str, who: str, victim: str) -> bool:
    """Say whether somebody opens an address about a victim: by its row of the table, by sight of the case, and by identity."""
    if who not in table.PAGES[name][0]:
        return False
    if who in CLIENTS:
        return CLIENT_OF[who] == victim
    relation = RELATION[victim]
    return who in table.SEES[relation] and (name in MASKED or who in IDENTITY[relation])


def allows(name: str, who: str, group: str) -> bool:
    """Say whether the list lets a page show a group to somebody."""
    people, groups = SHOWN.get(key_of(name), (frozenset(), frozenset()))
    return who in people and group in groups
