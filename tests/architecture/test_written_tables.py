"""The written tables of the house (verbs, acts, clocks, permissions, the schedule) against the code that uses them, both ways."""

import ast
import inspect
import re
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Unpack, get_args, get_origin, get_type_hints

import pytest
from django.conf import settings
from django.urls import get_resolver

from cases import acts, permissions
from cases.derive.clocks import CLOCKS, Kind, Owes
from cases.derive.states import SETTLED, Stage, Status, case_stage
from cases.forms.base import ActForm
from cases.timeline import VERBS
from core.forms import VersionedForm
from prosecution import permissions as of_prosecution
from victims import permissions as of_victims

ROOT = Path(__file__).resolve().parent.parent.parent
WRITERS = ("cases/services", "cases/importing", "prosecution/services", "victims/services")
GIVEN_BY_THE_VIEW = {"actor", "case_id", "version"}
assert get_resolver().url_patterns, "reading the addresses loads every view, and with them every act"


def modules() -> Iterator[tuple[str, ast.Module]]:
    """Yield path and syntax of every module that writes facts."""
    for folder in WRITERS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def verbs_said() -> Iterator[tuple[str, str]]:
    """Yield (place, verb) for every verb that is given in plain text to `put_in_timeline` or to a TimelineEvent."""
    for path, tree in modules():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call):
                continue
            called = getattr(node.func, "attr", getattr(node.func, "id", ""))
            kinds = [word.value for word in node.keywords if word.arg == "kind"] if called in {"put_in_timeline", "TimelineEvent"} else []
            if called == "put_in_timeline" and node.args:
                kinds.append(node.args[0])
            for kind in kinds:
                yield from (
                    (f"{path}:{node.lineno}", one.value)
                    for one in ast.walk(kind)
                    if isinstance(one, ast.Constant) and isinstance(one.value, str)
                )


def words_in_services() -> set[str]:
    """Return every plain text in the modules that write facts: a verb may also stand in a small table there."""
    return {
        node.value for _, tree in modules() for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def test_every_verb_that_is_used_is_in_the_table() -> None:
    unknown = [(place, verb) for place, verb in verbs_said() if verb not in VERBS and not conditional(verb)]
    assert unknown == []


def conditional(text: str) -> bool:
    """Say whether a text inside the expression of a verb is a value compared with, and no verb (it has no underscore)."""
    return "_" not in text and text not in VERBS


def test_every_verb_in_the_table_is_used() -> None:
    assert sorted(set(VERBS) - words_in_services()) == []


def test_verbs_fit_their_column_and_read_as_half_a_sentence() -> None:
    for verb, words in VERBS.items():
        assert len(verb) <= 40
        assert words[0].islower()
        assert not words.endswith(".")


every_act = pytest.mark.parametrize("act", acts.ACTS.values(), ids=lambda act: act.slug)


def test_there_are_acts() -> None:
    assert acts.ACTS, "the table of acts is filled when the addresses are loaded"


@every_act
def test_an_act_is_complete(act: acts.Act) -> None:
    assert act.slug == act.slug.lower()
    assert issubclass(act.form, VersionedForm)
    assert act.permission in (*permissions.PERMISSIONS, *of_prosecution.PERMISSIONS, *of_victims.PERMISSIONS)
    assert act.button
    assert act.title
    assert act.done


@every_act
def test_a_service_takes_what_its_act_is_done_to_and_nothing_by_place(act: acts.Act) -> None:
    parameters = inspect.signature(act.service).parameters
    assert {one.kind for one in parameters.values()} <= {inspect.Parameter.KEYWORD_ONLY, inspect.Parameter.VAR_KEYWORD}
    about_anything = any(one.kind is inspect.Parameter.VAR_KEYWORD for one in parameters.values())
    needed = {
        name for name, one in parameters.items() if one.default is inspect.Parameter.empty and one.kind is inspect.Parameter.KEYWORD_ONLY
    }
    assert {"actor", "case_id"} <= set(parameters)
    assert "version" in parameters
    if act.on is not acts.On.CASE and not about_anything:
        assert f"{act.on}_id" in parameters
    assert needed - GIVEN_BY_THE_VIEW - {f"{act.on}_id"} <= arguments_of(act.form)


@every_act
def test_a_form_gives_only_what_the_service_takes(act: acts.Act) -> None:
    assert arguments_of(act.form) <= taken_by(act.service)


def taken_by(service: Callable[..., Any]) -> set[str]:
    """Return the names of the arguments that a service takes, those it takes as one typed dictionary included."""
    taken = set(inspect.signature(service).parameters)
    for hint in get_type_hints(service).values():
        if get_origin(hint) is Unpack:
            taken |= set(get_type_hints(get_args(hint)[0]))
    return taken


def arguments_of(form: type[VersionedForm]) -> set[str]:
    """Return the names of the arguments that a form gives to a service: its fields, or what its own `service_arguments` names."""
    own: Any = form.service_arguments  # type: ignore[attr-defined]
    if own is ActForm.service_arguments:
        return set(form.base_fields) - {"version"}
    source = textwrap.dedent(inspect.getsource(own))
    written = list(ast.walk(ast.parse(source)))
    keys = {str(key.value) for node in written if isinstance(node, ast.Dict) for key in node.keys if isinstance(key, ast.Constant)}
    taken_out = set(re.findall(r"\.pop\(\"(\w+)\"", source))
    kept = set(form.base_fields) - {"version"} - taken_out if "super().service_arguments()" in source else set()
    return keys | kept


@every_act
def test_a_service_is_typed_and_says_what_it_raises_or_does(act: acts.Act) -> None:
    assert inspect.getdoc(act.service)
    hints = get_type_hints(act.service)
    assert set(inspect.signature(act.service).parameters) <= set(hints)


def test_every_permission_is_used_by_an_act_or_a_service() -> None:
    used = {act.permission.name for act in acts.ACTS.values()}
    text = "".join(
        path.read_text(encoding="utf-8")
        for floor in ("cases", "reports")
        for path in (ROOT / floor).rglob("*.py")
        if path.name != "permissions.py"
    )
    unused = {
        name
        for name, one in vars(permissions).items()
        if isinstance(one, permissions.Permission) and one.name not in used and name not in text
    }
    assert unused == set()


def test_every_permission_between_police_and_cps_is_asked_for() -> None:
    used = {act.permission for act in acts.ACTS.values()}
    folders = (ROOT / "prosecution" / "views", ROOT / "prosecution" / "panels")
    text = "".join(path.read_text(encoding="utf-8") for folder in folders for path in folder.rglob("*.py") if path.name != "permissions.py")
    assert [one.name for one in of_prosecution.PERMISSIONS if one not in used and one.name.upper() not in text] == []


def test_every_kind_of_clock_has_a_row_a_rule_and_a_source() -> None:
    rules = [path for floor in ("prosecution", "victims") for path in (ROOT / floor / "derive").glob("*.py")]
    rules += (ROOT / "cases" / "derive").glob("*_rules.py")
    rules.append(ROOT / "prosecution" / "panels" / "reading.py")  # a pack is of no case, so its clock is no row of a case's deadlines
    source = "".join(path.read_text(encoding="utf-8") for path in rules)
    assert set(CLOCKS) == set(Kind)
    for kind, row in CLOCKS.items():
        assert f"Kind.{Kind(kind).name}" in source, f"no rule for {kind}"
        assert row.source
        assert row.starts
        assert row.stops
        assert row.owes in Owes
        assert len(kind) <= 32


def test_every_clock_is_due_by_its_table_or_computed_and_reminds_before_it_is_due() -> None:
    for row in CLOCKS.values():
        assert all(length.amount > 0 for length in row.lengths.values())
        assert list(row.reminders) == sorted(row.reminders, reverse=True)
        assert row.critical_after >= 0


def test_every_outcome_code_has_one_status() -> None:
    assert sorted(SETTLED) == list(range(1, 23))


def test_every_stage_is_derived_or_set_by_an_act_of_its_own() -> None:
    source = inspect.getsource(inspect.getmodule(case_stage))  # type: ignore[arg-type]
    of_the_court = {Stage.FINALISED}
    assert {stage for stage in Stage if source.count(f"Stage.{stage.name}") == 0} <= of_the_court
    assert all(len(status) <= 40 for status in Status)


def test_every_task_of_the_schedule_is_registered() -> None:
    from rasso.celery import app

    app.loader.import_default_modules()
    missing = {name: entry["task"] for name, entry in schedule().items() if entry["task"] not in app.tasks}
    assert missing == {}


def schedule() -> dict[str, dict[str, Any]]:
    """Return the static schedule of beat."""
    from rasso.celery import app

    return dict(getattr(settings, "CELERY_BEAT_SCHEDULE", None) or app.conf.beat_schedule or {})


def test_every_task_of_upkeep_is_in_the_schedule() -> None:
    """A task that promises to run daily or every few minutes is rung by beat."""
    from rasso.celery import app

    app.loader.import_default_modules()
    promised = {name for name, task in app.tasks.items() if promises(task.run)}
    assert promised <= {entry["task"] for entry in schedule().values()}


def promises(run: Callable[..., Any]) -> bool:
    """Say whether a task of this project says that it is run at set times."""
    said = (inspect.getdoc(run) or "").lower()
    return not run.__module__.startswith("celery") and said.startswith(("daily", "nightly", "every", "hourly"))


def test_a_task_takes_ids_only() -> None:
    from rasso.celery import app

    app.loader.import_default_modules()
    for name, task in app.tasks.items():
        if name.startswith("celery."):
            continue
        hints = get_type_hints(task.run)
        allowed = {"str", "int", "UUID", "object", "NoneType", "Any"}
        named = {getattr(hint, "__name__", str(hint)) for argument, hint in hints.items() if argument != "return"}
        assert named <= allowed, f"{name} takes {named}"
