"""What an act is about: the words above the heading of its page, and the facts that somebody who decides must have in view."""

from collections.abc import Callable
from typing import Any

from cases import models as m
from cases.acts import Act, On
from cases.correctable import TABLES, fact_of, in_words
from core.components import day_text, london_text


def about(act: Act, row: Any) -> str:
    """Return what the act is done to, in a few words; nothing for the case itself."""
    words = ABOUT.get(act.on)
    return words(row) if words else ""


def in_view(act: Act, row: Any) -> list[tuple[str, str]]:
    """Return the facts that stand above the form: words and value. Only where the form alone does not say what is decided."""
    match act.on:
        case On.DECISION:
            return [
                ("Proposed", _by_and_when(row.created_by, row.proposed_at)),
                ("Why the suspect is not to be arrested", row.rationale),
                ("What else protects the victim", row.protection or "Nothing recorded"),
            ]
        case On.CORRECTION:
            words, old, new = correction_words(row)
            return [
                ("What", _capital(words)),
                ("As it stands", old),
                ("To be", new),
                ("Why it was wrong", row.reason),
                ("Asked for", _by_and_when(row.created_by, row.created_at)),
            ]
        case On.PLAN:
            officer = row.officer.name if row.officer else "Nobody named"
            return [("Planned for", london_text(row.planned_for)), ("Officer", officer)]
        case On.ACCESS:
            return [("Why they see it", row.purpose), ("Until the end of", day_text(row.until))]
        case On.OFFER:
            return [("Offered to", row.to_force.name), ("When", london_text(row.created_at)), ("Why", row.reason)]
        case On.EXCLUSION:
            return [("Why they must not see it", row.reason)]
        case On.DEADLINE:
            return [("Due", day_text(row.due_on))]
        case _:
            return IN_VIEW[act.on](row) if act.on in IN_VIEW else []


IN_VIEW: dict[On, Callable[[Any], list[tuple[str, str]]]] = {}
"""The same for targets of apps above, which add theirs in AppConfig.ready()."""


def correction_words(row: m.FactCorrection) -> tuple[str, str, str]:
    """Return which fact is corrected, its old value and its new one, as people read them."""
    fact = fact_of(row.table, row.field)
    return fact.words, in_words(fact, row.old), in_words(fact, row.new)


def _suspect(suspect: m.Suspect | None) -> str:
    return f"Suspect {suspect.number}: {suspect.full_name}" if suspect else ""


def _suspect_of(row: m.FactCorrection) -> m.Suspect | None:
    """Return the suspect whose fact is corrected, or None for a fact of the case, a crime or a complainant."""
    if row.table == "case":
        return None
    corrected: Any = TABLES[row.table]._default_manager.filter(case=row.case, pk=row.row_id).first()
    if isinstance(corrected, m.Detention):
        return corrected.arrest.suspect
    return corrected if isinstance(corrected, m.Suspect) else getattr(corrected, "suspect", None)


def _by_and_when(user: Any, at: Any) -> str:
    return f"By {user.name}, {london_text(at)}" if user else london_text(at)


def _capital(words: str) -> str:
    words = words.removeprefix("the ")
    return words[:1].upper() + words[1:]


ABOUT: dict[On, Callable[[Any], str]] = {
    On.SUSPECT: _suspect,
    On.BAIL: lambda row: _suspect(row.suspect),
    On.DECISION: lambda row: _suspect(row.suspect),
    On.PLAN: lambda row: _suspect(row.suspect),
    On.CORRECTION: lambda row: _suspect(_suspect_of(row)),
    On.COMPLAINANT: lambda row: f"Complainant {row.label}",
    On.ENQUIRY: lambda row: str(row.what),
    On.PERSON: lambda row: f"{row.user.name}, {row.get_role_display()}",
    On.EXCLUSION: lambda row: str(row.user.name),
    On.ACCESS: lambda row: str(row.user.name if row.user else row.unit.name),
    On.OFFENCE: lambda row: f"Crime {row.code}",
    On.DEADLINE: lambda row: str(row.get_kind_display()),
}
"""What each sort of target is called in the line above the heading."""
