"""The parts of the case page: which acts stand in which, and where the page comes back to after an act."""

from typing import Any

from cases.acts import Act, On

SECTION_ACTS: dict[str, tuple[str, ...]] = {
    "passage": ("draft-advice", "advice-not-sought", "draft-referral", "enter-direct-decision", "record-meeting"),
    "suspects": ("add-suspect", "answer-named"),
    "complainants": ("add-complainant",),
    "crimes": ("add-crime",),
    "enquiries": ("open-enquiry",),
    "people": ("assign-person", "take-over", "name-cps-person", "move-to-unit", "grant-access", "exclude", "restrict", "lift-restriction"),
    "notes": ("add-note", "add-police-note", "add-cps-note"),
    "reviews": ("review-case",),
}
"""Part of the page → the acts on the case that stand there. Every other act on the case stands under "More"."""

FIRST_ACTS = frozenset({"contact-victim"})
"""Acts on a complainant that stand as buttons at the head of the page as well: what is done most often is nearest."""


PASSAGE = frozenset({
    On.EARLY_ADVICE, On.ADVICE_QUESTION, On.CHARGING_REFERRAL, On.AREA_TRANSFER, On.ACTION_PLAN, On.ACTION_ITEM, On.PROPOSED_DECISION,
    On.CHARGING_DECISION, On.FINALISATION, On.PROPOSED_NFA, On.NFA_MEETING,
})  # fmt: skip
"""What passes between police and CPS: shown in one part of the page."""


def anchor(act: Act, row: Any) -> str:
    """Return the part of the case page where what an act changed is shown."""
    match act.on:
        case On.SUSPECT:
            return f"suspect-{row.pk}"
        case On.BAIL | On.DECISION | On.PLAN:
            return f"suspect-{row.suspect_id}"
        case On.COMPLAINANT:
            return "complainants"
        case On.OFFENCE:
            return "crimes"
        case On.ENQUIRY:
            return "enquiries"
        case On.PERSON | On.ACCESS | On.EXCLUSION:
            return "people"
        case on if on in PASSAGE:
            return "passage"
        case _:
            return next((name for name, slugs in SECTION_ACTS.items() if act.slug in slugs), "needs")
