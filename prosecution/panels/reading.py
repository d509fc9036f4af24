"""What a member reads, in the kind of panels: own meetings, packs sent to her or him, own findings, and those of others after that."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from accounts.models import User
from cases.derive.clocks import CLOCKS, Kind
from core import calendar
from core.calendar import england_and_wales
from prosecution.models import Finding, Heading, Pack, PackConflict, PanelCase, PanelMember, PanelState, SharedFinding
from prosecution.panels.frame import as_organiser


@dataclass(frozen=True, slots=True)
class PackLine:
    """A pack as it stands for one member: what she or he did with it, and nothing of what the others did."""

    pack: Pack
    standing: str
    waits: bool
    due_on: date | None


@dataclass(slots=True)
class Meeting:
    """A meeting of a member, with the packs that were sent to her or him."""

    member: PanelMember
    packs: list[PackLine] = field(default_factory=list)

    @property
    def waits(self) -> int:
        """How many packs wait for her or his own finding."""
        return sum(1 for one in self.packs if one.waits)

    @property
    def must_declare(self) -> bool:
        """Whether conflicts are still to be declared."""
        return self.member.declared_at is None and self.member.panel.state not in {PanelState.CLOSED, PanelState.CALLED_OFF}


def due_on(pack: Pack) -> date | None:
    """Return the last day for a finding on a pack: by the length of the clock of findings, in working days from the day it was sent.

    Until the end of that day it is in time. A clock on the case itself would tell whoever sees the case who has submitted.
    """
    if pack.sent_at is None:
        return None
    length = CLOCKS[Kind.PANEL_FINDING].lengths[""]
    return calendar.due(pack.sent_at, length.amount, length.unit, england_and_wales()).due_on


def meetings_of(user: User, *, panel_id: Any = None) -> list[Meeting]:
    """Return somebody's meetings, the latest first, with her or his packs. Four queries, however many there are."""
    rows = PanelMember.objects.filter(user=user.pk, left_at__isnull=True).select_related("panel__agency")
    if panel_id is not None:
        rows = rows.filter(panel=panel_id)
    found = {row.panel_id: Meeting(row) for row in rows.order_by("-panel__held_on", "-created_at")}
    stepped_back = PackConflict.objects.filter(user=user.pk).values("pack")
    packs = Pack.objects.filter(panel__in=list(found), sent_at__isnull=False).exclude(pk__in=stepped_back).order_by("number")
    own = {row.pack_id: row for row in Finding.objects.filter(user=user.pk, panel__in=list(found))}
    for pack in packs:
        meeting = found[pack.panel_id]
        if meeting.member.declared_at is not None:
            meeting.packs.append(_line(pack, own.get(pack.pk), meeting.member.panel.state))
    return list(found.values())


def _line(pack: Pack, own: Finding | None, state: str) -> PackLine:
    submitted = own is not None and own.submitted_at is not None
    waits = not submitted and state == PanelState.OPEN
    standing = "Your finding is submitted" if submitted else "Begun, not submitted" if own is not None else "To be read"
    return PackLine(pack, standing, waits, due_on(pack) if waits else None)


def own_finding(pack: Pack, user: User) -> Finding | None:
    """Return somebody's own finding on a pack, submitted or not."""
    return Finding.objects.filter(pack=pack, user=user.pk).first()


@dataclass(frozen=True, slots=True)
class Others:
    """The submitted findings on a pack, and what the panel concluded: for whoever has submitted."""

    rows: list[tuple[str, str, str, list[tuple[str, str]]]]
    """Name, as what, view, and what is said by heading."""
    conclusion: str = ""
    note: str = ""


def others_on(pack: Pack, member: PanelMember, own: Finding | None) -> Others | None:
    """Return what the others found and what was concluded; None before the own finding is submitted, whoever asks, whatever there is."""
    if own is None or own.submitted_at is None:
        return None
    rows = SharedFinding.objects.filter(pack=pack).exclude(user=member.user_id).select_related("user").order_by("capacity", "pk")
    shown = [(row.user.name, row.get_capacity_display(), row.get_view_display(), by_heading(row.texts)) for row in rows]
    with as_organiser(member.panel.agency):
        case = PanelCase.objects.filter(pack=pack).first()
    if case is None or not case.conclusion:
        return Others(shown)
    return Others(shown, case.get_conclusion_display(), case.note)


def by_heading(texts: dict[str, str]) -> list[tuple[str, str]]:
    """Return what a finding says, by the words of its headings, in their order."""
    return [(label, texts[value]) for value, label in Heading.choices if texts.get(value)]
