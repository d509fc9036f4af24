"""The clocks of decisions not to charge: looked at twice, told in writing, reviewed when she or he asks, sampled by a panel."""

from cases.derive.kinds import Clock, Kind, Owes, working_days

_LOCAL = "Local policy, to be confirmed by force and Area"

SCRUTINY_CLOCKS: tuple[Clock, ...] = (
    Clock(
        Kind.NFA_CHECK,
        starts="no further action proposed by the police",
        stops="confirmed or sent back by a second person",
        lengths={"": working_days(5)},
        owes=Owes.POLICE,
        source=_LOCAL,
        reminders=(1,),
    ),
    Clock(
        Kind.WRITTEN_REASONS,
        starts="an outcome of no further action",
        stops="the reasons reached her or him in writing, or it was decided that she or he is not told",
        lengths={"": working_days(5)},
        owes=Owes.POLICE,
        source="Victims’ Code 2020, Right 6: reasons for a decision not to prosecute; in writing within 5 working days is local policy",
        reminders=(1,),
    ),
    Clock(
        Kind.VRR_ACKNOWLEDGE,
        starts="her or his request for a review",
        stops="acknowledged, or completed before that",
        lengths={"": working_days(10)},
        owes=Owes.POLICE,
        source="NPCC Victims’ Right to Review scheme, April 2015: acknowledged within 10 working days; the CPS alike is local policy",
        reminders=(2,),
    ),
    Clock(
        Kind.VRR_COMPLETE,
        starts="her or his request for a review",
        stops="completed: upheld, overturned, out of scope, or withdrawn by her or him",
        lengths={"": working_days(30), "expedited": working_days(20)},
        owes=Owes.POLICE,
        source="NPCC Victims’ Right to Review scheme, April 2015: completed and told within 30 working days; "
        "20 working days in the CPS’s expedited pilot; 30 for the CPS otherwise is general knowledge, to be confirmed",
        reminders=(10, 5, 2),
    ),
    Clock(
        Kind.PANEL_FINDING,
        starts="the pack goes to the panel’s members",
        stops="every member without a conflict submitted a finding, or the panel concluded",
        lengths={"": working_days(10)},
        owes=Owes.PANEL,
        source=_LOCAL,
        reminders=(2,),
    ),
)
