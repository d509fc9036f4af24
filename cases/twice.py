"""Which outcomes a second person looks at before they are recorded: said by an app above, asked by the services and forms of this one.

The importer is never asked: it records what was decided long since. Neither is what the CPS publishes, which has a second check
of its own.
"""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from cases import models as m
from cases.outcome_codes import words
from core.exceptions import NotPossible

Codes = Callable[[int], frozenset[int]]
"""Force → the Home Office outcomes that a second person looks at first."""


@dataclass(frozen=True, slots=True)
class Twice:
    """How outcomes are looked at twice: which, and the acts that propose one for a suspect and for a recorded crime."""

    codes: Codes
    on_suspect: str
    on_crime: str


_known: dict[str, Twice] = {}


def register(name: str, twice: Twice) -> None:
    """Say which outcomes are looked at twice. Called from AppConfig.ready(); the same name again replaces."""
    _known[name] = twice


def codes_of(force_id: int) -> frozenset[int]:
    """Return the outcomes that a second person looks at first in a force."""
    return frozenset[int]().union(*(one.codes(force_id) for one in _known.values()))


def check(case: m.Case, code: int) -> None:
    """Refuse, beside the outcome, to record at once what a second person looks at first. Raises NotPossible."""
    if code in codes_of(case.force_id):
        raise NotPossible(f"A second person looks at outcome {words(code)}. Propose it instead.", field="code")


def leads(case: m.Case | None, target: UUID | None, *, crime: bool = False) -> list[tuple[str, str]]:
    """Return the words and the address of the act that proposes such an outcome; none where no outcome is looked at twice."""
    if case is None or target is None:
        return []
    return [
        (
            "To take no further action: propose it",
            reverse("case_act_on", kwargs={"case_id": case.pk, "slug": one.on_crime if crime else one.on_suspect, "target_id": target}),
        )
        for one in _known.values()
        if one.codes(case.force_id)
    ]
