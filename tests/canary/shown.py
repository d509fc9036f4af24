"""The written list: which page may show which canaries of her whom it is about, and to whom. Nothing else shows any."""

from typing import Final

POLICE: Final = frozenset({"investigator", "sergeant", "supervisor", "reviewer", "other-force", "other-supervisor"})
SHOWN_TO: Final = POLICE | {"prosecutor", "vlo"}
"""Who is shown identity in one of the planted cases (victims/sight.py)."""
CLIENT_OF: Final = {"isva": "a", "isva-manager": "a", "isva2": "b"}
"""Who of a support service has which victim as a client."""
CLIENTS: Final = frozenset(CLIENT_OF)
CLIENT_PAGE: Final = frozenset({"identity", "card", "needs", "place", "tell", "tell note", "message"})

SHOWN: Final[dict[str, tuple[frozenset[str], frozenset[str]]]] = {
    "victim_page": (SHOWN_TO, frozenset({"person never", "summary", "review", "tell", "tell note", "message"})),
    "victim_shown POST": (SHOWN_TO, frozenset({"identity", "person", "person never", "needs"})),
    "victim_identity": (POLICE, frozenset({"identity"})),
    "contact_person_change": (POLICE, frozenset({"person", "person never"})),
    "victim_contact": (SHOWN_TO, frozenset({"identity", "card", "person", "person never"})),
    "victim_contact_correct": (SHOWN_TO, frozenset({"identity", "card", "person", "person never", "summary"})),
    "victim_contacts": (SHOWN_TO, frozenset({"summary"})),
    "victim_safe_contact": (POLICE | {"prosecutor", "vlo"}, frozenset({"card"})),
    "victim_appointments": (SHOWN_TO, frozenset({"place"})),
    "information_request": (SHOWN_TO, frozenset({"request"})),
    "print_information_notice": (SHOWN_TO, frozenset({"identity", "request"})),
    "device_request": (SHOWN_TO, frozenset({"device"})),
    "print_device_notice": (SHOWN_TO, frozenset({"identity", "device"})),
    "client_list": (CLIENTS, frozenset({"identity"})),
    "client_list POST": (CLIENTS, frozenset({"identity"})),
    "client": (CLIENTS, CLIENT_PAGE),
    "where_things_stand": (CLIENTS, frozenset({"identity"})),
    "client_act": (CLIENTS, frozenset({"identity", "message"})),
    "client_act_on": (CLIENTS, frozenset({"identity", "message", "tell", "tell note"})),
    "client_link": (frozenset({"isva2"}), frozenset({"link"})),
}
"""Address → who, and which groups of canaries."""


def allows(name: str, who: str, group: str) -> bool:
    """Say whether the list lets a page show a group to somebody."""
    people, groups = SHOWN.get(name, SHOWN.get(name.split(" ")[0], (frozenset(), frozenset())))
    return who in people and group in groups
