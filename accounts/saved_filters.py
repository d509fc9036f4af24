"""Lists whose filter may be kept under a name, and what somebody has kept.

Apps register their lists in AppConfig.ready(): the name of the address, what people call the list, who opens it, and the
fields of its filter. Only those fields are ever kept: no search, no place in the list. Rows are the person's own, which
row-level security holds as well.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, QueryDict
from django.urls import NoReverseMatch, reverse

from accounts.access import SignedInRequest
from accounts.models import SavedFilter, User

MOST = 20
"""How many filters one person keeps for one list `[DESIGN]`."""
LONGEST_QUERY = 500


@dataclass(frozen=True, slots=True)
class ListPage:
    """A list whose filter may be kept: its address by name, its words, the roles that open it, the fields of its filter."""

    url_name: str
    words: str
    roles: frozenset[str]
    fields: frozenset[str]

    @property
    def address(self) -> str | None:
        """The address of the list, or None where it is not mounted."""
        try:
            return reverse(self.url_name)
        except NoReverseMatch:
            return None

    def kept_of(self, query: QueryDict) -> str:
        """Return what of an address is the filter: its fields (also the parts of a date) that hold something, in a fixed order."""
        kept = QueryDict(mutable=True)
        for name in sorted(query):
            if name in self.fields or name.rpartition("_")[0] in self.fields:
                kept.setlist(name, sorted({value for value in query.getlist(name) if value}))
        return kept.urlencode()


@dataclass(frozen=True, slots=True)
class Kept:
    """One filter that was kept, as a link; `active` where the list is narrowed just so at present."""

    key: UUID
    name: str
    href: str
    active: bool


@dataclass(frozen=True, slots=True)
class Shelf:
    """What a list shows of saved filters: those kept, and what of the present address could be kept (empty: nothing)."""

    page: str
    kept: tuple[Kept, ...]
    query: str

    @property
    def can_keep(self) -> bool:
        """Whether the list is narrowed, and not as one of those kept."""
        return bool(self.query) and not any(one.active for one in self.kept)


_pages: dict[str, ListPage] = {}


def register(url_name: str, words: str, roles: Collection[str], fields: Iterable[str]) -> None:
    """Add a list; a second time replaces."""
    _pages[url_name] = ListPage(url_name, words, frozenset(roles), frozenset(fields))


def page_for(url_name: str, user: User) -> ListPage:
    """Return a list that this person opens. Raises Http404 for anything else."""
    page = _pages.get(url_name)
    if page is None or user.role not in page.roles or page.address is None:
        raise Http404
    return page


def shelf_for(request: SignedInRequest, url_name: str) -> Shelf:
    """Return what the list of this name shows of saved filters, for templates/accounts/filters/shelf.html: one query."""
    page = page_for(url_name, request.user)
    query = page.kept_of(request.GET)
    return Shelf(url_name, tuple(_as_link(page, one, query) for one in filters_of(request.user).filter(page=url_name)), query)


def shelves_for(user: User) -> list[tuple[str, tuple[Kept, ...]]]:
    """Return everything a person has kept, by list, in one query. Lists that she or he no longer opens are left out."""
    found: dict[str, list[SavedFilter]] = {}
    for one in filters_of(user):
        found.setdefault(one.page, []).append(one)
    pages = (page for page in _pages.values() if page.url_name in found and user.role in page.roles and page.address)
    ordered = sorted(pages, key=lambda page: page.words)
    return [(page.words, tuple(_as_link(page, one, "") for one in found[page.url_name])) for page in ordered]


def filters_of(user: User) -> QuerySet[SavedFilter]:
    """Return what a person has kept, by name."""
    return SavedFilter.objects.filter(user=user).order_by("page", "name")


def filter_of(user: User, key: UUID) -> SavedFilter:
    """Return one of a person's own filters. Raises Http404."""
    found = filters_of(user).filter(pk=key).first()
    if found is None:
        raise Http404
    return found


def _as_link(page: ListPage, one: SavedFilter, query: str) -> Kept:
    return Kept(one.pk, one.name, f"{page.address}?{one.query}", active=one.query == query)
