"""Coded reasons of triage: what a return says (domain.md sections 2 and 3; field names of the public CPS messages)."""

from typing import Final

from prosecution.models.referral import FileItemCode

ADVICE_REASONS: Final[dict[str, str]] = {
    "no_summary": "Summary of the case missing or not clear",
    "enquiries": "Lines of enquiry, expected outcomes or times missing",
    "issues": "Issues or the suspect’s explanation missing",
    "no_question": "No clear question on which advice is wanted",
    "key_evidence": "Key evidence missing or not described",
    "disclosure": "What may need disclosing not said",
    "support_needs": "The victim’s support needs not said",
    "too_early": "Too early: enquiries that come first are not begun",
    "charging_request": "This asks for a charging decision: refer it",
    "other": "Another reason",
}
REFUSAL_REASONS: Final[dict[str, str]] = {
    "not_needed": "Advice is not needed",
    "too_early": "Too early to advise",
    "too_late": "Too late: the case should be referred",
    "other": "Another reason",
}
REFERRAL_REASONS: Final[dict[str, str]] = {
    FileItemCode.MATERIAL: "Case material not correctly received",
    FileItemCode.DISCLOSURE_SCHEDULE: "No or missing disclosure schedule",
    FileItemCode.MG3: "No MG3",
    FileItemCode.SUPERVISOR: "No or incomplete supervisor’s comments",
    FileItemCode.DV_CHECKLIST: "No domestic violence checklist",
    FileItemCode.MG11: "No or missing MG11s",
    FileItemCode.EXHIBITS: "No or missing exhibits",
    FileItemCode.INTERVIEW: "No summary of interview",
    FileItemCode.SUSPECT_PRE_CONS: "Missing suspect’s previous convictions",
    FileItemCode.WITNESS_PRE_CONS: "Missing victim’s or witnesses’ previous convictions",
    FileItemCode.HARD_MEDIA: "Hard media not provided",
    FileItemCode.THIRD_PARTY: "Third-party material not provided",
    FileItemCode.OFFICER_DETAILS: "Incomplete contact details of the officer in the case",
}
RED_REASONS: Final[dict[str, str]] = {
    "custody": "Check custody status and resubmit",
    "insufficient": "Insufficient information",
}
