"""The written list: which page shows which canaries to whom. Whatever is not in it shows none, and what is in it is shown."""

SHOWN: dict[str, dict[str, frozenset[str]]] = {}

CLIENT_OF = {"isva": "a", "isva-manager": "a", "isva2": "b"}
"""Who of a support service has which victim as a client."""


def as_seen() -> dict[tuple[str, str, str], set[str]]:
    """Return the list as the test collects it: (address, group, whose) → who."""
    return {(name, group, "hers"): set(who) for name, groups in SHOWN.items() for group, who in groups.items()}
