"""Arguments for the services between police and CPS: mostly what leads on, sometimes what is missing, late, or of nothing."""

import inspect
import typing
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import Http404
from hypothesis import strategies as st

from cases import models as m
from cases import targets
from cases.acts import ACTS, Act
from core import clock
from core.exceptions import Declined
from core.scope import scope, system
from prosecution.models import FileItemCode, Method
from prosecution.services.advice import Asked
from prosecution.services.item_answers import Agreed
from prosecution.services.item_replies import Amended
from prosecution.services.referral_file import Ticked
from prosecution.services.submissions import Reason
from tests.factories import SOUTH_EAST, SOUTH_WEST, World
from tests.integration.prosecution import deciding
from tests.integration.prosecution.making import ADVICE_TEXTS, QUESTIONS, item
from tests.integration.prosecution.proposing import SAID as SAID_OF_NFA
from tests.properties.services import moments

Draw = Callable[[st.SearchStrategy[Any]], Any]
SAID = st.sampled_from(["Said in plain words"] * 6 + ["é – “quoted” <b>", ""])
THRESHOLD = {
    **deciding.CHARGE,
    "test": "threshold",
    "conditions": deciding.CONDITIONS,
    "review_on": clock.today() + timedelta(days=14),
}
DECISIONS: tuple[dict[str, Any], ...] = (
    deciding.CHARGE,
    deciding.NFA,
    deciding.PUBLIC_INTEREST,
    deciding.FURTHER,
    deciding.DISPOSAL,
    THRESHOLD,
    {},
)
CHOICES: Mapping[str, tuple[Any, ...]] = {
    "reason": ("too_early", "too_early", "referring_now", "Said in plain words", ""),
    "result": ("advised", "action_plan", "met", "discontinued", "Guilty", "upheld", "overturned"),
    "asked_by": ("herself", "herself", "isva", "a neighbour"),
    "review_type": ("28_days", "28_days", "five_days", "red", "never"),
    "to": ("area", "area", "direct"),
    "code": (None, None, 15, 16, 1, 99),
    "test": ("full_code", "threshold"),
    "decision": ("charge", "nfa_evidential", "nfa_public_interest"),
    "charges": (["19C"], ["19C"], []),
    "how": ("call", "telephone", "in_person", ""),
    "area_id": (None, SOUTH_WEST, SOUTH_EAST),
    "disposal": (None, 22),
    "reason_code": ("", "A", "K"),
    "kept": (None,),
    "told_at": (None,),
}


def acts() -> list[Act]:
    """Return every act between police and CPS."""
    return [act for act in ACTS.values() if act.service.__module__.startswith("prosecution")]


def rows_of(case: m.Case, act: Act) -> list[UUID | None]:
    """Return the keys of what an act may be done to: everything there is of its kind, None for the case itself."""
    if str(act.on) == "case":
        return [None]
    return list(targets.MODELS[act.on]._default_manager.filter(case=case).order_by("created_at", "pk").values_list("pk", flat=True))


def open_now(case: m.Case) -> list[tuple[Act, UUID | None]]:
    """Return every act with every row that it is possible on now, whoever does it."""
    with scope(system(case.force_id)):
        return [(act, key) for act in acts() for key in rows_of(case, act) if possible(case, act, key)]


def possible(case: m.Case, act: Act, key: UUID | None) -> bool:
    """Say whether the policies of an act allow it on a row."""
    try:
        act.of_case(case)
        act.when(targets.facts_for(case, act, targets.load(case, act, key)))
    except (Declined, Http404):
        return False
    return True


OF_POLICE_NFA = frozenset({"draft-nfa", "draft-crime-nfa", "change-nfa"})
PROPOSALS = [SAID_OF_NFA, SAID_OF_NFA | {"code": 18}, SAID_OF_NFA | {"reasons": ""}, {"code": None}]
"""No further action as the police propose it: whole, of a crime, with a part missing, and nothing at all."""


def arguments(draw: Draw, world: World, case: m.Case, act: Act, key: UUID | None) -> dict[str, Any]:
    """Draw arguments for the service of an act."""
    hints = typing.get_type_hints(act.service)
    given: dict[str, Any] = {} if key is None else {f"{act.on}_id": key}
    for name, parameter in inspect.signature(act.service).parameters.items():
        if name in {"actor", "case_id", "version", *given}:
            continue
        if parameter.kind is inspect.Parameter.VAR_KEYWORD:
            given |= draw(st.sampled_from(PROPOSALS if act.slug in OF_POLICE_NFA else DECISIONS))
        else:
            given[name] = draw(value(name, hints[name], world, case))
    return given


def value(name: str, hint: Any, world: World, case: m.Case) -> st.SearchStrategy[Any]:
    """Return what a parameter is drawn from. Raises AssertionError for one nobody thought of."""
    kinds = set(typing.get_args(hint)) or {hint}
    today = clock.today()
    if name in BUILT and (name != "reasons" or str not in kinds):
        return BUILT[name](world, case)
    if name == "agreed" and str not in kinds:
        return st.builds(Agreed, words=SAID, by=st.sampled_from([None, today + timedelta(days=20), today - timedelta(days=2)]))
    if name in CHOICES and (name != "to" or str in kinds):
        return st.sampled_from(CHOICES[name])
    if bool in kinds:
        return st.booleans()
    known = {"date": [today + timedelta(days=number) for number in (0, 5, 5, 30, 30, 60, -3)], "datetime": None, "str": None}
    kind = next((one.__name__ for one in kinds if getattr(one, "__name__", "") in known), None)
    assert kind is not None, f"nothing is known of a parameter {name}: {hint}"
    return SAID if kind == "str" else moments() if kind == "datetime" else st.sampled_from(known[kind] or [])


def keys(case: m.Case, model: Any, **only: Any) -> list[UUID]:
    """Return the keys of a case's rows of a model."""
    with scope(system(case.force_id)):
        return list(model.objects.filter(case=case, **only).order_by("created_at", "pk").values_list("pk", flat=True))


def asked(world: World, case: m.Case) -> st.SearchStrategy[Any]:
    """Return requests as typed: whole, or with a part missing."""
    suspects = keys(case, m.Suspect)
    texts = st.sampled_from([*[ADVICE_TEXTS] * 5, replace(ADVICE_TEXTS, issues="")])
    people = st.lists(st.sampled_from(suspects), min_size=1, max_size=2)
    questions = st.sampled_from([*[QUESTIONS] * 5, ()])
    return st.builds(Asked, suspect_ids=people, method=st.just(Method.WRITTEN), texts=texts, questions=questions)


def items_typed(world: World, case: m.Case) -> st.SearchStrategy[Any]:
    """Return items of a plan as typed, about everybody or one suspect; some for a day that has passed."""
    today = clock.today()
    return st.builds(
        item,
        action=st.sampled_from(["Download the phone", "Ask for the records", "Take a statement"]),
        agreed_on=st.sampled_from([*[today + timedelta(days=14)] * 5, today - timedelta(days=1)]),
        suspect_id=st.sampled_from([None, None, *keys(case, m.Suspect)]),
    )


BUILT: Mapping[str, Callable[[World, m.Case], st.SearchStrategy[Any]]] = {
    "asked": asked,
    "item": items_typed,
    "amended": lambda world, case: st.builds(Amended, action=SAID, agreed_on=st.just(clock.today() + timedelta(days=21)), because=SAID),
    "items": lambda world, case: st.sampled_from([*[[Ticked(code, "sent") for code in FileItemCode.values]] * 5, []]),
    "reasons": lambda world, case: st.sampled_from([[Reason("mg3", "None came")], [Reason("no_question")], [Reason("custody")], []]),
    "answers": lambda world, case: st.sampled_from([*[{1: "Yes", 2: "No"}] * 4, {1: "Yes"}, {}]),
    "suspects": lambda world, case: st.lists(st.sampled_from(keys(case, m.Suspect)), min_size=1, max_size=2, unique=True),
    "crimes": lambda world, case: st.just(keys(case, m.Offence)),
    "prosecutor_id": lambda world, case: st.sampled_from([*[world.prosecutor.pk] * 5, world.cps_direct.pk, world.kent.pk]),
    "police_owner_id": lambda world, case: st.sampled_from([world.investigator.pk, world.supervisor.pk, None]),
    "decision_id": lambda world, case: st.sampled_from([*keys(case, m.SuspectOutcome), *keys(case, m.Offence), UUID(int=7)]),
    "reviewer_id": lambda world, case: st.sampled_from([world.supervisor.pk, world.cps_manager.pk, world.investigator.pk]),
    "enquiry_id": lambda world, case: st.sampled_from([None, *keys(case, m.LineOfEnquiry)]),
    "file_sent_on": lambda world, case: st.sampled_from([*[clock.today()] * 5, None]),
    "seen": lambda world, case: st.just(""),
    **{
        name: lambda world, case: st.sampled_from(["Said in plain words"] * 5 + [""])
        for name in ("reference", "summary", "victim_views", "victim_needs", "supervisor_comments", "text", "because", "what", "why")
    },
}
"""Parameters that are more than a word or a day."""
