"""The queues of prosecutor and legal manager as pages: their sections, and for a manager the load of the Area."""

from dataclasses import dataclass
from uuid import UUID

from accounts.models import User
from core.components import Link
from prosecution.desk.load import DECIDE, Unit, loads
from prosecution.desk.look import Look
from prosecution.desk.queues import OVERVIEW, Queue, Shown, address_of, queue_page


@dataclass(frozen=True, slots=True)
class QueuePage:
    """A queue as it is shown. `units`: who has how much, on the manager's overview alone; `person`: whose work alone is shown."""

    queue: Queue
    sections: list[Shown]
    units: list[Unit]
    person: str
    filtered: bool
    contents: list[Link]


def page_of(queue: Queue, user: User, person: UUID | None = None) -> QueuePage:
    """Return a queue of this person, now. Of a prosecutor who is none of the Area's it shows nothing, and says so."""
    look = Look.of(user, person)
    sections = queue_page(queue, look, address_of(queue, look))
    units = loads(look) if queue is OVERVIEW else []
    named = next((one.name for unit in units for one in unit.people if one.key == person), "")
    contents = [Link(f"{one.section.title} ({_many(one)})", f"#{one.section.slug}") for one in sections]
    return QueuePage(queue, sections, units, named, person is not None, [*contents, *([Link("Load", "#load")] if units else [])])


def name_of(look: Look) -> str:
    """Return the name of the prosecutor whose work alone is asked for; "" for nobody, and for one who is none of the Area's."""
    if look.person is None:
        return ""
    return User.objects.visible_to(look.user).filter(pk=look.person, role__in=DECIDE).values_list("name", flat=True).first() or ""


def _many(shown: Shown) -> str:
    return f"{len(shown.rows)}+" if shown.all_address else str(len(shown.rows))
