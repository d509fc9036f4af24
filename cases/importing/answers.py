"""Answering where the extract disagrees: keep what stands here, or take what the extract says."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.http import Http404

from accounts.models import Unit, User
from cases import models as m
from cases import permissions
from cases.importing.takers import TAKERS
from cases.importing.words import in_words, label_of_column, table_of, text_of
from cases.services.changing import Changing, changing
from cases.services.known import follow
from core.exceptions import NotPossible

ANSWERS: Final = m.Disagreement.Answer
REASON: Final = "Took what the force’s extract says"


def open_disagreements(user: User) -> Any:
    """Return the unanswered disagreements in cases that this person sees."""
    return m.Disagreement.objects.filter(answer=ANSWERS.OPEN, force_id=user.agency_id, case__in=m.Case.objects.visible_to(user))


def answer_disagreement(*, actor: User, disagreement_id: UUID, take: bool, note: str) -> m.Disagreement:
    """Keep or take, with the reason on the timeline. Raises NotAllowed, Http404, NotPossible (answered, or cannot be taken)."""
    permissions.IMPORT.check(actor)
    found = m.Disagreement.objects.filter(pk=disagreement_id, case__in=m.Case.objects.visible_to(actor)).first()
    if found is None:
        raise Http404
    with changing(found.case_id, actor=actor) as change:
        change.allow(permissions.IMPORT)
        row = change.get(m.Disagreement, disagreement_id)
        if row.answer != ANSWERS.OPEN:
            raise NotPossible("This has been answered already.")
        _carry_out(change, row, take)
        row.answer, row.answered_by, row.answered_at, row.answer_note = ANSWERS.TAKEN if take else ANSWERS.KEPT, actor, change.now, note
        row.save(update_fields=["answer", "answered_by", "answered_at", "answer_note"])
        kind = "extract_taken" if take else "extract_kept"
        text = f"{label_of_column(row.column)}: {note}"
        change.put_in_timeline(kind, suspect=row.suspect, complainant=row.complainant, text=text)
    return row


def _carry_out(change: Changing, row: m.Disagreement, take: bool) -> None:
    """Take, or keep, as whoever stores the column does it: `cases` for its own, else the app above."""
    taker = TAKERS.of(row.column)
    if taker is not None:
        taker.answer(change, row, take)
    elif take:
        OWN[row.column](change, row)


def _correct(change: Changing, row: Any, name: str, value: Any, suspect: m.Suspect | None = None) -> None:
    """Write one value over another, the old one kept."""
    old = getattr(row, name)
    setattr(row, name, value)
    row.save(update_fields=[name])
    change.add(
        m.FactCorrection,
        table=table_of(row),
        row_id=row.pk,
        field=name,
        old=text_of(old),
        new=text_of(value),
        reason=REASON,
        made_at=change.now,
    )
    words = " → ".join(in_words(text_of(one)) or "blank" for one in (old, value))
    change.put_in_timeline("fact_corrected", suspect=suspect, text=words[:4000])


def _of_case(name: str, parse: Callable[[str], Any]) -> Callable[[Changing, m.Disagreement], None]:
    return lambda change, row: _correct(change, change.case, name, parse(row.extract))


def _of_suspect(name: str, parse: Callable[[str], Any]) -> Callable[[Changing, m.Disagreement], None]:
    def take(change: Changing, row: m.Disagreement) -> None:
        suspect = _suspect(change, row)
        _correct(change, suspect, name, parse(row.extract), suspect)
        if name in ("surname", "forenames"):
            _new_name_keys(change, suspect)
        if name == "pnc_id":
            follow(change.case.force_id, row.here, suspect.pnc_id)

    return take


def _of_crimes(name: str, parse: Callable[[str], Any]) -> Callable[[Changing, m.Disagreement], None]:
    """Of the crimes that still say what was found to differ."""

    def take(change: Changing, row: m.Disagreement) -> None:
        for crime in m.Offence.objects.filter(case=change.case):
            if text_of(getattr(crime, name)) == row.here:
                _correct(change, crime, name, parse(row.extract))

    return take


def _suspect(change: Changing, row: m.Disagreement) -> m.Suspect:
    if row.suspect_id is None:
        raise NotPossible("This difference names no suspect.")
    return change.suspect(row.suspect_id)[0]


def _new_name_keys(change: Changing, suspect: m.Suspect) -> None:
    from cases.names import keys_for
    from cases.services.reconcile import keys_of

    m.SuspectNameKey.objects.filter(suspect=suspect).delete()
    rows = [m.SuspectNameKey(suspect=suspect, key=key, **keys_of(change.case)) for key in keys_for(suspect.surname, suspect.forenames)]
    m.SuspectNameKey.objects.bulk_create(rows)


def _take_unit(change: Changing, row: m.Disagreement) -> None:
    unit = Unit.objects.filter(agency_id=change.case.force_id, name=row.extract).first()
    if unit is None:
        raise NotPossible("The force has no unit of this name any longer.")
    _correct(change, change.case, "unit", unit)


def _take_person(change: Changing, row: m.Disagreement) -> None:
    """Give the role of whoever has it now to whom the extract names."""
    now = m.CasePerson.objects.filter(case=change.case, user_id=row.here, until__isnull=True).first()
    if now is None:
        raise NotPossible("The role has gone to somebody else since. Keep what stands here, or give the role on the case.")
    now.until = change.now
    now.save(update_fields=["until"])
    new = change.add(m.CasePerson, user_id=UUID(row.extract), role=now.role, since=change.now)
    change.put_in_timeline("person_assigned", text=f"{new.get_role_display()}: {new.user.name}")


def _take_time(model: type[m.Arrest] | type[m.Interview]) -> Callable[[Changing, m.Disagreement], None]:
    def take(change: Changing, row: m.Disagreement) -> None:
        suspect = _suspect(change, row)
        event: Any = model._default_manager.filter(suspect=suspect, at=datetime.fromisoformat(row.here)).first()
        if event is None:
            raise NotPossible("The time on the case is another by now. Keep what stands here, or correct it on the case.")
        at = datetime.fromisoformat(row.extract)
        if at < suspect.identified_at:
            raise NotPossible("The extract’s time is before the suspect was identified.")
        if getattr(event, "released_at", None) and event.released_at < at:
            raise NotPossible("The suspect was released before the extract’s time. Correct the release on the case first.")
        _correct(change, event, "at", at, suspect)

    return take


def _take_release(change: Changing, row: m.Disagreement) -> None:
    """Another last day of bail that runs is taken; any other change of custody is recorded on the case, with what it needs to say."""
    suspect = _suspect(change, row)
    status, _, end = row.extract.partition(" ")
    bail = m.Bail.objects.filter(suspect=suspect).order_by("-granted_at", "-created_at").first()
    if status != "bail" or not end or bail is None or m.BailEvent.objects.filter(bail=bail, kind=m.BailEventKind.ENDED).exists():
        raise NotPossible("Record the release or the bail on the case, where it says when and by whom. Then answer here with keep.")
    _correct(change, bail, "own_end_on", date.fromisoformat(end), suspect)


def _take_outcome(change: Changing, row: m.Disagreement) -> None:
    code, _, on = row.extract.partition(" ")
    values = {"code": int(code), "on": date.fromisoformat(on)}
    if row.suspect_id is None:
        for crime in m.Offence.objects.filter(case=change.case):
            if f"{crime.outcome_code} {crime.outcome_on}" == row.here:
                for name, value in values.items():
                    _correct(change, crime, f"outcome_{name}", value)
        return
    suspect = _suspect(change, row)
    stands = m.SuspectOutcome.objects.filter(suspect=suspect, reopened_at__isnull=True).first()
    if stands is None:
        change.add(m.SuspectOutcome, suspect=suspect, side=m.Side.POLICE, imported=True, **values)
        change.put_in_timeline("outcome_recorded", suspect=suspect, text=f"Outcome {code}")
        return
    for name, value in values.items():
        if getattr(stands, name) != value:
            _correct(change, stands, name, value, suspect)


def _take_person_link(change: Changing, row: m.Disagreement) -> None:
    suspect = _suspect(change, row)
    person, _ = m.Person.objects.get_or_create(force_id=change.case.force_id, nominal=row.extract)
    _correct(change, suspect, "person", person, suspect)


OWN: Final[dict[str, Callable[[Changing, m.Disagreement], None]]] = {
    "urn": _of_case("urn", str),
    "risk": _of_case("risk", str),
    "recorded_at": _of_case("recorded_at", datetime.fromisoformat),
    "unit": _take_unit,
    "oic_number": _take_person,
    "supervisor_number": _take_person,
    "offence_code": _of_crimes("code", str),
    "offence_description": _of_crimes("description", str),
    "offence_from": _of_crimes("from_on", date.fromisoformat),
    "offence_to": _of_crimes("to_on", date.fromisoformat),
    "suspect_nominal": _take_person_link,
    "suspect_surname": _of_suspect("surname", str),
    "suspect_forenames": _of_suspect("forenames", str),
    "suspect_dob": _of_suspect("date_of_birth", date.fromisoformat),
    "suspect_pnc_id": _of_suspect("pnc_id", str),
    "suspect_relationship": _of_suspect("relationship", str),
    "suspect_identified_at": _of_suspect("identified_at", datetime.fromisoformat),
    "arrested_at": _take_time(m.Arrest),
    "interviewed_at": _take_time(m.Interview),
    "bail_status": _take_release,
    "outcome_code": _take_outcome,
}
