"""Forms of corrections: the facts as they stand, to be typed over; whatever differs is corrected, for one reason."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms

from cases import correctable
from cases import models as m
from cases.correctable import Fact
from cases.forms import fields as f
from cases.forms.base import ActForm
from core import clock
from core.formfields import GovDateField, GovDateTimeField

YES, NO = "approve", "refuse"


@dataclass(frozen=True, slots=True)
class Shown:
    """One fact on the form: of which row, under which name, with what before its words."""

    fact: Fact
    row: Any
    name: str
    words: str


def field_for(fact: Fact, label: str) -> forms.Field:
    """Return the form field for a fact: typed as what it is."""
    if fact.sort is correctable.MOMENT:
        return GovDateTimeField(label=label, latest=clock.today, required=False)
    if fact.sort is correctable.PAST_DAY:
        return GovDateField(label=label, latest=clock.today, required=False)
    if fact.sort is correctable.DAY:
        return GovDateField(label=label, required=False)
    if fact.sort.choices:
        return forms.ChoiceField(label=label, choices=fact.sort.choices, required=False)
    widget = forms.Textarea if fact.longest > 250 else forms.TextInput
    return forms.CharField(label=label, max_length=fact.longest, required=False, widget=widget)


class CorrectForm(ActForm):
    """The correctable facts of one row, and of the rows that belong to it. Given to `correct_rows`."""

    marks_optional = False
    reason = f.reason("Why was it wrong?")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shown = list(self._facts()) if self.case else []
        for one in self.shown:
            self.fields[one.name] = field_for(one.fact, one.words)
            self._offer_present(one)
            self.prepare(one.name)
            self.initial.setdefault(one.name, getattr(one.row, one.fact.field))
        self.order_fields([*(one.name for one in self.shown), "reason", "version"])

    def _offer_present(self, one: Shown) -> None:
        """Offer the value that stands, where an extract gave one that is none of today's choices."""
        found, present = self.fields[one.name], getattr(one.row, one.fact.field)
        if isinstance(found, forms.ChoiceField):
            known = [value for value, _ in one.fact.sort.choices]
            extra = [] if present in known else [(present, present or "Not recorded")]
            found.choices = [*extra, *one.fact.sort.choices]

    def _facts(self) -> Iterable[Shown]:
        """Return the facts that the form shows: each kind of correction below says its own."""
        return ()

    def service_arguments(self) -> dict[str, Any]:
        """Return the rows with their new values, and the reason. What did not change is left out."""
        changes: dict[tuple[str, UUID], dict[str, str]] = {}
        for one in self.shown:
            if one.name in self.changed_data:
                found = changes.setdefault((one.fact.table, one.row.pk), {})
                value = self.cleaned_data[one.name]
                found[one.fact.field] = value if isinstance(value, str) else one.fact.text_of(value)
        return {"changes": [(table, key, wanted) for (table, key), wanted in changes.items()], "reason": self.cleaned_data["reason"]}


def own(table: str, row: Any) -> list[Shown]:
    """Return the facts of the row itself."""
    return [Shown(fact, row, fact.field, _capital(fact.words.removeprefix("the "))) for fact in correctable.facts_of_table(table)]


def beneath(table: str, rows: Iterable[Any], title: str) -> list[Shown]:
    """Return the facts of rows that hang on the one the page is about, each told apart by its number."""
    return [
        Shown(fact, row, f"{table}_{number}_{fact.field}", f"{title} {number}: {fact.words.removeprefix('the ')}")
        for number, row in enumerate(rows, start=1)
        for fact in correctable.facts_of_table(table)
        if getattr(row, fact.field) is not None
    ]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


class CorrectCaseForm(CorrectForm):
    """Reference, URN, when recorded, risk; that somebody was named, until a suspect on record says so anyway."""

    def _facts(self) -> Iterable[Shown]:
        settled = m.Suspect.objects.filter(case=self.case, recorded_in_error_at__isnull=True).exists()
        return [one for one in own("case", self.case) if one.fact.field != "named" or not settled]


class CorrectSuspectForm(CorrectForm):
    """Name, date of birth, identification; and when arrests, interviews and the like were."""

    def _facts(self) -> Iterable[Shown]:
        mine = {"case": self.case, "suspect": self.target}
        yield from own("suspect", self.target)
        yield from beneath("arrest", m.Arrest.objects.filter(**mine).order_by("at"), "Arrest")
        yield from beneath("interview", m.Interview.objects.filter(**mine).order_by("at"), "Interview")
        yield from beneath("situation", m.SuspectSituation.objects.filter(**mine).order_by("since"), "Wanted, abroad or in prison")
        yield from beneath(
            "detention", m.Detention.objects.filter(case=self.case, arrest__suspect=self.target).order_by("began_at"), "Detention"
        )
        yield from beneath("outcome", m.SuspectOutcome.objects.filter(**mine, reopened_at__isnull=True), "Outcome")


class CorrectComplainantForm(CorrectForm):
    """The age group."""

    def _facts(self) -> Iterable[Shown]:
        return own("complainant", self.target)


class CorrectCrimeForm(CorrectForm):
    """Offence code and days."""

    def _facts(self) -> Iterable[Shown]:
        return own("offence", self.target)


class CorrectBailForm(CorrectForm):
    """When granted, by whose authority, until when, on what conditions."""

    def _facts(self) -> Iterable[Shown]:
        return own("bail", self.target)


class AnswerCorrectionForm(ActForm):
    """Approve or refuse what somebody asked for."""

    asked_sometimes = frozenset({"note"})
    approve = forms.TypedChoiceField(
        label="Is the correction right?",
        choices=[(YES, "Yes, make it"), (NO, "No, refuse it")],
        coerce=lambda text: text == YES,
        widget=forms.RadioSelect,
    )
    note = f.reason("Note, or why it is refused", required=False)
