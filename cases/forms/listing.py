"""The filter of the list of cases, and its search box. The filter lives in the address; what is searched for does not."""

from typing import Any

from django import forms
from django.http import QueryDict

from accounts.models import Unit, User
from cases import listing
from cases.derive.clocks import Kind
from cases.derive.states import Risk, Stage
from cases.models import Side
from cases.querysets import OF_THE_CPS_ALONE
from core.forms import GovForm

UNALLOCATED, NO_DECISION, CHANGED = "unallocated", "no_decision", "changed"
PLACES = frozenset({"after", "before", "search"})
NOT_OFFERED = "The address asks for something this list does not offer. Choose again below."


def _offered(message: str) -> dict[str, str]:
    return dict.fromkeys(("invalid_choice", "invalid_list"), message)


class FilterForm(GovForm):
    """What the list can be narrowed to and sorted by. A value that is not offered, or a name, is an error and no guess."""

    stage = forms.MultipleChoiceField(
        choices=Stage, required=False, widget=forms.CheckboxSelectMultiple, error_messages=_offered("Choose stages from the list")
    )
    turn = forms.MultipleChoiceField(
        label="Whose turn it is",
        choices=[*Side.choices, (listing.BOTH, "Both at once")],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages=_offered("Choose whose turn it is from the list"),
    )
    risk = forms.MultipleChoiceField(
        choices=list(reversed(Risk.choices)),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages=_offered("Choose risks from the list"),
    )
    overdue = forms.ChoiceField(
        choices=[("", "Show all"), (listing.ANY, "Anything overdue"), *Kind.choices],
        required=False,
        error_messages=_offered("Choose what is overdue from the list"),
    )
    only = forms.MultipleChoiceField(
        label="Show only",
        choices=[
            (CHANGED, "Changed since you looked"),
            (UNALLOCATED, "Not allocated"),
            (NO_DECISION, "A suspect with no decision on arrest"),
        ],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages=_offered("Choose what to show from the list"),
    )
    officer = forms.ChoiceField(required=False, error_messages=_offered("Choose a person from the list"))
    unit = forms.ChoiceField(required=False, error_messages=_offered("Choose a unit from the list"))
    sort = forms.ChoiceField(
        label="Sort by",
        choices=[(key, words) for key, (_, words) in listing.SORTS.items()],
        required=False,
        error_messages=_offered("Choose an order from the list"),
    )

    def __init__(self, asked: QueryDict, *, user: User) -> None:
        super().__init__(not_empty(asked))
        self.user = user
        self.fields["officer"].label = "Prosecutor" if listing.is_cps(user) else "Officer in the case"
        self._fill("officer", [("", "Anybody"), *_people(user)])
        if listing.is_cps(user):
            del self.fields["unit"]
        else:
            kinds = [(kind, words) for kind, words in Kind.choices if kind not in OF_THE_CPS_ALONE]
            self._fill("overdue", [("", "Show all"), (listing.ANY, "Anything overdue"), *kinds])
            units = Unit.objects.visible_to(user).order_by("name").values_list("pk", "name")
            self._fill("unit", [("", "Any unit"), *((str(key), name) for key, name in units), (listing.NONE, "No unit")])

    def _fill(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def clean(self) -> dict[str, Any]:
        """Refuse names that are no filter. Raises ValidationError."""
        unknown = set(self.data) - set(self.fields) - PLACES
        if unknown:
            raise forms.ValidationError(NOT_OFFERED)
        return self.cleaned_data

    def filters(self) -> listing.Filters:
        """Return what was asked for. Only for a valid form."""
        data, only = self.cleaned_data, self.cleaned_data["only"]
        return listing.Filters(
            stage=tuple(data["stage"]),
            turn=tuple(data["turn"]),
            risk=tuple(data["risk"]),
            unit=data.get("unit", ""),
            officer=data["officer"],
            overdue=data["overdue"],
            unallocated=UNALLOCATED in only,
            no_decision=NO_DECISION in only,
            changed=CHANGED in only,
        )

    def sorted_by(self) -> str:
        """Return the sort asked for, or the list's own."""
        return str(self.cleaned_data["sort"] or listing.DEFAULT_SORT)

    def chips(self) -> list[tuple[str, str]]:
        """Return each value that narrows the list, in words, with the address without it."""
        query = self.data if isinstance(self.data, QueryDict) else QueryDict()
        return [
            (f"{bound.label}: {words}", without(query, bound.html_name, value))
            for bound in self
            if bound.name != "sort"
            for value, words in _flat(bound.field)
            if value and value in query.getlist(bound.html_name)
        ]


def not_empty(asked: QueryDict) -> QueryDict:
    """Return the query without the values that a form sends for what was left alone."""
    kept = asked.copy()
    for name, values in asked.lists():
        if not any(values):
            del kept[name]
    return kept


def _people(user: User) -> list[tuple[str, str]]:
    rows = User.objects.visible_to(user).active().order_by("name").values_list("pk", "name", "role")
    works = listing.working_roles(user)
    return [(str(key), name) for key, name, role in rows if role in works]


def _flat(field: forms.Field) -> list[tuple[str, str]]:
    """Return the values of a choice with their words, as its widget offers them."""
    return [(str(value), str(words)) for value, words in getattr(field.widget, "choices", ())]


def without(query: QueryDict, name: str, value: str | None = None) -> str:
    """Return the query string without one value of a name (or without the name) and without a place in the list."""
    kept = query.copy()
    for place in ("after", "before"):
        kept.pop(place, None)
    values = [] if value is None else [other for other in kept.getlist(name) if other != value]
    kept.setlist(name, values)
    for empty in [key for key in kept if not any(kept.getlist(key))]:
        del kept[empty]
    return f"?{kept.urlencode()}"


class SearchForm(GovForm):
    """A crime reference or URN, exactly; or a suspect's name, nearly right."""

    terms = forms.CharField(
        label="Crime reference, URN or suspect’s name",
        help_text="A reference or URN must be exact. A name may be nearly right.",
        max_length=100,
        error_messages={"required": "Enter a crime reference, a URN or a suspect’s name"},
    )
