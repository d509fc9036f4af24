"""Keeping the filter of a list under a name: keep, replace, rename, take away. Only ever one's own."""

from uuid import UUID

from django.db import IntegrityError, transaction
from django.http import QueryDict

from accounts.models import SavedFilter, User
from accounts.saved_filters import LONGEST_QUERY, MOST, ListPage, filter_of, filters_of
from core.exceptions import NotPossible

TAKEN = "You already have a filter with this name for this list"


@transaction.atomic
def keep_filter(*, actor: User, page: ListPage, name: str, query: QueryDict, replace: bool = False) -> SavedFilter:
    """Keep the filter of a list under a name, or put it in the place of the one of that name.

    Raises NotPossible: nothing is narrowed, the filter is too long, the name is taken (field `name`), MOST are kept.
    """
    wanted = page.kept_of(query)
    if not wanted:
        raise NotPossible("The list is not narrowed: choose a filter first, then save it")
    if len(wanted) > LONGEST_QUERY:
        raise NotPossible("This filter is too long to save: choose fewer values")
    mine = filters_of(actor).filter(page=page.url_name).select_for_update()
    there = mine.filter(name__iexact=name).first()
    if there is not None and not replace:
        raise NotPossible(f"{TAKEN}. Choose another name, or tick that it is to be replaced", field="name")
    if there is not None:
        there.name, there.query = name, wanted
        there.save(update_fields=["name", "query"])
        return there
    if len(mine) >= MOST:
        raise NotPossible(f"You have saved {MOST} filters for this list, which is the most. Delete one first")
    return _written(SavedFilter(user=actor, page=page.url_name, name=name, query=wanted))


@transaction.atomic
def rename_filter(*, actor: User, key: UUID, name: str) -> SavedFilter:
    """Give one of one's own filters another name. Raises Http404, NotPossible (taken; field `name`)."""
    one = filter_of(actor, key)
    if filters_of(actor).filter(page=one.page, name__iexact=name).exclude(pk=key).exists():
        raise NotPossible(f"{TAKEN}: choose another", field="name")
    one.name = name
    return _written(one)


@transaction.atomic
def delete_filter(*, actor: User, key: UUID) -> str:
    """Take one of one's own filters away and return its name. Raises Http404."""
    one = filter_of(actor, key)
    one.delete()
    return one.name


def _written(one: SavedFilter) -> SavedFilter:
    """Write the row. Raises NotPossible when another window has taken the name in this very moment."""
    try:
        with transaction.atomic():
            one.save()
    except IntegrityError:
        raise NotPossible(f"{TAKEN}: choose another", field="name") from None
    return one
