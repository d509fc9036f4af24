"""Correcting a fact that was wrong: with a reason, the old value kept, and where it could be gamed by a second person.

Moving an identification later, lowering the risk before an arrest, or moving the arrest to an earlier day can make a late
arrest look timely; taking back that
somebody was named hides that nobody was looked for. Asked for by anybody but a supervisor each waits for one; the report
keeps the first due date either way (cases/derive/clock_rules.py).
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.http import Http404

from accounts.models import User
from cases import models as m
from cases import permissions, plausible
from cases.correctable import TABLES, Fact, fact_of, in_words
from cases.derive.clocks import Kind
from cases.derive.states import RISK_ORDER
from cases.extract.columns import OFFENCES
from cases.services.changing import Changing, changing
from cases.services.known import follow
from cases.services.logging import refusal_of
from cases.services.suspects import write_name_keys
from core.exceptions import NotAllowed, NotPossible

Answer = m.FactCorrection.Answer


def correct_fact(
    *, actor: User, case_id: UUID, table: str, row_id: UUID, field: str, new: Any, reason: str, version: int | None = None
) -> m.FactCorrection:
    """Correct one fact of the table in cases/correctable.py. `new` is the value, or its text.

    The correction returned says whether it was made or waits for a supervisor. Raises NotAllowed, NotPossible (not
    correctable, no real value, the value it has, against other facts, one waiting already), Conflict, Http404 for a row
    of another case.
    """
    return correct_facts(actor=actor, case_id=case_id, table=table, row_id=row_id, changes={field: new}, reason=reason, version=version)[0]


def correct_facts(
    *, actor: User, case_id: UUID, table: str, row_id: UUID, changes: Mapping[str, Any], reason: str, version: int | None = None
) -> list[m.FactCorrection]:
    """Correct several facts of one row for one reason; those that have the value given already are left out.

    Raises as `correct_fact`; NotPossible when nothing would change.
    """
    return correct_rows(actor=actor, case_id=case_id, changes=[(table, row_id, changes)], reason=reason, version=version)


def correct_rows(
    *,
    actor: User,
    case_id: UUID,
    changes: Sequence[tuple[str, UUID, Mapping[str, Any]]],
    reason: str,
    version: int | None = None,
    **about: UUID,
) -> list[m.FactCorrection]:
    """Correct facts of several rows of one case in one change: (table, key of the row, new value by field) for each.

    `about` is what the page was about (suspect_id=…); each row is named by itself, so it decides nothing. Raises as
    `correct_fact`; NotPossible when nothing would change.
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.INVESTIGATE)
        if not reason.strip():
            raise NotPossible("Enter why the fact was wrong", field="reason")
        made = [one for table, row_id, wanted in changes for one in _correct_row(change, table, row_id, wanted, reason)]
        if not made:
            raise NotPossible("Nothing was changed")
        return made


def _correct_row(change: Changing, table: str, row_id: UUID, wanted: Mapping[str, Any], reason: str) -> list[m.FactCorrection]:
    row = _row(change, table, row_id)
    kept: list[tuple[Fact, str, str, bool]] = []
    for field, new in wanted.items():
        fact = fact_of(table, field)
        old, text = fact.text_of(getattr(row, field)), new.strip() if isinstance(new, str) else fact.text_of(new)
        # Compared before it is read: what an extract gave need not be one of today's choices.
        if text == old:
            continue
        value = fact.value_of(text)
        text = fact.text_of(value)
        if text == old:
            continue
        waits = _needs_supervisor(change, fact, row, value)
        if not waits:
            setattr(row, field, value)
        kept.append((fact, old, text, waits))
    now = [fact for fact, _, _, waits in kept if not waits]
    if now:
        plausible.check(change, table, row)
        _save(change, table, row, now)
    for fact, old, text, _ in kept:
        if (fact.table, fact.field) == ("suspect", "pnc_id"):
            follow(change.case.force_id, old, text)
    return [_keep(change, row, *one, reason) for one in kept]


def _row(change: Changing, table: str, row_id: UUID) -> Any:
    """Return the row, of this case. Raises Http404 for another's, NotPossible for a table without correctable facts."""
    model = TABLES.get(table)
    if model is None:
        raise NotPossible("This cannot be corrected here.")
    if model is m.Case:
        if row_id != change.case.pk:
            raise Http404
        return change.case
    return change.get(model, row_id)  # type: ignore[type-var]


def _needs_supervisor(change: Changing, fact: Fact, row: Any, new: Any) -> bool:
    """Say whether this correction waits for a supervisor: asked for by somebody else, and easing or hiding an arrest that is owed."""
    if change.user is None or permissions.SUPERVISE.holds(change.user):
        return False
    if (fact.table, fact.field) == ("suspect", "identified_at"):
        return bool(new > row.identified_at)
    if (fact.table, fact.field) == ("case", "risk"):
        lowered = RISK_ORDER.index(new) < RISK_ORDER.index(row.risk)
        # An outcome does not count as a stop: lowered behind one, the risk would be low when the suspect is reopened.
        return lowered and any(suspect.stopped_arrest_clock_at() is None for suspect in change.facts().suspects)
    if (fact.table, fact.field) in {("arrest", "at"), ("interview", "at")}:
        return _makes_timely(change, row, new)
    # "Yes" without a suspect is listed daily: taken back, the case leaves that list.
    return (fact.table, fact.field) == ("case", "named") and row.named == m.Named.YES and not change.facts().suspects


def _makes_timely(change: Changing, row: Any, new: datetime) -> bool:
    """Say whether an arrest or interview moved earlier would stop a clock in time that it stopped late."""
    clocks = m.Deadline.objects.filter(case=change.case, kind=Kind.ARREST, suspect_id=row.suspect_id, cancelled=False)
    return clocks.filter(first_due_at__gt=new, first_due_at__lte=row.at).exists()


def _save(change: Changing, table: str, row: Any, facts: list[Fact]) -> None:
    """Save the row, with what hangs on its facts: the words of an offence, the search keys of a name."""
    fields = [fact.field for fact in facts]
    if table == "offence" and "code" in fields:
        row.description = OFFENCES[row.code]
        fields.append("description")
    try:
        with transaction.atomic():
            row.save(update_fields=fields)
    except IntegrityError as error:
        raise refusal_of(error) or NotPossible("Another record of this case has this value already", field=facts[0].field) from error
    if table == "suspect" and {"surname", "forenames"} & set(fields):
        write_name_keys(change, row)


def _keep(change: Changing, row: Any, fact: Fact, old: str, new: str, waits: bool, reason: str) -> m.FactCorrection:
    """Write the correction and put it, with the old value, on the timeline."""
    try:
        with transaction.atomic():
            correction = change.add(
                m.FactCorrection,
                table=fact.table,
                row_id=row.pk,
                field=fact.field,
                old=old,
                new=new,
                reason=reason,
                answer=Answer.WAITING if waits else Answer.MADE,
                made_at=None if waits else change.now,
            )
    except IntegrityError as error:
        raise NotPossible("A correction of this waits for a supervisor already", field=fact.field) from error
    _say(change, "correction_proposed" if waits else "fact_corrected", correction, row)
    return correction


def _say(change: Changing, kind: str, correction: m.FactCorrection, row: Any, note: str = "") -> None:
    fact = fact_of(correction.table, correction.field)
    what = f"{fact.words[:1].upper()}{fact.words[1:]}"
    words = f"{what}: from {in_words(fact, correction.old)} to {in_words(fact, correction.new)}. {correction.reason}"
    suspect = row if isinstance(row, m.Suspect) else getattr(row, "suspect", None)
    change.put_in_timeline(kind, suspect=suspect, text=f"{words} {note}".strip()[:4_000])


def answer_correction(
    *, actor: User, case_id: UUID, correction_id: UUID, approve: bool, note: str = "", version: int | None = None
) -> m.FactCorrection:
    """Approve or refuse a correction that waits. Approved, the fact changes now; refused, it stays and the note says why.

    Raises NotAllowed for anybody but a supervisor other than who asked, NotPossible (answered already, refused without a
    reason, the fact changed meanwhile), Conflict.
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.SUPERVISE)
        correction = change.get(m.FactCorrection, correction_id)
        if correction.answer != Answer.WAITING:
            raise NotPossible("This correction has been answered already.")
        if correction.created_by_id == actor.pk:
            raise NotAllowed("Somebody other than the person who asked answers this.")
        if not approve and not note.strip():
            raise NotPossible("Enter why the correction is refused", field="note")
        correction.answer = Answer.MADE if approve else Answer.REFUSED
        correction.made_at = change.now if approve else None
        correction.answered_by, correction.answered_at, correction.answer_note = actor, change.now, note
        row = _row(change, correction.table, correction.row_id)
        if approve:
            _make(change, correction, row)
        correction.save(update_fields=["answer", "made_at", "answered_by", "answered_at", "answer_note"])
        _say(change, "fact_corrected" if approve else "correction_refused", correction, row, note)
        return correction


def _make(change: Changing, correction: m.FactCorrection, row: Any) -> None:
    """Change the fact as the waiting correction says, if it still has the value that was to be corrected."""
    fact = fact_of(correction.table, correction.field)
    if fact.text_of(getattr(row, fact.field)) != correction.old:
        raise NotPossible("The fact was changed meanwhile. Refuse this correction; it can be asked for again.")
    setattr(row, fact.field, fact.value_of(correction.new))
    plausible.check(change, correction.table, row)
    _save(change, correction.table, row, [fact])
