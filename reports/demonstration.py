"""What waits for people in the demonstration beyond the cases themselves: emergency access, patterns, offers, notices, absences.

Invented, and made by the services that the screens use. Safe to run again: what was made is not made a second time.
"""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.http import QueryDict

import audit.services
from accounts.acting import context_of
from accounts.demonstration import FORCE, OTHER_FORCE
from accounts.models import Accreditation
from accounts.saved_filters import filters_of, page_for
from accounts.scopes import scope_of
from accounts.services.absence import set_away
from accounts.services.accreditation import add_accreditation
from accounts.services.filters import keep_filter
from audit import context as audit_context
from audit.acts import Act
from cases import models as m
from cases.demonstration import People, acting
from cases.services.cover import tell_covers
from cases.services.emergency import SeesItAlready, review_emergency_access, take_emergency_access
from cases.services.handover import hand_over
from cases.services.offers import decline_offer, offer_to_force
from core import clock
from core.scope import scope, system
from reports.auditing.patterns import find_patterns, patterns_of, review_pattern
from reports.auditing.thresholds import DENIALS_A_DAY
from reports.daily.runs import bring_up_to_date
from reports.models import Pattern, PatternKind

OFFERED, DECLINED, OFFERED_BACK = "52/DEMO/13", "52/DEMO/16", "46/DEMO/05"
OPENED, REVIEWED = "52/DEMO/22", "52/DEMO/24"
HANDED_OVER = "52/DEMO/28"
AWAY_DAYS, ACCREDITATION_ENDS = 9, 40
UNCOVERED_FROM, UNCOVERED_DAYS = 5, 6
KEPT = (
    ("investigator", "case_list", "High risk, anything overdue", "risk=high&overdue=any"),
    ("supervisor", "case_list", "Not allocated", "only=unallocated"),
    ("supervisor", "overdue_arrests", "High risk", "risk=high"),
    ("supervisor", "bail_diary", "Bail that has lapsed", "state=lapsed"),
)
"""Who keeps which filter of which list."""


def make_what_waits() -> None:
    """Make it, once the demonstration's people and cases are there. Raises ImproperlyConfigured unless settings.DEMO is on."""
    if not settings.DEMO:
        raise ImproperlyConfigured("What waits in the demonstration is made only where RASSO_DEMO is on.")
    people = People()
    with audit_context.acting_as_system(reason="demonstration"):
        for make in (offers, emergencies, at_the_cps, in_the_south, accreditation, filters):
            with transaction.atomic():
                make(people)
        patterns(people)
        bring_up_to_date()


def case_of(force_id: int, reference: str) -> m.Case:
    """Return a case of the demonstration by its reference."""
    with scope(system(force_id)):
        return m.Case.objects.get(force_id=force_id, crime_reference=reference)


def offers(people: People) -> None:
    """Kent has an offer to answer and has declined another; it offers one of its own."""
    with scope(system(FORCE)):
        if m.CaseOffer.objects.filter(force_id=FORCE, case__crime_reference=OFFERED).exists():
            return
    wanted = (
        (FORCE, "supervisor", OFFERED, OTHER_FORCE, "The place where it happened is in Kent."),
        (FORCE, "supervisor", DECLINED, OTHER_FORCE, "The suspect is believed to live in Kent."),
        (OTHER_FORCE, "other-supervisor", OFFERED_BACK, FORCE, "It happened on a visit to Bristol."),
    )
    made = {}
    for force_id, who, reference, to, reason in wanted:
        case = case_of(force_id, reference)
        with acting(people[who]):
            made[reference] = offer_to_force(actor=people[who], case_id=case.pk, force_id=to, reason=reason)
    with acting(kent := people["other-supervisor"]):
        decline_offer(actor=kent, offer_id=made[DECLINED].offer_key, reason="No address in Kent is known yet. Offer it again when one is.")


def emergencies(people: People) -> None:
    """One use of emergency access waits for the auditor's review; one was reviewed."""
    with scope(system(FORCE)):
        if m.EmergencyAccess.objects.filter(force_id=FORCE, case__crime_reference__in=(OPENED, REVIEWED)).exists():
            return
    take(people, "investigator2", OPENED, "Somebody is in danger now: the suspect was seen at her address.")
    access = take(people, "sergeant", REVIEWED, "Custody asks about bail conditions, and nobody of the unit answers.")
    if access is not None:
        with acting(auditor := people["auditor"]):
            note = "The custody record of that evening bears this out."
            review_emergency_access(actor=auditor, access_id=access.pk, answer=m.EmergencyReview.Answer.JUSTIFIED, note=note)


def take(people: People, who: str, reference: str, reason: str) -> m.EmergencyAccess | None:
    """Take emergency access as somebody; None for a case that she or he sees anyway."""
    with acting(actor := people[who]):
        try:
            return take_emergency_access(actor=actor, crime_reference=reference, reason=reason)
        except SeesItAlready:
            return None


def at_the_cps(people: People) -> None:
    """A prosecutor is away and covered, and has handed one case over."""
    manager, away, cover = people["cps-manager"], people["prosecutor2"], people["prosecutor"]
    if away.away_from is not None:
        return
    case = case_of(FORCE, HANDED_OVER)
    with acting(manager):
        today = clock.today()
        set_away(actor=manager, person=away, away_from=today, away_to=today + timedelta(days=AWAY_DAYS), covered_by=cover)
        if m.CasePerson.objects.filter(case=case, user=away, role=m.CaseRole.PROSECUTOR, until__isnull=True).exists():
            note = "The suspect is released under investigation: ask for a date when the laboratory answers."
            hand_over(actor=manager, case_id=case.pk, from_id=away.pk, to_id=cover.pk, roles=[m.CaseRole.PROSECUTOR], note=note)
    tell_covers()


def in_the_south(people: People) -> None:
    """An officer will be away this week and nobody covers, which the inspector's morning says."""
    supervisor, officer = people["supervisor"], people["investigator2"]
    if officer.away_from is None:
        first = clock.today() + timedelta(days=UNCOVERED_FROM)
        with acting(supervisor):
            set_away(actor=supervisor, person=officer, away_from=first, away_to=first + timedelta(days=UNCOVERED_DAYS))


def filters(people: People) -> None:
    """Two people have kept filters of their lists."""
    for who, url_name, name, query in KEPT:
        person = people[who]
        with acting(person):
            page = page_for(url_name, person)
            if not filters_of(person).filter(page=url_name, name=name).exists():
                keep_filter(actor=person, page=page, name=name, query=QueryDict(query))


def accreditation(people: People) -> None:
    """An officer's accreditation ends soon, which the administrator's first page says."""
    administrator, officer = people["administrator"], people["investigator2"]
    with acting(administrator):
        if Accreditation.objects.filter(user=officer).exists():
            return
        ends = clock.today() + timedelta(days=ACCREDITATION_ENDS)
        kind = Accreditation.Kind.PIP2
        add_accreditation(actor=administrator, person=officer, kind=kind, awarded_on=ends - timedelta(days=1095), expires_on=ends)


def patterns(people: People) -> None:
    """Two patterns of looking wait for the auditor, and one was looked at. Today counts although it is not over."""
    auditor = people["auditor"]
    with acting(auditor):
        if Pattern.objects.filter(agency_id=FORCE).exists():
            return
    with transaction.atomic():
        search_own_name(people)
        for who in ("investigator2", "sergeant"):
            be_refused(people, who)
    find_patterns(until=clock.today())
    with acting(auditor):
        found = patterns_of(auditor).filter(kind=PatternKind.DENIALS, actor_id=people["sergeant"].pk, reviewed_at__isnull=True).first()
        if found is not None:
            review_pattern(actor=auditor, pattern_id=found.pk, note="Old bookmarks to a case that was restricted. Asked, and cleared up.")


def search_own_name(people: People) -> None:
    """An officer searched the cases for her own surname, and found none."""
    officer = people["investigator"]
    with audit_context.acting(context_of(officer, route="case_list")), scope(scope_of(officer)):
        surname = str(officer.name).split()[-1]
        audit.services.record(act=Act.CONSULTATION, what="case list", row_count=0, search_terms=surname)


def be_refused(people: People, who: str) -> None:
    """Somebody asked again and again for a page that is not hers or his."""
    person = people[who]
    for _ in range(DENIALS_A_DAY.value):
        with audit_context.acting(context_of(person, route="case_page")), scope(scope_of(person)):
            audit.services.record_denial(what="page refused")
