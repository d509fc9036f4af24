"""People who opened a case with a suspect of their own surname, or searched for their own name.

Names are compared here, in the scope in which the agency's cases are read, and thrown away: a pattern keeps the case and
never the name. Of searches the log keeps a keyed hash, so a search for one's own name is recognised by its hash alone.
"""

from collections.abc import Iterable, Iterator, Sequence
from uuid import UUID

from accounts.models import Agency
from audit.services import search_hash
from cases import models as m
from cases.names import LONGEST, normalised
from reports.auditing import thresholds as t
from reports.auditing.finding import Found, Opened, named
from reports.auditing.references import cases_of
from reports.models import PatternKind

CHUNK = 5_000


def joined(name: str) -> str:
    """Return a surname in small letters without signs, its parts written as one."""
    return normalised(name).replace(" ", "")


def surname_of(person: str) -> str:
    """Return the surname of somebody as her or his name is shown, rank before and surname last."""
    words = person.split()
    return words[-1] if words else ""


def searches_for(person: str) -> frozenset[str]:
    """Return the hashes that a search for this person's own name leaves in the log: surname, or both names in either order."""
    words = person.split()
    names = {words[-1]} if words else set()
    if len(words) > 1:
        names |= {f"{words[-2]} {words[-1]}", f"{words[-1]} {words[-2]}"}
    return frozenset(search_hash(name) for name in names)


def own_names(agency: Agency, people: Sequence[Opened], known: dict[UUID, frozenset[UUID]]) -> Iterator[Found]:
    """Yield each person with the cases and searches that bear the own surname; `known` are cases asked about before, by person."""
    bearers = _bearers(agency, people)
    for person in people:
        name = joined(surname_of(person.actor_name))
        cases = {key for key in person.case_ids if name and name in bearers.get(key, ())} - known.get(person.actor_id, frozenset())
        searches = len(person.searches & searches_for(person.actor_name))
        if len(cases) + searches >= t.OWN_NAME_CASES.value:
            yield Found(PatternKind.OWN_NAME, person.actor_id, person.actor_name, named(cases), {"cases": len(cases), "searches": searches})


def _bearers(agency: Agency, people: Sequence[Opened]) -> dict[UUID, set[str]]:
    """Return case → surnames of its suspects, as far as they are surnames of the people who opened cases."""
    names = {joined(surname_of(person.actor_name)) for person in people} - {""}
    cases = sorted({key for person in people for key in person.case_ids})
    found: dict[UUID, set[str]] = {}
    with cases_of(agency) as has_cases:
        for start in range(0, len(cases) if has_cases else 0, CHUNK):
            for case_id, surname in _suspects(names, cases[start : start + CHUNK]):
                found.setdefault(case_id, set()).add(joined(surname))
    return found


def _suspects(names: Iterable[str], cases: Sequence[UUID]) -> Iterable[tuple[UUID, str]]:
    """Return case and surname of the suspects of these cases who are found by one of these names, whatever part of theirs it is."""
    keys = [f"n:{name[:LONGEST]}" for name in names]
    hits = m.SuspectNameKey.objects.filter(key__in=keys, case__in=cases, suspect__recorded_in_error_at__isnull=True)
    return hits.values_list("case_id", "suspect__surname").distinct()
