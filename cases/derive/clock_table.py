"""The one table of clocks: what starts each, what stops it, how long, who owes it, which source says so.

The investigation's clocks stand here; what victims are promised, and what police and CPS owe each other, in files beside it.
"""

from cases.derive.clock_table_prosecution import PROSECUTION_CLOCKS
from cases.derive.clock_table_scrutiny import SCRUTINY_CLOCKS
from cases.derive.clock_table_victims import TOLD_CLOCKS, VICTIM_CLOCKS
from cases.derive.kinds import Clock, Kind, Length, Owes, days, working_days
from core.calendar import Unit

INVESTIGATION_CLOCKS: tuple[Clock, ...] = (
    Clock(
        Kind.ARREST,
        starts="suspect identified",
        stops="arrested, interviewed under caution, or a decision not to arrest approved by a second person; "
        "listed apart while wanted, abroad or in prison elsewhere",
        lengths={"high": days(1), "medium": days(7), "standard": days(28)},
        owes=Owes.POLICE,
        source="Local policy, to be confirmed by the force: no law or national rule sets a time "
        "(HMICFRS, 22 August 2024, found arrests delayed)",
        reminders=(7, 2, 1),
        before_live=True,
    ),
    Clock(
        Kind.INTERVIEW_BY,
        starts="decision not to arrest approved",
        stops="interviewed under caution",
        lengths={"": days(28)},
        owes=Owes.POLICE,
        source="Local policy, to be confirmed by the force",
    ),
    Clock(
        Kind.SITUATION_REVIEW,
        starts="wanted, abroad or in prison elsewhere",
        stops="reviewed; repeats until the situation ends",
        lengths={"wanted": days(7), "abroad": days(28), "prison": days(28)},
        owes=Owes.POLICE,
        source="Local policy, to be confirmed by the force",
        reminders=(2,),
    ),
    Clock(
        Kind.BAIL_EXPIRY,
        starts="bail granted or extended",
        stops="charged, released, extended or answered; stands still while suspended with the CPS",
        lengths={},
        owes=Owes.POLICE,
        source="Police and Criminal Evidence Act 1984 ss.47ZB, 47ZD, 47ZDA, 47ZF, 47ZL",
        reminders=(28, 14, 7, 2),
        critical_after=0,
        before_live=True,
    ),
    Clock(
        Kind.RUI_REVIEW,
        starts="released under investigation",
        stops="reviewed; repeats until the suspect has an outcome or is on bail",
        lengths={"": days(28)},
        owes=Owes.POLICE,
        source="Local policy, to be confirmed by the force: the law sets no date",
        reminders=(2,),
        before_live=True,
    ),
    Clock(
        Kind.SUPERVISOR_REVIEW,
        starts="recorded",
        stops="reviewed; repeats while the case is open",
        lengths={"first": Length(72, Unit.HOURS), "second": days(7), "later": days(28)},
        owes=Owes.POLICE,
        source="Local policy, to be confirmed by the force",
        reminders=(2,),
        movable=True,
    ),
    Clock(
        Kind.DETENTION,
        starts="the relevant time of an arrest",
        stops="released or charged",
        lengths={},
        owes=Owes.POLICE,
        source="Police and Criminal Evidence Act 1984 ss.41-44",
        reminders=(),
        critical_after=0,
    ),
    Clock(
        Kind.BREAK_GLASS_REVIEW,
        starts="emergency access taken",
        stops="reviewed by an auditor of the force",
        lengths={"": working_days(2)},
        owes=Owes.AUDIT,
        source="Local policy, to be confirmed by the force",
        reminders=(1,),
        outlives=True,
    ),
)

CLOCKS: dict[str, Clock] = {
    row.kind: row for row in (*INVESTIGATION_CLOCKS, *TOLD_CLOCKS, *VICTIM_CLOCKS, *PROSECUTION_CLOCKS, *SCRUTINY_CLOCKS)
}
