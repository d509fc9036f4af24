"""What a request for early advice says to begin with: drawn from the case, to be read and put right by the officer.

Nothing here is an answer by itself. What the case does not know (what an enquiry is expected to show, and by when) is left
open in words, and a request in which they still stand is not complete.
"""

from collections.abc import Iterable
from dataclasses import asdict

from cases import models as m
from cases.extract.columns import OFFENCES
from cases.models.base import TEXT
from cases.services.complainants import NEEDS
from cases.services.enquiries import State
from core import clock
from core.components import day_text
from core.words import inside
from prosecution.policies_advice import SAY_WHAT, SAY_WHEN
from prosecution.services.advice import AdviceTexts

NONE = "None."


def texts_from(case: m.Case) -> AdviceTexts:
    """Return the texts that the case gives. Five queries, whatever it holds."""
    suspects = list(m.Suspect.objects.filter(case=case, recorded_in_error_at__isnull=True).order_by("number"))
    complainants = list(m.Complainant.objects.filter(case=case).order_by("label"))
    crimes = list(m.Offence.objects.filter(case=case).select_related("complainant").order_by("created_at", "id"))
    enquiries = list(m.LineOfEnquiry.objects.filter(case=case).order_by("opened_at", "id"))
    interviewed = m.Interview.objects.filter(case=case).exists()
    found = AdviceTexts(
        summary=_summary(case, suspects, complainants, crimes),
        enquiries_done=_lines(enquiries, _done(enquiries)),
        enquiries_going_on=_lines(enquiries, _open(enquiries, State.GOING_ON)),
        enquiries_contemplated=_lines(enquiries, _open(enquiries, State.CONTEMPLATED)),
        explanation="" if interviewed or not suspects else "No suspect has been interviewed yet.",
        support_needs="\n".join(_needs(one) for one in complainants),
    )
    return AdviceTexts(**{name: text[:TEXT] for name, text in asdict(found).items()})


def _summary(case: m.Case, suspects: Iterable[m.Suspect], complainants: Iterable[m.Complainant], crimes: Iterable[m.Offence]) -> str:
    lines = [f"Recorded on {day_text(clock.london_day(case.recorded_at))}."]
    lines += [f"Victim {one.label}: {inside(one.get_age_group_display())}." for one in complainants]
    lines += [f"{OFFENCES.get(one.code, 'Crime')} ({one.code}), Victim {one.complainant.label}{_when(one)}." for one in crimes]
    relations = dict(m.Relationship.choices)
    for one in suspects:
        relation = inside(str(relations.get(one.relationship, one.relationship) or "relationship not recorded"))
        lines.append(f"Suspect {one.number}: {relation}; identified on {day_text(clock.london_day(one.identified_at))}.")
    return "\n".join(lines)


def _when(crime: m.Offence) -> str:
    if crime.from_on is None:
        return ""
    until = f" to {day_text(crime.to_on)}" if crime.to_on and crime.to_on != crime.from_on else ""
    return f", {day_text(crime.from_on)}{until}"


def _done(enquiries: Iterable[m.LineOfEnquiry]) -> list[str]:
    ended = [one for one in enquiries if one.state in {State.DONE, State.NOT_PURSUED}]
    return [f"{one.what}: {one.result}{' (not pursued)' if one.state == State.NOT_PURSUED else ''}" for one in ended]


def _open(enquiries: Iterable[m.LineOfEnquiry], state: str) -> list[str]:
    """Return each enquiry with what it is expected to show and by when, left open where the case does not say."""
    return [
        f"{one.what}. Expected outcome: {SAY_WHAT}. By: {day_text(one.expected_on) if one.expected_on else SAY_WHEN}."
        for one in enquiries
        if one.state == state
    ]


def _lines(enquiries: list[m.LineOfEnquiry], texts: list[str]) -> str:
    """Return the texts one a line; "None." where the case has enquiries and none of this sort; nothing where it has none at all."""
    if texts:
        return "\n".join(f"- {text}" for text in texts)
    return NONE if enquiries else ""


def _needs(complainant: m.Complainant) -> str:
    needs = [words for name, words in NEEDS.items() if getattr(complainant, name)]
    return f"Victim {complainant.label}: {', '.join(needs) if needs else 'no needs recorded so far'}."
