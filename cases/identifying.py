"""What names somebody or somewhere in a case: asked before a text leaves for people who must not learn it. Rooms add what they know.

An app above registers a function in AppConfig.ready(); who asks has proved sight of the case, and shows none of it.
"""

from collections.abc import Callable, Iterable

from cases import models as m

Names = Callable[[m.Case], Iterable[str]]
"""Case → names, addresses, numbers that stand for somebody in it. Read inside the system scope of the case's force."""
People = Callable[[m.Case], Iterable[object]]
"""Case → keys of the people who worked on it beside those whom the case itself names."""
_names: dict[str, Names] = {}
_places: dict[str, Names] = {}
_people: dict[str, People] = {}


def register(name: str, *, names: Names | None = None, places: Names | None = None, people: People | None = None) -> None:
    """Add what an app above knows of a case. The same name again replaces."""
    if names is not None:
        _names[name] = names
    if places is not None:
        _places[name] = places
    if people is not None:
        _people[name] = people


def names_of(case: m.Case) -> list[str]:
    """Return what the apps above know that names somebody. Inside the system scope of the case's force."""
    return [one for names in _names.values() for one in names(case) if one.strip()]


def places_of(case: m.Case) -> list[str]:
    """Return the addresses and places that the apps above know. Inside the system scope of the case's force."""
    return [one for places in _places.values() for one in places(case) if one.strip()]


def people_of(case: m.Case) -> set[object]:
    """Return who worked on the case in the apps above. Inside the system scope of the case's force."""
    return {one for people in _people.values() for one in people(case)}
