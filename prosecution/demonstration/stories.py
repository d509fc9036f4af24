"""The demonstration's cases between police and CPS, one line of facts each. Every name is invented; nobody is meant."""

from cases.demonstration import Story, one
from cases.demonstration import steps as s
from prosecution.demonstration import advice as a
from prosecution.demonstration import decision as d
from prosecution.demonstration import plan as p
from prosecution.demonstration import referral as r
from prosecution.demonstration import review as v
from prosecution.demonstration.times import OTHER, happens
from prosecution.models import AdviceResult, DecisionType, ReviewType

SECOND = "investigator2"


def _reported(
    number: int, recorded: float, surname: str, forenames: str, *steps: object, risk: str = "medium", lead: str = "investigator"
) -> Story:
    """Return a case with one suspect, identified two days after it was recorded and interviewed three days after that."""
    spoken = happens(recorded - 5, s.interviewed(1, recorded - 5))
    return Story(
        f"52/DEMO/{number}",
        recorded,
        risk,
        one(surname, forenames, recorded - 2),
        (spoken, *steps),  # type: ignore[arg-type]
        lead=lead,
        lived=True,
        urn=f"52NX{number:05d}26",
    )


STORIES: tuple[Story, ...] = (
    _reported(51, 26, "Brackwater", "Osric"),
    _reported(52, 30, "Duskwold", "Fenton", a.drafted_advice()),
    _reported(53, 34, "Emberley", "Hollis", a.asked(1.2)),
    _reported(54, 60, "Farrowmere", "Ivo", a.asked(33), a.advice_returned(31, "no_question", "disclosure"), a.advice_sent_again(3)),
    _reported(55, 70, "Glimmerdale", "Jocelyn", a.asked(40), a.advice_accepted(39)),
    _reported(56, 48, "Hawkrel", "Kester", a.asked(16), a.advice_accepted(15.5, OTHER), lead=SECOND),
    _reported(57, 44, "Inkpenny", "Lorcan", a.asked(12), a.advice_refused(11), a.refusal_challenged(6)),
    _reported(58, 40, "Jarrowby", "Merrick", a.asked(9), a.advice_returned(8, "support_needs", by_in=4)),
    _reported(
        59, 52, "Kestlewood", "Norris", a.not_sought(36, "too_early", "The first account is booked for Thursday."), r.drafted_referral()
    ),
    _reported(60, 80, "Lindenrow", "Oswin", a.asked(58), a.advice_accepted(57), a.advised(44, AdviceResult.REFER_NOW), r.referred(2.2)),
    _reported(
        61, 66, "Mapplewick", "Piran", r.referred(30), r.referral_returned(28, "mg11", "disclosure_schedule"), r.referral_sent_again(4)
    ),
    _reported(
        62,
        75,
        "Nettlecombe",
        "Quill",
        r.referred(41),
        r.referral_accepted(40),
        d.met(20, "The cameras come next week; the decision waits."),
    ),
    _reported(63, 58, "Otterbourne-Lee", "Rowan", r.referred(9, ReviewType.FIVE_DAYS), r.referral_accepted(8, OTHER), lead=SECOND),
    Story(
        "52/DEMO/64",
        2,
        "high",
        one("Pellowfield", "Sterling", 1.5),
        (happens(0.2, s.held(1, 6)), r.referred(0.04, ReviewType.RED)),
        lived=True,
        urn="52NX0006426",
    ),
    _reported(65, 120, "Quenbridge", "Tarquin", r.referred(60), r.referral_accepted(59), p.planned(45), p.done(1, 20), p.taken(1, 18)),
    _reported(
        66,
        130,
        "Rushmere-Vale",
        "Ulric",
        r.referred(90),
        r.referral_accepted(89),
        p.planned(70),
        p.challenged(2, 60, "The cameras keep 14 days."),
    ),
    _reported(67, 190, "Silverthwaite", "Valen", r.referred(130), r.referral_accepted(128), p.planned(100), lead=SECOND),
    _reported(
        68,
        240,
        "Tanglewick",
        "Warrick",
        r.referred(190),
        r.referral_accepted(188),
        p.planned(160),
        p.finalised(40, "Nobody answered the plan."),
    ),
    _reported(
        69,
        110,
        "Underhollow",
        "Xan",
        r.referred(70),
        r.referral_accepted(69),
        p.planned(50, how_many=1),
        p.done(1, 40),
        p.taken(1, 38),
        p.second_plan_proposed(3),
    ),
    _reported(
        70, 95, "Vintnerby", "Yorick", r.referred(50), r.referral_accepted(49), d.prepared(1, 4, DecisionType.NFA_EVIDENTIAL, propose=True)
    ),
    _reported(
        71,
        150,
        "Willowmarsh",
        "Zeno",
        a.asked(120),
        a.advice_accepted(119),
        a.advised(105),
        r.referred(80),
        r.referral_accepted(79),
        d.prepared(1, 60, DecisionType.CHARGE),
        d.published(1, 60, 1),
    ),
    _reported(
        72,
        160,
        "Yewbarrow",
        "Alaric",
        r.referred(100),
        r.referral_accepted(99),
        p.planned(85, how_many=1),
        p.done(1, 75),
        p.taken(1, 74),
        d.prepared(1, 52, DecisionType.NFA_EVIDENTIAL, propose=True),
        d.confirmed(50),
        d.published(1, 48, 15, reasons="The evidential stage is not met."),
        v.reasons_came(44),
        v.asked(20),
        v.acknowledged(15),
    ),
    Story(
        "52/DEMO/73",
        20,
        "high",
        one("Zephyrstone", "Bertram", 18),
        (happens(17, s.held(1, 17 * 24 + 2)), d.decided_by_direct(1, 16.9)),
        lived=True,
        urn="52NX0007326",
    ),
)
"""Something in every queue: to draft, to triage, late, challenged, at 28, 56 and 90 days, decided both ways."""
