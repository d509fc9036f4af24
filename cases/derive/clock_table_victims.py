"""The clocks of what a victim is promised: to be told, to be contacted as agreed, to be offered support."""

from collections.abc import Mapping

from cases.derive.kinds import Clock, Kind, Length, Owes, days, working_days
from core.calendar import Unit

_CODE = "Victims’ Code 2020, Right 6"
_TOLD_LENGTHS = {"enhanced": working_days(1), "standard": working_days(5)}


def _told(kind: Kind, starts: str, source: str = _CODE, lengths: Mapping[str, Length] = _TOLD_LENGTHS) -> Clock:
    """One duty to tell: each complainant whose recorded crime names the suspect, by the side whose act it was."""
    return Clock(
        kind,
        starts=starts,
        stops="told, or not told with the reason",
        lengths=lengths,
        owes=Owes.POLICE,
        source=source,
        reminders=(1,),
        critical_after=3,
    )


TOLD_CLOCKS: tuple[Clock, ...] = (
    _told(
        Kind.TOLD_CRIME_RECORDED, "crime recorded", "Victims’ Code 2020, Right 3; the time is local policy, to be confirmed by the force"
    ),
    _told(Kind.TOLD_ARREST, "arrest"),
    _told(Kind.TOLD_INTERVIEW, "interview under caution"),
    _told(Kind.TOLD_RELEASE, "release"),
    _told(Kind.TOLD_BAIL, "bail granted, extended or its conditions changed"),
    _told(Kind.TOLD_BAIL_ENDED, "bail ended, or ran out without anything"),
    _told(Kind.TOLD_NFA, "decision to take no further action"),
    _told(Kind.TOLD_CHARGE, "charge", "Victims’ Code 2020, Right 6; the time for a charge is local policy, to be confirmed by the force"),
    _told(
        Kind.TOLD_HEARING,
        "date of a hearing received",
        "Victims’ Code 2020, Right 8",
        {"enhanced": working_days(1), "standard": working_days(1)},
    ),
    _told(Kind.TOLD_CLOSED, "finalised administratively"),
    _told(Kind.TOLD_NEW_OFFICER, "another officer in the case", "Local policy, to be confirmed by the force"),
)

_FORCE = "Local policy, to be confirmed by the force"

VICTIM_CLOCKS: tuple[Clock, ...] = (
    Clock(
        Kind.VICTIM_CONTACT,
        starts="contact agreed, then each contact that reached the victim",
        stops="a contact that reached her or him; stands still while there is no safe channel",
        lengths={},
        owes=Owes.POLICE,
        source="Agreed with the victim: Victims’ Code 2020, Right 6. No national rule sets a number of days",
        reminders=(2, 1),
        critical_after=7,
        before_live=True,
    ),
    Clock(
        Kind.AGREEMENT_AGAIN,
        starts="opted out, agreed more than 56 days, or reached 18",
        stops="asked again and agreed",
        lengths={"": days(90)},
        owes=Owes.POLICE,
        source=_FORCE,
        reminders=(7,),
    ),
    Clock(
        Kind.SAFE_CHANNEL_REVIEW,
        starts="no safe channel at present",
        stops="reviewed by an inspector, the ISVA route tried; repeats until there is one",
        lengths={"": days(7)},
        owes=Owes.POLICE,
        source=_FORCE,
        reminders=(2,),
    ),
    Clock(
        Kind.NEEDS_ASSESSMENT,
        starts="recorded",
        stops="assessed",
        lengths={"": working_days(2)},
        owes=Owes.POLICE,
        source="Victims’ Code 2020, Right 4; the time is local policy, to be confirmed by the force",
        reminders=(1,),
        critical_after=3,
    ),
    Clock(
        Kind.SUPPORT_REFERRAL,
        starts="recorded; after she or he declined, the day to ask again",
        stops="referred or declined",
        lengths={"": working_days(2), "again": days(28)},
        owes=Owes.POLICE,
        source="Victims’ Code 2020, Right 4: within 2 working days; asking again is local policy",
        reminders=(1,),
        critical_after=3,
    ),
    Clock(
        Kind.ISVA_LINK,
        starts="an ISVA asks to be linked to a client",
        stops="the officer confirmed with the victim, or declined",
        lengths={"": working_days(2)},
        owes=Owes.POLICE,
        source=_FORCE,
        reminders=(1,),
        critical_after=2,
    ),
    Clock(
        Kind.ISVA_QUESTION,
        starts="asked",
        stops="answered",
        lengths={"": working_days(2)},
        owes=Owes.POLICE,
        source=_FORCE,
        reminders=(1,),
        critical_after=2,
    ),
    Clock(
        Kind.HEARD_NOTHING,
        starts="the ISVA says that the client has heard nothing",
        stops="a contact that reached her or him, or the ISVA closes it",
        lengths={"": working_days(1)},
        owes=Owes.POLICE,
        source=_FORCE,
        reminders=(1,),
        critical_after=1,
    ),
    Clock(
        Kind.TELL_REQUEST,
        starts="sent to the ISVA",
        stops="told, could not, or the client asks for the officer; unread after 4 working hours it returns to the officer",
        lengths={"": working_days(2), "unread": Length(4, Unit.HOURS)},
        owes=Owes.ISVA,
        source=_FORCE,
        reminders=(1,),
        critical_after=2,
    ),
    Clock(
        Kind.DEVICE_RETURN,
        starts="device taken",
        stops="returned",
        lengths={},
        owes=Owes.POLICE,
        source="The day agreed with the victim: Police, Crime, Sentencing and Courts Act 2022 s.39 and its code of practice",
        reminders=(7, 2),
    ),
)
