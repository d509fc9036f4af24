"""The only writer of the access log. A row is part of the transaction it tells of: no row, no act."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.utils.crypto import salted_hmac

from audit.acts import Act
from audit.context import Context, required
from core import scope

SHOWING = frozenset({Act.CONSULTATION, Act.DISCLOSURE, Act.COMBINATION})
# Written without RETURNING: whoever writes the log has no right to read it.
INSERT = """
INSERT INTO audit_accesslog (agency_id, actor_id, actor_name, actor_agency_id, actor_role, act, what, case_ids, row_count,
    route, request_id, session_hash, purpose, recipients, search_hash)
SELECT agency_id, %s, %s, %s, %s, %s, %s, %s::uuid[], %s, %s, %s, %s, %s, %s, %s FROM unnest(%s::int[]) AS agency_id
"""


def record(
    *,
    act: Act,
    what: str,
    case_ids: Iterable[UUID] = (),
    owners: Iterable[int] = (),
    row_count: int | None = None,
    purpose: str = "",
    recipients: str = "",
    search_terms: str = "",
) -> None:
    """Record an act in the current transaction: one row for each agency entitled to audit it.

    Entitled are the `owners` (the forces the cases belong to) and the agency of the person acting. `what` is a short
    constant text such as "case page". Search terms are kept as a keyed hash only. Raises AnonymousAct when neither a
    person nor a system reason is acting, and ValueError when no agency could be entitled.
    """
    context = required()
    agencies = set(owners)
    if context.actor_agency_id is not None:
        agencies.add(context.actor_agency_id)
    if not agencies and (own := scope.current().agency_id):
        agencies.add(own)
    if not agencies:
        raise ValueError("an act by the system names the agency entitled to audit it")
    facts = [str(act), what, list(case_ids), row_count, purpose, recipients, search_hash(search_terms)]
    _insert(context, sorted(agencies), facts)
    if act in SHOWING:
        context.shown.append((sorted(agencies), facts))


def record_again_what_was_shown() -> None:
    """Write the rows of what a refused answer shows: its own transaction took them back, but the page is seen.

    A form sent back with its errors names the suspect as the form itself did. Called in a transaction of its own.
    """
    context = required()
    for agencies, facts in context.shown:
        _insert(context, agencies, facts)


def record_denial(*, what: str, case_ids: Iterable[UUID] = ()) -> None:
    """Record that a person was refused: one row, for the person's own agency only. Raises AnonymousAct without a person."""
    context = required()
    if context.actor_agency_id is None:
        raise ValueError("a denial is somebody's")
    _insert(context, [context.actor_agency_id], [str(Act.DENIAL), what, list(case_ids), None, "", "", ""])


def search_hash(terms: str) -> str:
    """Return a keyed hash of search terms, capital letters and spaces ignored, as "key id:hash"; empty for none.

    Equal searches can be recognised as equal; what was searched for cannot be read back without the key.
    """
    if not terms.strip():
        return ""
    key_id, _, key = str(settings.FIELD_KEYS[0]).partition(":")
    digest = salted_hmac("audit.search", " ".join(terms.casefold().split()), secret=key, algorithm="sha256")
    return f"{key_id[:32]}:{digest.hexdigest()}"


def session_hash(session_key: str | None) -> str:
    """Return a hash by which the rows of one signed-in browser can be told together, and which signs nobody in."""
    if not session_key:
        return ""
    return salted_hmac("audit.session", session_key, algorithm="sha256").hexdigest()[:32]


def make_partitions() -> int:
    """Make the partitions of this month and the next three where they are missing; return how many were made."""
    with connection.cursor() as cursor:
        cursor.execute("select make_partitions()")
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def default_partition_is_empty() -> bool:
    """Say whether every row so far found its month. A row in the default partition means that maintenance has stopped."""
    with connection.cursor() as cursor:
        cursor.execute("select audit_default_partition_is_empty()")
        row = cursor.fetchone()
    return bool(row and row[0])


def _insert(context: Context, agencies: Sequence[int], facts: Sequence[Any]) -> None:
    """Insert one row for each agency; `facts` are what the caller adds to the context, in the order of the statement."""
    act, what, case_ids, row_count, purpose, recipients, hashed = facts
    who: list[Any] = [context.actor_id, context.actor_name, context.actor_agency_id, context.actor_role]
    where: list[Any] = [context.route, context.request_id, context.session_hash]
    with connection.cursor() as cursor:
        cursor.execute(INSERT, [*who, act, what, case_ids, row_count, *where, purpose, recipients, hashed, list(agencies)])
