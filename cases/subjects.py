"""What people are told about cases, and whether a case of a notice is still open to its reader."""

from collections.abc import Collection, Mapping
from uuid import UUID

from accounts.models import User
from accounts.roles import WORKS_CASES_CPS, WORKS_CASES_POLICE, Role
from accounts.scopes import scope_of
from cases import models as m
from core.scope import scope
from notifications import sight, subjects
from notifications.sight import CaseSeen
from notifications.subjects import Channel, Subject

SUPERVISORS = frozenset({Role.SUPERVISOR})
ON_CASES = WORKS_CASES_POLICE | WORKS_CASES_CPS

SUBJECTS: tuple[Subject, ...] = (
    Subject(
        key="emergency_access",
        label="Somebody of your force took emergency access to a case",
        heading="Emergency access was taken",
        text="Somebody of your force opened a case that was closed to her or him, and said why. It ends after four hours, "
        "and an auditor reviews it.",
        url_name="case_page",
        roles=SUPERVISORS,
        channel=Channel.EMAIL,
        must_email=True,
        urgent=True,
    ),
    Subject(
        key="not_told",
        label="A victim was not told of a release or a change of bail",
        heading="A victim was not told of a release or of bail",
        text="Somebody recorded a release, or bail set, changed or ended, and that the victim was not told. "
        "The case says why, and what is still to be told.",
        url_name="case_page",
        roles=frozenset({Role.SUPERVISOR, Role.SERGEANT, Role.INVESTIGATOR}),
        channel=Channel.EMAIL,
        must_email=True,
        urgent=True,
    ),
    Subject(
        key="case_offered",
        label="Another force offers your force a case",
        heading="Another force offers you a case",
        text="Accept it or decline it. Until you accept, the other force owes everything in it.",
        url_name="offer_list",
        roles=SUPERVISORS,
        channel=Channel.EMAIL,
    ),
    Subject(
        key="offer_answered",
        label="Another force answers your offer of a case",
        heading="Your offer of a case was answered",
        text="The case says whether the other force took it. If it did not, your force goes on with it.",
        url_name="case_page",
        roles=SUPERVISORS,
        channel=Channel.DIGEST,
        otherwise="offer_list",
    ),
    Subject(
        key="case_handed_over",
        label="A case is handed over to you",
        heading="A case was handed over to you",
        text="What it needs is yours from now on. The note on its timeline says where it stands.",
        url_name="case_page",
        roles=ON_CASES,
        channel=Channel.EMAIL,
        otherwise="case_list",
    ),
    Subject(
        key="cover_begins",
        label="You begin to cover for somebody",
        heading="You cover for somebody",
        text="While she or he is away, what her or his cases need is on your list, and you are told in her or his place. "
        "“Away and cover” says for whom, and how long.",
        url_name="away_list",
        roles=ON_CASES,
        channel=Channel.DIGEST,
    ),
)


def register() -> None:
    """Add the subjects, and answer which cases of notices a reader still sees, and of which somebody never hears."""
    subjects.add(*SUBJECTS)
    sight.register(seen)
    sight.register_bar(excluded)


def seen(user: User, case_ids: Collection[UUID]) -> Mapping[UUID, CaseSeen]:
    """Return those of the cases that the person may see now, in one query."""
    rows = m.Case.objects.visible_to(user).filter(pk__in=case_ids).values_list("pk", "crime_reference", "force_id")
    return {key: CaseSeen(reference, force_id) for key, reference, force_id in rows}


def excluded(user: User, case_id: UUID) -> bool:
    """Say whether a person is excluded from a case. One query, in her or his own scope: the system of an Area reads no case."""
    if user.role not in ON_CASES:
        return False
    with scope(scope_of(user)):
        return m.Exclusion.objects.filter(case=case_id, user=user.pk, lifted_at__isnull=True).exists()
