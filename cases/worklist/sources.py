"""What waits without a date: the registry of sources of rows beside the clocks.

An app above `cases` adds its own in AppConfig.ready(): `sources.register(Source("challenge", "answer", …))`. `find`
returns rows of cases of the reach, oldest first, each a Case or a row with `case`; `describe` says what a row needs.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from cases import models as m
from cases.importing.lists import passed_bails_of
from cases.models.telling import Supports
from cases.pages.needs import Finder, Need
from cases.services.withdrawal_gate import with_talk
from cases.worklist.reach import Reach
from core import clock
from core.calendar import due_in_words

ANSWER, QUESTION, OTHERS = "answer", "question", "others"
"""Where the rows of a source stand: what waits for a yes or no, what nobody has said yet, what waits with the other agency."""


@dataclass(frozen=True, slots=True)
class Source:
    """One source. `owner` says whose move it is where that is not the officer in the case; blank: the officer (or prosecutor)."""

    name: str
    group: str
    words: str
    find: Callable[[Reach], QuerySet[Any]]
    describe: Callable[[Finder, Any], Need | None]
    owner: str = ""
    cps: bool = False
    police: bool = True

    def serves(self, reach: Reach) -> bool:
        """Say whether the reader's side gets rows of this source."""
        return self.cps if reach.cps else self.police


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """Add a source; one of the same name replaces the one before."""
    _sources[source.name] = source


def sources_for(reach: Reach) -> list[Source]:
    """Return the sources that serve the reader's side, in the order in which they were added."""
    return [source for source in _sources.values() if source.serves(reach)]


def _decisions(reach: Reach) -> QuerySet[Any]:
    rows = m.ArrestDecision.objects.filter(case__in=reach.cases(), answer=m.ArrestDecision.Answer.WAITING)
    return rows.filter(suspect__recorded_in_error_at__isnull=True).order_by("proposed_at", "id")


def _decision(finder: Finder, row: m.ArrestDecision) -> Need | None:
    found = next((one for one in finder.rows.happened if one.id == row.pk), None)
    if found is None:
        return None
    need = finder.approval(found)
    if row.created_by_id == finder.buttons.user.pk:  # nobody approves an own proposal
        return replace(need, buttons=[], beside=[*need.beside, "You proposed this: somebody else answers."])
    return need


def _corrections(reach: Reach) -> QuerySet[Any]:
    rows = m.FactCorrection.objects.filter(case__in=reach.cases(), answer=m.FactCorrection.Answer.WAITING)
    return rows.order_by("created_at", "id")


def _talks(reach: Reach) -> QuerySet[Any]:
    rows = with_talk(m.Complainant.objects.filter(case__in=reach.cases()))
    return rows.filter(supports=Supports.DOES_NOT, talked=False).order_by("created_at", "id")


def _talk(finder: Finder, row: m.Complainant) -> Need | None:
    found = next((one for one in finder.rows.complainants if one.pk == row.pk), None)
    return finder.talk(found) if found is not None else None


def _passed(reach: Reach) -> QuerySet[Any]:
    rows: QuerySet[Any] = passed_bails_of(reach.cases())
    return rows.order_by("created_at", "id")


def _passed_bail(finder: Finder, row: m.Bail) -> Need | None:
    suspect = finder.suspects.get(row.suspect_id)
    bail = next((one for one in suspect.bails if one.id == row.pk), None) if suspect else None
    return finder.passed_bail(row.suspect_id, bail) if bail else None


def _without_suspect(reach: Reach) -> QuerySet[Any]:
    suspects = m.Suspect.objects.filter(case=OuterRef("pk"), recorded_in_error_at__isnull=True)
    rows = reach.cases().filter(~Q(Exists(suspects)), named__in=(m.Named.YES, m.Named.NOT_KNOWN))
    return rows.order_by("-named", "recorded_at", "id")


def _unallocated(role: str) -> Callable[[Reach], QuerySet[Any]]:
    def find(reach: Reach) -> QuerySet[Any]:
        holders = m.CasePerson.objects.filter(case=OuterRef("pk"), role=role, until__isnull=True)
        return reach.cases().filter(~Q(Exists(holders))).order_by("recorded_at", "id")

    return find


def _first(needs: list[Need]) -> Need | None:
    return needs[0] if needs else None


def _without_prosecutor(finder: Finder, row: m.Case) -> Need:
    return Need("Nobody is prosecutor on this case", buttons=finder.case("name-cps-person"))


def _position(position: str) -> Callable[[Reach], QuerySet[Any]]:
    def find(reach: Reach) -> QuerySet[Any]:
        rows = m.CpsPosition.objects.filter(case__in=reach.cases(), until__isnull=True, position=position)
        return rows.filter(suspect__recorded_in_error_at__isnull=True).order_by("since", "id")

    return find


def _since(words: str) -> Callable[[Finder, Any], Need | None]:
    def describe(finder: Finder, row: m.CpsPosition) -> Need | None:
        number = finder.number(row.suspect_id)
        since = due_in_words(clock.london_day(row.since), clock.london_day(finder.now)).replace(" over)", ")")
        return Need(f"Suspect {number}: {words} since {since}") if number else None

    return describe


register(Source("decision", ANSWER, "Decisions not to arrest", _decisions, _decision, "A sergeant or supervisor"))
register(Source("correction", ANSWER, "Corrections", _corrections, lambda finder, row: finder.correction(row), "A supervisor"))
register(Source("withdrawal", QUESTION, "Spoken with about not supporting?", _talks, _talk, "A supervisor"))
register(Source("passed-bail", QUESTION, "Bail date passed: what happened?", _passed, _passed_bail))
register(Source("named", QUESTION, "Named, but no suspect", _without_suspect, lambda finder, row: _first(finder.named())))
register(
    Source(
        "unallocated",
        QUESTION,
        "Not allocated",
        _unallocated(m.CaseRole.OFFICER),
        lambda finder, row: _first(finder.allocation()),
        "A sergeant or supervisor",
    )
)
register(
    Source(
        "no-prosecutor",
        QUESTION,
        "No prosecutor",
        _unallocated(m.CaseRole.PROSECUTOR),
        _without_prosecutor,
        "A legal manager",
        cps=True,
        police=False,
    )
)
register(Source("with-cps", OTHERS, "With the CPS", _position("with_cps"), _since("with the CPS"), "CPS"))
register(
    Source("with-police", OTHERS, "With the police", _position("action_plan"), _since("action plan with police"), "Police", True, False)
)
