"""The form of the tick list: the 13 items of the file standard at once, each sent, not applicable, or to follow on a day."""

from typing import Any

from cases.forms import fields as f
from cases.forms.base import ActForm
from prosecution.models import FileItem, FileItemCode, FileItemState, Referral
from prosecution.services.referral_file import Ticked

NOT_SENT = (FileItemState.NOT_APPLICABLE, FileItemState.TO_FOLLOW)


class FileItemsForm(ActForm):
    """Three fields an item. What is left open stays as it is."""

    says = (
        "An item that was sent needs nothing more. One that does not apply, or follows, needs the reason; one that follows needs the day."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        there = {row.code: row for row in FileItem.objects.filter(referral=self.target)} if isinstance(self.target, Referral) else {}
        for code in FileItemCode:
            self._ask(code, there.get(code))

    def _ask(self, code: FileItemCode, row: FileItem | None) -> None:
        label, state = str(code.label), f"{code}_state"
        self._add(state, f.radios(label, FileItemState.choices, required=False))
        self.fields[state].inline = True  # type: ignore[attr-defined]
        self._add(f"{code}_follows_on", f.coming_day(f"{label}, day it follows", required=False))
        self._add(f"{code}_because", f.line(f"{label}, not sent: why?", required=False))
        if row is not None and not self.is_bound:
            self.initial[f"{code}_state"] = row.state
            self.initial[f"{code}_follows_on"] = row.follows_on
            self.initial[f"{code}_because"] = row.because

    def _add(self, name: str, field: Any) -> None:
        self.fields[name] = field
        self.prepare(name)

    only_if = {  # noqa: RUF012 - read only
        **{f"{code}_follows_on": (f"{code}_state", (FileItemState.TO_FOLLOW.value,)) for code in FileItemCode},
        **{
            f"{code}_because": (f"{code}_state", (FileItemState.NOT_APPLICABLE.value, FileItemState.TO_FOLLOW.value))
            for code in FileItemCode
        },
    }
    asked_sometimes = frozenset(f"{code}_{part}" for code in FileItemCode for part in ("state", "follows_on", "because"))

    def clean(self) -> dict[str, Any]:
        """Say at once everything that is missing, each with its item: a wrong day does not hide that the reason is missing."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        for code in FileItemCode:
            state, because, follows = (f"{code}_{part}" for part in ("state", "because", "follows_on"))
            if given.get(state) in NOT_SENT and because not in self.errors and not (given.get(because) or "").strip():
                self.add_error(because, f"{code.label}: enter why")
            if given.get(state) == FileItemState.TO_FOLLOW and follows not in self.errors and given.get(follows) is None:
                self.add_error(follows, f"{code.label}: enter the day on which it follows")
        return given

    def service_arguments(self) -> dict[str, Any]:
        """Return what was said of each item."""
        given = self.cleaned_data
        return {
            "items": [
                Ticked(
                    str(code.value),
                    given.get(f"{code}_state") or "",
                    given.get(f"{code}_follows_on"),
                    given.get(f"{code}_because") or "",
                )
                for code in FileItemCode
            ]
        }
