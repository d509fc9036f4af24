"""How every service changes a case: prove sight, lock, compare the version, write facts, then timeline, reconcile, audit.

    with changing(case_id, actor=user, version=3) as change:
        change.allow(permissions.INVESTIGATE)
        change.add(Arrest, suspect=suspect, at=at)
        change.put_in_timeline("arrested", suspect=suspect, at=at)

Facts are written under the actor's own kind; timeline, deadlines, projections and the access log's row follow on the way
out, the first three inside the system scope of the case's force.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

import pghistory
from django.db import transaction
from django.http import Http404

import audit.context
import audit.services
from accounts.models import User
from accounts.roles import WORKS_CASES_CPS
from audit.acts import Act
from cases import models as m
from cases import policies
from cases.derive.facts import CaseFacts, SuspectFacts
from cases.permissions import Permission
from cases.selectors import facts_of
from cases.services.reconcile import keys_of, reconcile
from cases.sight import check_lasting, purpose_of, with_emergency
from cases.timeline import OF_THE_POLICE_ALONE
from core import clock
from core.exceptions import Change, Conflict, NotPossible
from core.scope import scope, system

Row = TypeVar("Row", bound=m.CaseRow)


@dataclass(frozen=True, slots=True)
class Extract:
    """The actor behind facts that come from a force's extract: no person, seen from a day."""

    force_id: int
    name: str = "Force's extract"


Actor = User | Extract


@dataclass(slots=True)
class Changing:
    """A case being changed, locked, by somebody who sees it. `now` is one moment for the whole change."""

    case: m.Case
    actor: Actor
    now: datetime
    timeline: list[m.TimelineEvent] = field(default_factory=list)
    known: CaseFacts | None = None
    """All facts as they stand after the change, where the writer knows them: the importer of a new case."""
    _facts: CaseFacts | None = None

    @property
    def user(self) -> User | None:
        """The person acting, or None for the extract."""
        return self.actor if isinstance(self.actor, User) else None

    def keys(self) -> dict[str, Any]:
        """Return the columns that every row of this case carries, with who writes it."""
        return {**keys_of(self.case), "created_by": self.user}

    def add(self, model: type[Row], **facts: Any) -> Row:
        """Insert one row of the case and return it."""
        row = model(**self.keys(), **facts)
        row.save(force_insert=True)
        return row

    def put_in_timeline(
        self,
        kind: str,
        *,
        at: datetime | None = None,
        suspect: m.Suspect | None = None,
        complainant: m.Complainant | None = None,
        text: str = "",
    ) -> None:
        """Say on the timeline what happened, when it happened, to whom. Written when the change is complete."""
        self.timeline.append(
            m.TimelineEvent(
                **self.keys(),
                kind=kind,
                suspect=suspect,
                complainant=complainant,
                happened_at=at or self.now,
                text=text,
                actor_name=self.actor.name,
                case_version=0,
            )
        )

    def allow(self, permission: Permission) -> None:
        """Check who may, and that the case takes changes at all. The extract may record; it is not a person."""
        if self.user is not None:
            permission.check(self.user)
            check_lasting(self.case, permission)
            policies.case_takes_changes(self.case)

    def facts(self) -> CaseFacts:
        """Return the case's facts as they stand before this change (read once)."""
        if self._facts is None:
            self._facts = facts_of(self.case)
        return self._facts

    def suspect(self, suspect_id: UUID) -> tuple[m.Suspect, SuspectFacts]:
        """Return a suspect of this case with her or his facts. Raises Http404 for none, or one recorded in error."""
        suspect = self.get(m.Suspect, suspect_id)
        found = next((facts for facts in self.facts().suspects if facts.id == suspect.pk), None)
        if found is None:
            raise Http404
        return suspect, found

    def get(self, model: type[Row], pk: UUID) -> Row:
        """Return a row of this case by key. Raises Http404 when this case has none: another case's row is nothing here."""
        row = model._default_manager.filter(case=self.case, pk=pk).first()
        if row is None:
            raise Http404
        return row

    def not_in_future(self, moment: datetime, *, field: str = "at") -> None:
        """Refuse a fact that has not happened yet (one minute of slack for clocks that differ)."""
        if (moment - self.now).total_seconds() > 60:
            raise NotPossible("Enter a date and time in the past", field=field)


def see(case_id: UUID, actor: Actor) -> m.Case:
    """Return the case, locked, if this actor may see it. Raises Http404 otherwise, the same as for nothing."""
    if isinstance(actor, User):
        rows = with_emergency(m.Case.objects.visible_to(actor), actor)
    else:
        rows = m.Case.objects.filter(force_id=actor.force_id)
    case = rows.filter(pk=case_id).select_for_update(of=("self",)).first()
    if case is None:
        raise Http404
    return case


@contextmanager
def changing(case_id: UUID, *, actor: Actor, version: int | None = None, locked: m.Case | None = None) -> Iterator[Changing]:
    """Change one case in one transaction. `version` is what the form was made from: an older one raises Conflict.

    Raises Http404 for a case this actor may not see, Conflict with who changed what and when, and whatever the body
    raises; in every such case nothing is written.
    """
    with transaction.atomic(), pghistory.context(**_who(actor)):
        case = locked or see(case_id, actor)
        if version is not None and version != case.version and _is_known(case, actor, version):
            raise Conflict(last_change(case, version))
        change = Changing(case=case, actor=actor, now=clock.now())
        yield change
        _finish(change)


def _who(actor: Actor) -> dict[str, str]:
    """Return what every version written by this change says about who wrote it, and in which request."""
    return {
        "actor_id": str(actor.pk) if isinstance(actor, User) else "",
        "actor_name": actor.name,
        "request_id": str(audit.context.required().request_id),
    }


def _is_known(case: m.Case, actor: Actor, version: int) -> bool:
    """Say whether anything since a version may be known to whoever acts: what the police draft is no conflict for the CPS."""
    if not isinstance(actor, User) or actor.role not in WORKS_CASES_CPS:
        return True
    since = m.TimelineEvent.objects.filter(case=case, case_version__gt=version)
    with scope(system(case.force_id)):
        drafted = since.filter(kind__in=OF_THE_POLICE_ALONE).values("case_version").distinct().count()
        said = since.exclude(kind__in=OF_THE_POLICE_ALONE).exists()
    return said or drafted != case.version - version


def last_change(case: m.Case, version: int) -> Change:
    """Return who changed the case since a version, what and when (the latest)."""
    from cases.timeline import words

    latest = m.TimelineEvent.objects.filter(case=case, case_version__gt=version).order_by("-case_version", "-created_at").first()
    if latest is None:
        return Change(who="Somebody", what="changed the case", at=clock.now())
    return Change(who=latest.actor_name, what=words(latest.kind), at=latest.created_at, by=latest.created_by_id)


def _finish(change: Changing) -> None:
    """Timeline, reconcile, projections under the system kind; then the access log's row."""
    case = change.case
    version = case.version + 1
    for number, event in enumerate(change.timeline):
        event.case_version = version
        if number and event.created_at <= change.timeline[number - 1].created_at:  # the order written is the order read
            event.created_at = change.timeline[number - 1].created_at + timedelta(microseconds=1)
    with scope(system(case.force_id)):
        if change.timeline:
            m.TimelineEvent.objects.bulk_create(change.timeline)
        reason = change.timeline[-1].kind if change.timeline else "changed"
        reconcile(case, reason=reason, actor_name=change.actor.name, now=change.now, version=version, facts=change.known)
    what = ", ".join(dict.fromkeys(event.kind for event in change.timeline)) or "case changed"
    audit.services.record(act=Act.ALTERATION, what=what[:100], case_ids=[case.pk], owners=[case.force_id], purpose=purpose_of(case))
