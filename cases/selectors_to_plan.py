"""Which decisions about a complainant's crimes are still to be published, and whether it is planned how she or he hears of them."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from cases import models as m
from cases.derive.facts import ComplainantFacts, SuspectFacts
from cases.derive.planning import lacking
from cases.derive.states import Status
from cases.models.telling import ToldAbout
from cases.outcome_codes import CHARGED
from cases.selectors_telling import telling_facts
from cases.selectors_to_tell import complainant_in
from core import clock
from core.exceptions import NotPossible
from core.words import inside

NO_FURTHER_ACTION = 15
"""Any code of no further action: the plan is asked for all of them alike."""
CODES = {ToldAbout.NFA: NO_FURTHER_ACTION, ToldAbout.CHARGE: CHARGED}
"""What is told → a code that stands for it."""


@dataclass(frozen=True, slots=True)
class ToPlan:
    """One decision that is still to be published: what is told, of which suspect, and what its plan lacks ("" for nothing)."""

    about: str
    suspect_id: UUID | None
    number: int | None
    lacks: str

    @property
    def key(self) -> str:
        """What stands for it in a form."""
        return key_of(self.about, self.suspect_id)

    @property
    def words(self) -> str:
        """The decision, by the suspect's number and never a name."""
        what = str(ToldAbout(self.about).label)
        who = f"Suspect {self.number}" if self.number else "Nobody identified"
        return f"{who}: {inside(what)}"


def key_of(about: str, suspect_id: UUID | None) -> str:
    """Return what stands in a form for what is told, of which suspect (None: nobody was identified)."""
    return f"{about}:{suspect_id or ''}"


def undecided() -> Q:
    """Return what is true of a complainant about whose crimes a decision is still to be published: for annotations, no query."""
    settled = m.SuspectOutcome.objects.filter(suspect=OuterRef("suspect"), reopened_at__isnull=True)
    naming = m.Allegation.objects.filter(withdrawn_at__isnull=True, suspect__recorded_in_error_at__isnull=True)
    open_suspect = naming.filter(~Exists(settled), case=OuterRef("case"), offence__complainant=OuterRef("pk"))
    own = m.Offence.objects.filter(case=OuterRef("case"), complainant=OuterRef("pk"), outcome_code__isnull=True)
    return Q(Exists(open_suspect)) | Q(Exists(own.filter(~Exists(naming.filter(offence=OuterRef("pk"))))))


def charged_of() -> QuerySet[m.Allegation]:
    """Return what says that a suspect whom a complainant's recorded crimes name stands charged: for annotations, no query."""
    named = m.Allegation.objects.filter(case=OuterRef("case"), offence__complainant=OuterRef("pk"), withdrawn_at__isnull=True)
    return named.filter(suspect__status=Status.CHARGED)


def something_to_plan(row: m.Complainant) -> None:
    """A policy: only a decision that is still to be published is planned. Lists say it beforehand as `undecided`; asked once a row."""
    known = getattr(row, "undecided", None)
    if known is None:
        known = m.Complainant.objects.filter(undecided(), pk=row.pk).exists()
        row.undecided = known  # type: ignore[attr-defined]
    if not known:
        raise NotPossible("Every decision about this complainant’s crimes has been recorded.")


def decisions_to_plan(case: m.Case, complainant: m.Complainant) -> list[ToPlan]:
    """Return what may still be decided of the suspects whom her or his crimes name, and of the crimes that name nobody.

    The caller has proved sight of the case.
    """
    facts, now = telling_facts(case), clock.now()
    theirs = complainant_in(facts, complainant.pk)
    if theirs is None:
        return []
    numbers = dict(m.Suspect.objects.filter(case=case).values_list("pk", "number"))
    return [
        ToPlan(about, suspect.id if suspect else None, numbers.get(suspect.id) if suspect else None, lacking(theirs, suspect, code, now))
        for suspect, abouts in _waiting(theirs, facts.suspects)
        for about, code in CODES.items()
        if about in abouts
    ]


def _waiting(theirs: ComplainantFacts, suspects: tuple[SuspectFacts, ...]) -> list[tuple[SuspectFacts | None, frozenset[str]]]:
    """Return suspects without an outcome with what may be decided of each; None stands for nobody identified."""
    both = frozenset({ToldAbout.NFA.value, ToldAbout.CHARGE.value})
    found: list[tuple[SuspectFacts | None, frozenset[str]]] = [
        (one, both) for one in suspects if one.id in theirs.suspects and one.standing_outcome() is None
    ]
    if any(crime.outcome_code is None for crime in theirs.nameless):
        found.append((None, frozenset({ToldAbout.NFA.value})))
    return found
