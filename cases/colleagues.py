"""The people that cases can be given to, with what whoever chooses should know beside each name: load, absence, accreditation."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from accounts.absence import away_words
from accounts.models import User
from cases.accredited import SENTENCES, Lack, lacking
from cases.load import Load, loads_seen_by, side_of
from cases.models import Side
from core import clock
from core.words import inside


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who can be chosen."""

    user: User
    load: Load
    away: str
    lack: Lack | None

    @property
    def key(self) -> UUID:
        """The person's key."""
        return self.user.pk

    @property
    def words(self) -> str:
        """What stands beside the name: the load; where there is something to know, absence and accreditation."""
        away = inside(self.away)
        return "; ".join(filter(None, [self.load.words, away, self.lack or ""]))

    @property
    def choice(self) -> tuple[str, str]:
        """The person as one choice of a list."""
        return str(self.key), f"{self.user.name} ({self.words})"

    @property
    def warning(self) -> str:
        """What the person lacks for an investigative role, as a sentence; "" for nothing."""
        return SENTENCES[self.lack].format(self.user.name) if self.lack else ""


def colleagues(user: User, roles: Collection[str]) -> list[Colleague]:
    """Return the people of one's own agency in some roles: one's own unit first, then by name. Three queries.

    The load counts cases that the reader sees. Accreditation is asked of the police only.
    """
    people = list(User.objects.visible_to(user).active().filter(role__in=list(roles)).select_related("unit").order_by("name", "id"))
    people.sort(key=lambda one: one.unit_id is None or one.unit_id != user.unit_id)
    today = clock.today()
    loads = loads_seen_by(user)
    lacks = lacking([one.pk for one in people], today) if side_of(user) == Side.POLICE else {}
    return [Colleague(one, loads.get(one.pk) or Load(), away_words(one, today), lacks.get(one.pk)) for one in people]
