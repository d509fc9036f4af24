"""The generated documents: what the written tables of the code say, as Markdown. Pure: no database, no request."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from accounts.access import access_of, is_sign_in_view
from accounts.roles import KIND_OF_ROLE, Role
from cases import offer_states
from cases.acts import ACTS
from cases.derive import clocks, states
from cases.models.outcome import Side
from cases.permissions import Permission
from cases.steps import Table
from core.calendar import Unit
from core.scope import Kind
from prosecution import eligibility, states_nfa, states_panel
from prosecution import states as prosecution_states
from prosecution.review_window import CPS_USUALLY, MONTHS
from victims import states as victim_states

NOTE = "<!-- Written by `manage.py generate_docs` from the code. Change the code, then run it; `make check` compares. -->"
UNITS: dict[Unit, tuple[str, str]] = {
    Unit.DAYS: ("day", "days"),
    Unit.WORKING_DAYS: ("working day", "working days"),
    Unit.MINUTES: ("minute", "minutes"),
    Unit.HOURS: ("hour", "hours"),
    Unit.MONTHS: ("month", "months"),
}


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Yield the lines of a Markdown table."""
    yield f"| {' | '.join(heads)} |"
    yield f"|{'---|' * len(heads)}"
    for row in rows:
        yield f"| {' | '.join(str(cell).replace('|', '/') for cell in row)} |"
    yield ""


def document(*lines: str | Iterable[str]) -> str:
    """Return a document from lines and groups of lines, with one line feed at its end."""
    flat = [line for part in lines for line in ([part] if isinstance(part, str) else part)]
    return "\n".join([NOTE, "", *flat]).rstrip() + "\n"


def of_states() -> str:
    """Return docs/states.md: how status and stage follow from facts, and what each outcome code means here."""
    return document(
        "# States",
        "",
        "Nobody sets a status. A suspect's status and a case's stage follow from the facts by `cases/derive/states.py`,",
        "after every change and again every night.",
        "",
        "## Where a suspect stands",
        "",
        "The first line that applies.",
        "",
        table(("", "When"), ((number, line.words) for number, line in enumerate(states.SUSPECT_STATUS, start=1))),
        table(("Status", "In the database"), ((status.label, f"`{status.value}`") for status in states.Status)),
        "## Outcome codes",
        "",
        "Home Office crime outcomes, as an outcome of a suspect.",
        "",
        table(("Code", "Status"), ((code, states.SETTLED[code].label) for code in sorted(states.SETTLED))),
        "## Where a case stands",
        "",
        "The least finished suspect decides. A case closes only when every suspect and every recorded crime has an outcome.",
        "",
        table(
            ("Stage", "Open", "In the database"),
            ((stage.label, "yes" if stage.is_open else "no", f"`{stage.value}`") for stage in states.Stage),
        ),
        diagram(),
        "",
        "## An offer to another force",
        "",
        "Until an offer is accepted the force that has the case owes everything on it. A pair that is not here is refused: the",
        "offer was answered already.",
        "",
        table(
            ("From", "To", "Who may", "Who is told"),
            ((one.before.label if one.before else "", one.after.label, one.by, one.tells) for one in offer_states.STEPS),
        ),
        *steps_of(prosecution_states.TABLES, prosecution_states.LABELS),
        *steps_of(states_nfa.TABLES, states_nfa.LABELS),
        *steps_of(states_panel.TABLES, states_panel.LABELS),
        *steps_of(victim_states.TABLES, dict.fromkeys(victim_states.TABLES, victim_states.LABELS)),
    )


def steps_of(tables: Mapping[str, Table], labels: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    """Yield the tables of what goes between police and CPS, or between police and support services."""
    for title, steps in tables.items():
        yield f"## {title}"
        yield ""
        named = labels[title]
        rows = ((named.get(one.before or "", ""), named[one.after], one.by, one.tells) for one in steps)
        yield from table(("From", "To", "Who may", "Who is told"), rows)


def diagram() -> Iterator[str]:
    """Yield the picture of which stage a case is in when its least finished suspect stands where."""
    yield "```mermaid"
    yield "flowchart LR"
    for stage in {stage_of(status): None for status in states.Status}:
        yield f'  {stage.value}(["{stage.label}"])'
    for status in states.Status:
        yield f'  s_{status.value}["{status.label}"] --> {stage_of(status).value}'
    yield "```"
    yield ""
    yield f"Without a suspect, an enquiry or an outcome a case is {states.Stage.RECORDED.label.lower()}. From any stage a case may be"
    yield "marked as recorded in error or merged into another, which are acts of their own."


def stage_of(status: states.Status) -> states.Stage:
    """Return the stage of a case whose least finished suspect stands here; settled: every crime has its outcome as well."""
    if status in states.SETTLED_STATUSES:
        return states.Stage.CHARGED if status is states.Status.CHARGED else states.Stage.NO_FURTHER_ACTION
    return states.STAGE_OF.get(status, states.Stage.INVESTIGATING)


def chased(row: clocks.Clock) -> str:
    """Return after how many months from the start whoever owes it is chased; nothing for a clock of which nobody is."""
    return f"; chased {' and '.join(str(months) for months in row.chasers)} months after the start" if row.chasers else ""


def of_clocks() -> str:
    """Return docs/clocks.md: the one table of clocks, first edition."""
    rows = (
        (
            f"**{clocks.Kind(row.kind).label}**<br>`{row.kind}`",
            row.starts,
            row.stops,
            lengths_of(row),
            row.owes.label,
            (", ".join(str(days) for days in row.reminders) or "none") + chased(row),
            ("at once" if row.critical_after == 0 else f"after {row.critical_after} days")
            + "".join(f", brought higher after {days}" for days in row.escalations),
            "yes" if row.before_live else "no",
            row.source,
        )
        for row in clocks.CLOCKS.values()
    )
    heads = (
        "Clock",
        "Starts",
        "Stops",
        "Due",
        "Owes",
        "Reminders, days before",
        "Critically overdue",
        "Opens for facts before the force went live",
        "Source",
    )
    return document(
        "# Clocks",
        "",
        "First edition, in force from 1 January 1900. Later editions, and an agency's own, are settings; a clock keeps the edition in",
        "force at its start.",
        "A day that is due is in time to its end. Nobody writes a deadline: every one follows from facts.",
        "",
        table(heads, rows),
    )


def lengths_of(row: clocks.Clock) -> str:
    """Return the length of a clock in words, each variant named."""
    if not row.lengths:
        return "computed from what was authorised"
    return "; ".join(
        f"{variant}: {length_in_words(length)}" if variant else length_in_words(length) for variant, length in row.lengths.items()
    )


def length_in_words(length: clocks.Length) -> str:
    """Return "28 days", "1 working day"."""
    one, many = UNITS[length.unit]
    return f"{length.amount} {one if length.amount == 1 else many}"


def of_permissions() -> str:
    """Return docs/permissions.md: acts by role, pages by role, and what each kind of user reaches in the database."""
    pages = list(pages_of(get_resolver()))
    return document(
        "# Permissions",
        "",
        "Sight comes first: an act is possible only on a case that the person sees. Whether the facts allow it now is asked after.",
        "",
        "## Acts on a case",
        "",
        table(
            ("Act", "On", *(role.label for role in acting_roles())),
            (act_row(act) for act in sorted(ACTS.values(), key=lambda one: (one.on, one.slug))),
        ),
        "## Pages",
        "",
        "Everybody else gets the same 404 as for an address that leads nowhere.",
        "",
        table(("Address", "Methods", "Who"), pages),
        "## Kinds of user in the database",
        "",
        table(("Role", "Kind", "Compared with"), ((role.label, f"`{KIND_OF_ROLE[role]}`", COMPARED[KIND_OF_ROLE[role]]) for role in Role)),
    )


def of_eligibility() -> str:
    """Return docs/review-eligibility.md: which decisions are reviewed when a victim asks, and the way that is left where not."""
    rows = (
        (row.words, sides_of(row), "covered" if row.eligible else "outside", row.way_left, row.source, f"`{row.code}`")
        for row in eligibility.ROWS
    )
    return document(
        "# The right to review: which decisions are covered",
        "",
        "The first row that applies answers. Nobody is turned away by it: a request is taken in any case, and “out of scope” needs a",
        "second person of the review unit, who names the way that is left to her or him.",
        "",
        table(("When", "Whose decision", "Scheme", "The way that is left", "Source", "Code"), rows),
        "## Until when she or he can ask",
        "",
        "The time begins when written reasons reached her or him, and not before. It ends with the last minute of the day.",
        f"Police: {MONTHS} months. CPS: normally {CPS_USUALLY} working days, and up to {MONTHS} months. A later request is taken all the",
        "same, with the reason why it came later.",
    )


def sides_of(row: eligibility.Row) -> str:
    """Return whose decisions a row is about."""
    return " and ".join(Side(side).label for side in row.sides)


COMPARED: dict[Kind, str] = {
    Kind.POLICE: "rows of the own force",
    Kind.CPS: "rows of cases brought to the own Area",
    Kind.ISVA: "live clients of the own service; of case tables what they were told and who their officers are",
    Kind.PANEL: "no case table",
    Kind.OVERSIGHT: "no case table; the access log of the own agency",
}


def acting_roles() -> list[Role]:
    """Return the roles that may do any act, in the order of the roles."""
    named = {role for act in ACTS.values() for role in permission_of(act).roles}
    return [role for role in Role if role in named]


def permission_of(act: Any) -> Permission:
    """Return an act's permission."""
    permission: Permission = act.permission
    return permission


def act_row(act: Any) -> list[str]:
    """Return an act's row of the table."""
    return [f"{act.title}<br>`{act.slug}`", str(act.on), *("yes" if role in permission_of(act).roles else "" for role in acting_roles())]


def pages_of(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, str, str]]:
    """Yield (address, methods, who) for every address of the service, in the order of the addresses."""
    for one in resolver.url_patterns:
        address = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from pages_of(one, address)
        elif isinstance(one, URLPattern):
            yield address_in_words(address), *who_and_how(one.callback)


def address_in_words(address: str) -> str:
    """Return an address as it is read."""
    return f"`/{address.removeprefix('^')}`".replace("\\", "").replace("|", "/")


def who_and_how(view: Callable[..., Any]) -> tuple[str, str]:
    """Return the methods and the roles that a view has declared."""
    if is_sign_in_view(view):
        return "GET POST", "django-allauth decides: sign-in, password, second factor"
    access = access_of(view)
    if access is None:
        return "", "nobody: it declares nothing"
    methods = " ".join(sorted(access.methods - {"HEAD"}))
    if access.is_open:
        return methods, "anybody, signed in or not"
    if access.roles == frozenset(Role):
        return methods, "everybody signed in"
    return methods, ", ".join(role.label for role in Role if role in access.roles)


DOCUMENTS: dict[str, Callable[[], str]] = {
    "states.md": of_states,
    "clocks.md": of_clocks,
    "permissions.md": of_permissions,
    "review-eligibility.md": of_eligibility,
}
"""File in docs/ and what writes it."""
