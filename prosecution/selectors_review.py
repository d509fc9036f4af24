"""Which decisions a victim can ask to have reviewed, and what the table of eligibility asks of each.

Read in the system scope of the case's force: who asks may be her ISVA, who has no right to any of these tables. The caller has
proved sight of the case, or of the client.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings

from cases import models as m
from cases.models.outcome import Side
from cases.outcome_codes import CHARGED, words
from core import clock
from core.components import day_text
from core.scope import scope, system
from core.words import inside
from prosecution import eligibility
from prosecution.models import ReviewRequest, ReviewState
from prosecution.review_window import Window, expedited, window


@dataclass(frozen=True, slots=True)
class Reviewable:
    """One decision that concerns a complainant. `key` is that of the outcome, or of the recorded crime for which nobody was named."""

    key: UUID
    side: str
    code: int
    on: date
    suspect: m.Suspect | None = None
    outcome: m.SuspectOutcome | None = None
    offence: m.Offence | None = None
    window: Window | None = None

    @property
    def words(self) -> str:
        """The decision for police and CPS: on which suspect, what, whose, of which day."""
        about = f"Suspect {self.suspect.number}" if self.suspect else f"Crime {self.offence.code}" if self.offence else ""
        return f"{about}: {inside(words(self.code))}. {self.plain}"

    @property
    def plain(self) -> str:
        """The decision for her ISVA: whose, of which day; no suspect, no crime."""
        return f"Decision of {'the CPS' if self.side == Side.CPS else 'the police'} of {day_text(self.on)}"


def pilot(area_id: int, on: date) -> bool:
    """Say whether an Area reviews in the expedited pilot on a day."""
    return expedited(area_id, on, settings.VRR_EXPEDITED_AREAS)


def reviewable(case: m.Case, complainant_id: UUID) -> list[Reviewable]:
    """Return the decisions that concern a complainant and stand, each with its window. Three queries."""
    with scope(system(case.force_id)):
        hers = m.Allegation.objects.filter(offence__complainant=complainant_id, withdrawn_at__isnull=True).values("suspect")
        rows = m.SuspectOutcome.objects.filter(
            case=case, suspect__in=hers, reopened_at__isnull=True, suspect__recorded_in_error_at__isnull=True
        )
        if not pilot(case.cps_area_scope, clock.today()):
            rows = rows.exclude(code=CHARGED)
        outcomes = list(rows.select_related("suspect").order_by("suspect__number"))
        named = m.Allegation.objects.filter(withdrawn_at__isnull=True).values("offence")
        crimes = m.Offence.objects.filter(case=case, complainant=complainant_id, outcome_code__isnull=False).exclude(pk__in=named)
        reached = written_reasons(complainant_id)
        found = [
            Reviewable(one.pk, one.side, one.code, one.on, one.suspect, one, None, window(one.side, since(reached.get(one.pk), one.on)))
            for one in outcomes
        ]
        for crime in crimes.order_by("created_at", "id"):
            if crime.outcome_code is not None and crime.outcome_on is not None:
                span = window(Side.POLICE, since(reached.get(crime.pk), crime.outcome_on))
                found.append(Reviewable(crime.pk, Side.POLICE.value, crime.outcome_code, crime.outcome_on, offence=crime, window=span))
    return found


def of_a_client(force_id: int, case_id: UUID, complainant_id: UUID) -> tuple[list[Reviewable], list[str]]:
    """Return the decisions that concern a client of a support service, and what was asked for already, in words.

    In the system scope of the case's force, because support services reach neither. The caller has proved sight of the client.
    """
    with scope(system(force_id)):
        case = m.Case.objects.get(pk=case_id)
        found = [one for one in reviewable(case, complainant_id) if one.code != CHARGED]
        rows = ReviewRequest.objects.filter(complainant=complainant_id).order_by("-received_on").defer("grounds")
        return found, [f"Received {day_text(row.received_on)}: {inside(str(row.get_state_display()))}" for row in rows]


def since(reached_on: date | None, decided_on: date) -> date | None:
    """Return when her or his time began: reasons that came before this decision were of one before it, since opened again."""
    return reached_on if reached_on is not None and reached_on >= decided_on else None


def written_reasons(complainant_id: UUID) -> Mapping[UUID, date]:
    """Return the day on which written reasons reached a complainant, by the outcome or crime they are about. One query."""
    rows = m.WrittenReasons.objects.filter(complainant=complainant_id, withdrawn_at__isnull=True)
    return dict(rows.values_list("fact_id", "reached_on"))


def asked_of(case: m.Case, one: Reviewable, complainant_id: UUID, *, before_no_evidence: bool = False) -> eligibility.Decision:
    """Return what the table of eligibility asks of a decision. In the system scope of the case's force; at most four queries."""
    suspect = one.suspect
    before = ReviewRequest.objects.filter(
        complainant=complainant_id, outcome=one.outcome, offence=one.offence, state=ReviewState.UPHELD
    ).exists()
    if suspect is None:
        return eligibility.Decision(one.side, one.code, suspect_named=False, interviewed=False, reviewed_before=before)
    hers = m.Offence.objects.filter(
        case=case, complainant=complainant_id, allegations__suspect=suspect, allegations__withdrawn_at__isnull=True
    )
    others = m.Allegation.objects.filter(offence__in=hers, withdrawn_at__isnull=True).exclude(suspect=suspect).values("suspect")
    charged = m.SuspectOutcome.objects.filter(case=case, suspect__in=others, code=CHARGED, reopened_at__isnull=True)
    return eligibility.Decision(
        one.side,
        one.code,
        interviewed=m.Interview.objects.filter(suspect=suspect).exists(),
        others_charged=charged.exists(),
        other_offence_charged=one.code != CHARGED and not charged.exists() and hers.filter(outcome_code=CHARGED).exists(),
        before_no_evidence=before_no_evidence,
        reviewed_before=before,
    )
