"""Every service that changes a case, found by its signature, and arguments for each drawn by name and type of parameter.

A service that is written tomorrow is drawn from tomorrow; a parameter that nothing here knows fails the test that asks.
"""

import importlib
import inspect
import pkgutil
import typing
import uuid
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.apps import apps
from hypothesis import strategies as st

import cases.services
from accounts.models import Unit, User
from cases import models as m
from cases.correctable import FACTS
from cases.derive.states import Risk
from cases.derive.told_rules import TOLD_KINDS, duties
from cases.models.telling import Channel as ToldBy
from cases.models.telling import NotToldBecause, Pressure, Supports
from cases.selectors_telling import complainants_of, telling_facts
from cases.services.telling_before import Before
from core import clock
from core.scope import scope, system
from tests.factories import AVON, KENT, SOUTH_EAST, SOUTH_WEST

Service = Callable[..., Any]
WORDS = st.sampled_from(["Said in plain words", "Another reason", "é – “quoted” <b>", "x" * 90, "", " "])
CHOICES: Mapping[str, Collection[Any]] = {
    "age_group": m.AgeGroup.values,
    "answer": [*m.AbstractionAnswer.Answer.values],
    "authority": m.Authority.values,
    "basis": m.ReopenBasis.values,
    "code": ["19C", "19D", "17A", "999"],
    "ended_to": m.EndedTo.values,
    "entitlement": m.Entitlement.values,
    "field": [fact.field for fact in FACTS],
    "force_id": [KENT, AVON, SOUTH_WEST],
    "focus": m.Focus.values,
    "hours": [24, 36, 72, 96, 25],
    "into_reference": ["52/1", "52/2", "46/1", "52/NONE"],
    "kind": [*m.SituationKind.values, *m.BailEventKind.values],
    "manner": m.InterviewManner.values,
    "months": [3, 6, 9, 12, 0],
    "named": m.Named.values,
    "next_stay": m.ReleasedTo.values,
    "on_what_basis": m.ReopenBasis.values,
    "outcome_code": [1, 5, 8, 14, 15, 16, 18, 21, 22, 23],
    "relationship": m.Relationship.values,
    "released_to": m.ReleasedTo.values,
    "risk": Risk.values,
    "role": m.CaseRole.values,
    "side": m.Side.values,
    "state": m.LineOfEnquiry.State.values,
    "table": sorted({fact.table for fact in FACTS}),
    "to": [*m.ReleasedTo.values, *m.EndedTo.values],
    "what_follows": m.EndedTo.values,
    "about": [*TOLD_KINDS],
    "because": [*NotToldBecause.values],
    "how": [*ToldBy.values],
    "pressure": [*Pressure.values],
    "supports": [*Supports.values],
    "spoke_with": [*m.WithdrawalTalk.With.values],
    "area_id": [SOUTH_WEST, SOUTH_EAST, KENT],
}
ROWS: Mapping[str, str] = {
    "abstraction_id": "Abstraction",
    "access_id": "CaseAccess",
    "arrest_id": "Arrest",
    "bail_id": "Bail",
    "complainant_id": "Complainant",
    "correction_id": "FactCorrection",
    "deadline_id": "Deadline",
    "decision_id": "ArrestDecision",
    "enquiry_id": "LineOfEnquiry",
    "exclusion_id": "Exclusion",
    "offence_id": "Offence",
    "offence_ids": "Offence",
    "person_id": "CasePerson",
    "plan_id": "PlannedArrest",
    "row_id": "Suspect",
    "situation_id": "SuspectSituation",
    "suspect_id": "Suspect",
    "suspect_ids": "Suspect",
    "offer_id": "CaseOffer",
    "outcome_id": "SuspectOutcome",
    "fact": "SuspectOutcome",
    "bail_event_id": "BailEvent",
}
PEOPLE = frozenset(
    {"user_id", "direction_to", "officer_id", "officer_ids", "answered_by", "authoriser_id", "from_id", "to_id", "teller_id"}
)


def services() -> dict[str, Service]:
    """Return every public service on one case: keyword-only, with an actor and a case."""
    found: dict[str, Service] = {}
    for module in pkgutil.iter_modules(cases.services.__path__):
        loaded = importlib.import_module(f"cases.services.{module.name}")
        own = {name: one for name, one in vars(loaded).items() if inspect.isfunction(one) and one.__module__ == loaded.__name__}
        found |= {name: one for name, one in own.items() if not name.startswith("_") and is_service(one)}
    return dict(sorted(found.items()))


def is_service(one: Service) -> bool:
    """Say whether a function is a service on one case."""
    parameters = inspect.signature(one).parameters
    only_keywords = all(parameter.kind is inspect.Parameter.KEYWORD_ONLY for parameter in parameters.values())
    return only_keywords and {"actor", "case_id", "version"} <= set(parameters)


@dataclass(frozen=True, slots=True)
class Around:
    """What arguments are drawn from: the case changed and the people and units there are."""

    case: m.Case
    people: tuple[User, ...]
    units: tuple[Unit, ...]


def arguments(draw: Callable[[st.SearchStrategy[Any]], Any], service: Service, around: Around) -> dict[str, Any]:
    """Draw arguments for a service: mostly sensible ones, sometimes a row of nothing, a moment to come, or too long a text."""
    hints = typing.get_type_hints(service)
    given: dict[str, Any] = {}
    for name, parameter in inspect.signature(service).parameters.items():
        if name in {"actor", "case_id"}:
            continue
        optional = parameter.default is not inspect.Parameter.empty
        if optional and name != "version" and draw(st.integers(0, 3)) == 0:
            continue
        given[name] = draw(value_for(name, hints[name], around))
    return given


def value_for(name: str, hint: Any, around: Around) -> st.SearchStrategy[Any]:
    """Return what a parameter is drawn from, by its name and then by its type. Raises AssertionError for one nobody thought of."""
    if name == "version":
        return st.sampled_from([None, around.case.version, around.case.version, max(around.case.version - 1, 0)])
    if name in ROWS:
        keys = keys_of(ROWS[name], around.case)
        return st.lists(st.sampled_from(keys), max_size=2) if name.endswith("_ids") else st.sampled_from(keys)
    if name in PEOPLE:
        keys = [person.pk for person in around.people]
        return st.lists(st.sampled_from(keys), max_size=3) if name.endswith("_ids") else st.sampled_from(keys)
    if name in ABOUT_THE_CASE:
        return ABOUT_THE_CASE[name](around.case)
    if name == "unit_id":
        return st.sampled_from([unit.pk for unit in around.units])
    return value_of_type(name, hint)


def value_of_type(name: str, hint: Any) -> st.SearchStrategy[Any]:
    """Return what a parameter is drawn from by its type, the choices of its name first."""
    kinds = set(typing.get_args(hint)) or {hint}
    if name in CHOICES and not kinds & {bool, datetime}:
        return st.sampled_from(sorted(CHOICES["outcome_code" if name == "code" and int in kinds else name]))
    if name == "reasons" and hint is not str:
        return st.lists(st.sampled_from([*m.WithdrawalReason.values, "x"]), max_size=3)
    if name in BUILT:
        return BUILT[name]()
    known = next((strategy for kind, strategy in BY_TYPE.items() if kind in kinds), None)
    assert known is not None, f"nothing is known of a parameter {name}: {hint}"
    return known()


def moments() -> st.SearchStrategy[datetime]:
    """Return moments of the last eighty days, in steps that make some equal, and a few to come."""
    now = clock.now().replace(minute=0, second=0, microsecond=0)
    return st.sampled_from([-80 * 24, -45 * 24, -40 * 24, -28 * 24, -20 * 24, -7 * 24, -49, -25, -24, -3, -2, -1, 5, 40 * 24]).map(
        lambda hours: now + timedelta(hours=hours)
    )


def days() -> st.SearchStrategy[date]:
    """Return days around today, and the ends of the calendar."""
    today = clock.today()
    near = st.sampled_from([-60, -28, -7, -1, 0, 1, 7, 28, 90]).map(lambda number: today + timedelta(days=number))
    return st.one_of(near, near, near, st.sampled_from([date.min, date.max]))


def keys_of(model: str, case: m.Case) -> list[uuid.UUID]:
    """Return the keys of a case's rows of one model, and one of nothing."""
    with scope(system(case.force_id)):
        mine = {"force_id": case.force_id} if model == "Abstraction" else {"case": case}
        rows = apps.get_model("cases", model)._default_manager.filter(**mine).order_by("created_at", "pk")
        return [*rows.values_list("pk", flat=True)[:4], uuid.UUID(int=7)]


def things(case: m.Case) -> st.SearchStrategy[Any]:
    """Return what complainants of the case are to be told, and sometimes what nobody is."""
    with scope(system(case.force_id)):
        facts = telling_facts(case)
    known = [(str(duty.about), duty.fact_id) for one in facts.complainants for duty in duties(facts, one)]
    return st.lists(st.sampled_from([*known, ("told_arrest", uuid.UUID(int=7))]), max_size=3)


def answers_before(case: m.Case) -> st.SearchStrategy[Any]:
    """Return what was done before a release for complainants of the case."""
    with scope(system(case.force_id)):
        keys = [*(one.id for one in complainants_of(case)), uuid.UUID(int=7)]
    one = st.builds(
        Before,
        complainant_id=st.sampled_from(keys),
        said=st.sampled_from(["told", "tried", "not_told", "nothing"]),
        at=st.none() | moments(),
        how=st.sampled_from(["", "telephone"]),
        because=st.sampled_from(["", *NotToldBecause.values]),
        note=st.sampled_from(["", "In plain words"]),
    )
    return st.lists(one, max_size=2)


ABOUT_THE_CASE: dict[str, Callable[[m.Case], st.SearchStrategy[Any]]] = {
    "things": things,
    "telling": answers_before,
    "contact_id": lambda case: st.sampled_from([uuid.UUID(int=8), uuid.UUID(int=9)]),
    "facts": lambda case: st.lists(st.sampled_from(keys_of("SuspectOutcome", case)), max_size=2),
}
"""Parameters that are drawn from what the case is about."""


def new_suspects() -> st.SearchStrategy[Any]:
    """Return suspects as typed."""
    from cases.services.logging import NewSuspect

    surnames = st.sampled_from(["Hollowbrook", "O’Larch", "Van der Mere", "Ö"])
    return st.builds(NewSuspect, surname=surnames, forenames=st.sampled_from(["Tam", ""]), identified_at=st.none() | moments())


def new_values() -> st.SearchStrategy[Any]:
    """Return what a fact is corrected to: text, a moment, a choice, a day that is none."""
    return st.one_of(WORDS, moments().map(datetime.isoformat), st.sampled_from([*Risk.values, "1990-02-29", "2026-01-05", "19C"]))


BY_TYPE: dict[Any, Callable[[], st.SearchStrategy[Any]]] = {
    bool: st.booleans,
    datetime: moments,
    date: days,
    str: lambda: WORDS,
    int: lambda: st.integers(0, 400),
}
BUILT: dict[str, Callable[[], st.SearchStrategy[Any]]] = {
    "new": new_values,
    "suspect": new_suspects,
    "new_suspect": new_suspects,
    "roles": lambda: st.lists(st.sampled_from(m.CaseRole.values), max_size=2),
    "suspects": lambda: st.lists(new_suspects(), max_size=2),
    "changes": lambda: st.fixed_dictionaries({"surname": st.sampled_from(["Hollowbrook", "Larch"])}),
}
