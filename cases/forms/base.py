"""The base of the form of an act: what it is about is handed in, what it gives the service is handed out."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from accounts.models import User
from cases.models import Case
from core.forms import VersionedForm


class ActForm(VersionedForm):
    """A form of one act of `cases.acts`.

    The view gives the case, the row the act is done to (a Suspect, a Bail, …; None for an act on the case) and who asks.
    A form that offers people or rows as choices fills them in `__init__` from these three, after calling this one.
    `says` stands above the fields: what follows from the act, where its words alone do not tell.
    """

    says: ClassVar[str] = ""
    button: str = "Save"
    link_fills: ClassVar[tuple[str, ...]] = ()
    """Fields that the address of the empty form may fill in: choices alone, which whoever sends it has before the eyes."""
    leads: Sequence[tuple[str, str]] = ()
    """Words and addresses of what must stand before some of its answers are taken."""

    only_if: Mapping[str, tuple[str, tuple[str, ...]]] = {}
    """Field → the field and its answers that it belongs to: with a script it is asked only then. Its label says so all the same."""

    def __init__(self, *args: Any, case: Case | None = None, target: Any = None, user: User | None = None, **kwargs: Any) -> None:
        self.case = case
        self.target = target
        self.user = user
        super().__init__(*args, **kwargs)

    @property
    def asked_only_if(self) -> str:
        """Return `only_if` as the script reads it; blank for a form that always asks everything."""
        here = {name: of for name, of in self.only_if.items() if name in self.fields}
        return json.dumps(here) if here else ""

    def asks_again(self) -> bool:
        """Say whether the form, filled in well, is shown once more with what follows before anything is done."""
        return False

    def service_arguments(self) -> dict[str, Any]:
        """Return what the service is called with besides actor, case, target and version: the cleaned data."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}
