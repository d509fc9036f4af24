"""Contact persons who bear a suspect's name: asked about when they are entered, and kept from being told when the suspect came later.

Somebody who is a suspect, or lives with one, is told something only by an inspector's recorded decision. A name is all that
shows it by itself, so whoever bears one is told nothing until somebody says that it is another person, or an inspector decides.
"""

from dataclasses import dataclass
from typing import Final

from cases import models as m
from cases.names import normalised
from victims.models import ContactPerson

NOTHING_YET: Final = "Nothing yet"
DOUBTFUL: Final = "Anything yet. A suspect of this case has the same name. Say whether it is the same person, or ask an inspector"


@dataclass(frozen=True, slots=True)
class SuspectNames:
    """The names of a case's suspects, each as the words of its surname and all its words, normalised."""

    found: tuple[tuple[frozenset[str], frozenset[str]], ...]

    @classmethod
    def of(cls, case: m.Case) -> "SuspectNames":
        """Return those of a case. One query."""
        rows = m.Suspect.objects.filter(case=case, recorded_in_error_at__isnull=True).values_list("forenames", "surname")
        return cls(tuple((_words(surname), _words(f"{forenames} {surname}")) for forenames, surname in rows))

    def has(self, name: str) -> bool:
        """Say whether a name is that of a suspect, accents, signs and the order of its words left aside.

        Forenames left out do not hide it: a surname with one of the suspect's forenames is that suspect's name too.
        """
        words = _words(name)
        return any(last and last <= words <= every and (len(words) > len(last) or words == every) for last, every in self.found)

    def leave_in_doubt(self, person: ContactPerson) -> bool:
        """Say whether it is open who a contact person is. Her or his name is opened for it."""
        settled = person.near_suspect or person.another_person
        return not settled and self.has(person.name)


def _words(text: str) -> frozenset[str]:
    return frozenset(normalised(text).split())


def never_told(person: ContactPerson, suspects: SuspectNames) -> str:
    """Return what a contact person must never be told, in words; "" for nothing. What is sealed is opened for it."""
    if not suspects.leave_in_doubt(person):
        return person.never_tell
    return f"{DOUBTFUL}. {person.never_tell}".strip().removesuffix(".")


def may_be_told(person: ContactPerson, suspects: SuspectNames) -> str:
    """Return how much a contact person may be told, in words. Her or his name is opened for it."""
    return NOTHING_YET if suspects.leave_in_doubt(person) else person.get_may_be_told_display()
