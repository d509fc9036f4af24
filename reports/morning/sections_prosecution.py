"""The parts of the morning that are about police and CPS."""

from reports.morning import says_prosecution as says
from reports.morning import sources_prosecution as sources
from reports.morning.entries import OF_A_CASES_ROW, Section

PROSECUTION: tuple[Section, ...] = (
    Section(
        "advice-to-sign",
        "Early advice to sign",
        sources.advice_to_sign,
        says.advice,
        acts=("send-advice", "return-advice-draft"),
        target="id",
        columns=("number", "asked_by"),
        who=OF_A_CASES_ROW,
    ),
    Section(
        "referrals-to-sign",
        "Referrals to sign",
        sources.referrals_to_sign,
        says.referral,
        acts=("send-referral", "return-referral-draft"),
        target="id",
        columns=("number", "asked_by"),
        who=OF_A_CASES_ROW,
    ),
    Section(
        "escalated",
        "Action plan items with inspector and District Crown Prosecutor",
        sources.escalated,
        says.escalated,
        acts=("resolve-item",),
        target="id",
        columns=("number", "about", "of_plan"),
        who=OF_A_CASES_ROW,
    ),
)
