"""The disclosure officer's record of a case: who gives it rows, and all of them in order of time.

Each app that keeps something on a case says once which of its rows stand there, in one query, narrowed to what the reader may
read. What is sealed never comes here: that there was a contact, by which channel and by whom, and not what was said.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from accounts.models import User
from cases import models as m
from cases import timeline
from cases.listing import is_cps
from core.components import london_text
from core.words import inside


@dataclass(frozen=True, slots=True)
class Entry:
    """One row: when it happened, in which record it stands, what it says, by whom. Times are moments, shown as London time."""

    at: datetime
    record: str
    what: str
    who: str
    key: str
    """Tells rows of the same moment apart, so that a row keeps its number whenever nothing was added before it."""
    written: datetime | None = None
    """When it was written down: what orders rows of the same moment. None: when it happened."""
    version: int = 0
    """The version of the case that it made, where it is known: orders what was written at the same moment."""


Provider = Callable[[m.Case, User], Iterable[Entry]]
_providers: dict[str, Provider] = {}
_verbs: dict[str, tuple[str, ...]] = {}


def register(name: str, provider: Provider, *, instead_of: tuple[str, ...] = ()) -> None:
    """Add what an app keeps. `instead_of` names verbs of the timeline whose events stand here in full as rows of this provider.

    Called from AppConfig.ready(); the same name again replaces.
    """
    _providers[name], _verbs[name] = provider, instead_of


def entries(case: m.Case, user: User) -> list[Entry]:
    """Return every row that this reader may read, in order of time: one query a provider, whatever the case holds."""
    found = [entry for provider in _providers.values() for entry in provider(case, user)]
    return sorted(found, key=lambda entry: (entry.at, entry.written or entry.at, entry.version, entry.record, entry.key))


def _about(number: int | None, label: str | None) -> str:
    parts = (f"suspect {number}" if number else "", f"complainant {label}" if label else "")
    words = ", ".join(part for part in parts if part)
    return f" ({words})" if words else ""


def _events(case: m.Case, user: User) -> Iterable[Entry]:
    """Return the timeline, but for what another provider gives in full."""
    elsewhere = [verb for verbs in _verbs.values() for verb in verbs]
    rows = m.TimelineEvent.objects.filter(case=case).exclude(kind__in=elsewhere)
    for row in rows.annotate(number=F("suspect__number"), label=F("complainant__label")):
        about = _about(getattr(row, "number", None), getattr(row, "label", None))
        late = abs((row.created_at - row.happened_at).total_seconds()) >= 3_600
        written = f" Written down {london_text(row.created_at)}." if late else ""
        words = timeline.words(row.kind)
        said = f"{words[:1].upper()}{words[1:]}{about}." + (f" {row.text}" if row.text else "") + written
        yield Entry(row.happened_at, "Timeline", said, row.actor_name, str(row.pk), row.created_at, row.case_version)


def _shared_notes(case: m.Case, user: User) -> Iterable[Entry]:
    for at, who, text, key in m.Note.objects.filter(case=case).values_list("created_at", "author_name", "text", "pk"):
        yield Entry(at, "Note", text, who, str(key))


def _own_notes(case: m.Case, user: User) -> Iterable[Entry]:
    """Return the notes of the reader's own agency; the other agency's table is not asked."""
    table: type[m.BaseNote] = m.CpsNote if is_cps(user) else m.PoliceNote
    record = "Note, CPS only" if is_cps(user) else "Note, police only"
    for at, who, text, key in table._default_manager.filter(case=case).values_list("created_at", "author_name", "text", "pk"):
        yield Entry(at, record, text, who, str(key))


def _told(case: m.Case, user: User) -> Iterable[Entry]:
    rows = m.Told.objects.filter(case=case).select_related("complainant", "suspect", "created_by")
    for row in rows:
        about = _about(row.suspect.number if row.suspect else None, None)
        victim, thing = f"Victim {row.complainant.label}", f"{inside(str(row.get_about_display()))}{about}"
        if row.told_at:
            said = f"{victim} told: {thing}. {row.get_how_display()}."
        else:
            said = f"{victim} not told: {thing}. {row.get_not_told_because_display()}."
        said += f" {row.note}" if row.note else ""
        said += f" Taken back {london_text(row.withdrawn_at)}." if row.withdrawn_at else ""
        yield Entry(row.at, "What the victim was told", said, row.created_by.name if row.created_by else "", str(row.pk), row.created_at)


def _telling_plans(case: m.Case, user: User) -> Iterable[Entry]:
    rows = m.TellingPlan.objects.filter(case=case).select_related("complainant", "suspect", "teller", "created_by")
    for row in rows:
        about = _about(row.suspect.number if row.suspect else None, None)
        thing = f"{inside(str(row.get_about_display()))}{about}"
        how = inside(str(row.get_how_display()))
        said = f"Victim {row.complainant.label}: {row.teller.name} is to tell her or him: {thing}, {how}, {london_text(row.planned_at)}."
        yield Entry(row.at, "Plan for telling", said, row.created_by.name if row.created_by else "", str(row.pk), row.created_at)


register("timeline", _events)
register("notes", _shared_notes, instead_of=("note_added",))
register("own-notes", _own_notes)
register("told", _told, instead_of=("told", "not_told"))
register("telling-plans", _telling_plans, instead_of=("telling_planned",))
