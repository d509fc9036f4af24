"""The page of one victim for police and CPS: masked as it is opened, and the same page with everything for one look.

Masked, nothing is told of a value but that it is recorded: not how long it is and not how it ends. Whether an address or
notes are recorded is sealed with them. What must never be told to a contact person stands first, and is read by those
who are shown identity; everybody else is told that there is something.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from accounts.models import User
from cases.acts import On
from cases.pages.buttons import Button
from cases.pages.sections import FIRST_ACTS
from cases.sight import record_consultation
from core.components import SummaryRow, day_text, london_text
from core.sealedfield import opening
from victims import permissions, sections
from victims.measures import in_words
from victims.models import ContactPerson, NeedsAssessment, Victim
from victims.near_suspect import SuspectNames, may_be_told, never_told
from victims.pages.places import on_row, on_victim, victim_page
from victims.services.consulting import Reason, consulting
from victims.sight import Seen

RECORDED, NOT_RECORDED = "Recorded", "Not recorded"
SHOWN_ALONE: Final = "Shown with the identity"
HIDDEN_NEVER: Final = "There is something this person must never be told. Ask the officer in the case."
NEEDS_ACT: Final = "assess-needs"
NEVER_REASON: Final = "whether something must never be told"


@dataclass(frozen=True, slots=True)
class PersonCard:
    """A contact person. `name` and the other sealed values are empty while masked; `known`: there is a name behind the mask."""

    key: UUID
    kind: str
    may_be_told: str
    parental_responsibility: bool
    may_answer_telephone: bool
    near_suspect: bool
    never: str = ""
    name: str = ""
    telephone: str = ""
    email: str = ""
    decision: str = ""
    ended: str = ""
    may_change: bool = False
    buttons: Sequence[Button] = ()


@dataclass(frozen=True, slots=True)
class VictimPage:
    """What the page shows. `shown`: who she or he is stands on it, for this look."""

    identity: list[SummaryRow]
    people: list[PersonCard]
    needs: list[SummaryRow]
    assessed: str
    may_keep: bool
    may_show: bool
    shown: bool
    sections: list[sections.Shown]
    buttons: Sequence[Button] = ()
    first: Sequence[Button] = ()


def masked(seen: Seen, user: User) -> VictimPage:
    """Return the page as it is opened, and write the one row of the access log for it.

    Those who are shown identity read at once what contact persons must never be told: that is a look of its own kind.
    """
    people, suspects = _people(seen), SuspectNames.of(seen.case)
    if seen.identity and people:
        with consulting(seen.case, reason=Reason.SAFETY, what="victim page"):
            cards = [_card(seen, user, row, suspects) for row in people]
    else:
        record_consultation(seen.case, "victim page")
        with opening(NEVER_REASON):
            cards = [_card(seen, user, row, suspects) for row in people]
    return _page(seen, user, _recorded(victim_of(seen)), cards, latest_needs(seen))


def opened(seen: Seen, user: User, reason: str) -> VictimPage:
    """Return the page with who she or he is, once the access log has the row. The caller has proved `seen.identity`.

    Raises ValueError for a reason that is not of the list.
    """
    people, victim, assessment = _people(seen), victim_of(seen), latest_needs(seen)
    suspects = SuspectNames.of(seen.case)
    with consulting(seen.case, reason=reason):
        cards = [_opened_card(seen, user, row, suspects) for row in people]
        identity = _values(victim) if victim else []
        communication = assessment.communication if assessment else ""
    return _page(seen, user, identity, cards, assessment, shown=True, communication=communication)


def victim_of(seen: Seen) -> Victim | None:
    """Return who the complainant is, still sealed, or None where nothing was entered."""
    return Victim.objects.filter(case=seen.case, complainant=seen.complainant).first()


def person_of(seen: Seen, person_id: UUID) -> ContactPerson | None:
    """Return one of the complainant's contact persons, still sealed, or None for one of somebody else or one who has ended."""
    return ContactPerson.objects.filter(case=seen.case, complainant=seen.complainant, pk=person_id, ended_at__isnull=True).first()


def latest_needs(seen: Seen) -> NeedsAssessment | None:
    """Return the assessment of needs that stands."""
    rows = NeedsAssessment.objects.filter(case=seen.case, complainant=seen.complainant)
    return rows.order_by("-assessed_at", "-created_at").first()


def is_recorded(victim: Victim) -> bool:
    """Say whether anything that can be asked without opening it is recorded."""
    keys = (victim.name_key, victim.surname_key, victim.home_key, victim.mobile_key, victim.email_key)
    return any(keys) or victim.date_of_birth_sealed is not None  # type: ignore[attr-defined]


def _people(seen: Seen) -> list[ContactPerson]:
    rows = ContactPerson.objects.filter(case=seen.case, complainant=seen.complainant).order_by("created_at")
    return sorted(rows, key=lambda row: row.ended_at is not None)


def _recorded(victim: Victim | None) -> list[SummaryRow]:
    """Say which values are recorded, from blind indexes and emptiness alone: nothing is opened."""
    if victim is None:
        return []
    there = {
        "Name": victim.surname_key or victim.name_key,
        "Date of birth": victim.date_of_birth_sealed is not None,  # type: ignore[attr-defined]
        "Home telephone": victim.home_key,
        "Mobile telephone": victim.mobile_key,
        "Email address": victim.email_key,
    }
    rows = [SummaryRow(key, RECORDED if value else NOT_RECORDED) for key, value in there.items()]
    return [*rows, SummaryRow("Address and notes", SHOWN_ALONE)]


def _values(victim: Victim) -> list[SummaryRow]:
    born = victim.date_of_birth
    return [
        SummaryRow("Surname", victim.surname),
        SummaryRow("Forenames", victim.forenames),
        SummaryRow("Date of birth", day_text(born) if born else ""),
        SummaryRow("Address", victim.address),
        SummaryRow("Home telephone", victim.home_telephone),
        SummaryRow("Mobile telephone", victim.mobile_telephone),
        SummaryRow("Email address", victim.email),
        SummaryRow("Notes", victim.notes or "None"),
    ]


def _card(seen: Seen, user: User, row: ContactPerson, suspects: SuspectNames, **values: str) -> PersonCard:
    """Return a contact person, masked but for `values`; what is sealed is opened for what must never be told."""
    live = row.ended_at is None
    changes = live and seen.identity and permissions.KEEP_IDENTITY.holds(user)
    never = never_told(row, suspects) if live else row.never_tell
    return PersonCard(
        key=row.pk,
        kind=row.get_kind_display(),
        may_be_told=may_be_told(row, suspects) if live else row.get_may_be_told_display(),
        parental_responsibility=row.parental_responsibility,
        may_answer_telephone=row.may_answer_telephone,
        near_suspect=row.near_suspect,
        never=never if seen.identity else HIDDEN_NEVER if never else "",
        ended="" if live else f"{london_text(row.ended_at)}: {row.ended_because}",
        may_change=changes,
        buttons=on_row(seen, user, On.CONTACT_PERSON, row, row.get_kind_display(), address=victim_page(seen), part="contact-people")
        if changes
        else (),
        **values,
    )


def _opened_card(seen: Seen, user: User, row: ContactPerson, suspects: SuspectNames) -> PersonCard:
    values = {"name": row.name, "telephone": row.telephone, "email": row.email, "decision": row.near_suspect_decision}
    return _card(seen, user, row, suspects, **values)


def _page(
    seen: Seen,
    user: User,
    identity: list[SummaryRow],
    people: list[PersonCard],
    assessment: NeedsAssessment | None,
    *,
    shown: bool = False,
    communication: str = "",
) -> VictimPage:
    return VictimPage(
        identity=identity,
        people=people,
        needs=_needs(seen, assessment, communication=communication, shown=shown),
        assessed=london_text(assessment.assessed_at) if assessment else "",
        may_keep=seen.identity and permissions.KEEP_IDENTITY.holds(user),
        may_show=seen.identity,
        shown=shown,
        sections=sections.of(seen, user),
        buttons=on_victim(seen, user, NEEDS_ACT, part="needs"),
        first=on_victim(seen, user, *FIRST_ACTS, part="main-content"),
    )


def _needs(seen: Seen, row: NeedsAssessment | None, *, communication: str, shown: bool) -> list[SummaryRow]:
    """Return what was assessed; entitlement stands on the label and is known without an assessment."""
    entitled = SummaryRow("Entitled to", seen.complainant.get_entitlement_display())
    if row is None:
        return [entitled]
    return [
        entitled,
        SummaryRow("Why enhanced", row.enhanced_because or "Not said"),
        SummaryRow("Interpreter", row.interpreter_language or "Not needed"),
        SummaryRow("Intermediary", "Needed" if row.intermediary else "Not needed"),
        SummaryRow("Special measures", in_words(row.special_measures) or "None"),
        SummaryRow("Interviewer", row.get_interviewer_gender_display()),
        SummaryRow("Communication", (communication or "Nothing recorded") if shown else SHOWN_ALONE),
        SummaryRow("Told that therapy need not wait", "Yes" if row.told_therapy_need_not_wait else "Not yet"),
    ]
