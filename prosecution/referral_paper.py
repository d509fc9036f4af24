"""A referral on paper: a tagged PDF marked OFFICIAL-SENSITIVE, with every heading that the MG3 has and none of the buttons."""

from collections.abc import Sequence
from typing import Final

from cases import models as m
from core import clock
from core.components import day_text, london_text
from core.pdf import Value, tagged_pdf, template
from prosecution.models import ReviewType
from prosecution.pages.referral import ReferralPage
from prosecution.pages.referral_sendings import Sending

PACKAGE: Final = "prosecution.papers"
NOTHING: Final = "Nothing recorded."


def referral_pdf(case: m.Case, page: ReferralPage) -> bytes:
    """Return the referral as a PDF, as it stands now. Raises CannotPrint, PdfFailed."""
    parts = _parts(page)
    data: dict[str, Value] = {
        "title": f"Referral {page.row.number} for a charging decision",
        "reference": f"Crime reference: {case.crime_reference}" + (f". URN: {case.urn}" if case.urn else ""),
        "opening": f"{page.state}. {ReviewType(page.row.review_type).label}. {_as_of(page)}.",
        "headings": [heading for heading, _ in parts],
        "texts": [text or NOTHING for _, text in parts],
    }
    return tagged_pdf(template(PACKAGE, "referral"), data)


def _as_of(page: ReferralPage) -> str:
    return f"As sent on {london_text(page.as_sent)}" if page.as_sent else f"As recorded on {london_text(clock.now())}"


def _parts(page: ReferralPage) -> list[tuple[str, str]]:
    row = page.row
    sent_on = day_text(row.file_sent_on) if row.file_sent_on else "not said"
    return [
        ("Whose move", page.move),
        ("Suspects", "\n".join(_suspects(page))),
        ("Recorded crimes", "\n".join(page.crimes)),
        ("File", f"Reference: {row.reference or 'none'}. Sent on: {sent_on}."),
        *((one.heading, one.text) for one in page.texts),
        ("What the record says of needs", "\n".join(page.needs)),
        ("File standard", "\n".join(_items(page))),
        ("Sent and triaged", "\n".join(line for one in page.sendings for line in _sending(one))),
    ]


def _suspects(page: ReferralPage) -> list[str]:
    found = []
    for one in page.suspects:
        due = f"{one.due.what}: {one.due.when}" if one.due else ""
        said = [part for part in (one.standing, one.bail, one.detention, due) if part]
        found.append(f"Suspect {one.number}, {one.name}: {'. '.join(said)}.")
    return found


def _items(page: ReferralPage) -> list[str]:
    found = []
    for one in page.items:
        because = f": {one.because}" if one.because else ""
        found.append(f"{one.label}: {one.state.lower()}{f' on {one.follows}' if one.follows else ''}{because}")
    return found


def _sending(one: Sending) -> Sequence[str]:
    triaged = f" {london_text(one.triaged_at)} by {one.triaged_by}" if one.triaged_at else ""
    lines = [f"{one.number}. Sent {london_text(one.at)} by {one.by}. {one.triage}{triaged}."]
    lines += [f"Differs from the time before: {one.changed}."] if one.changed else []
    lines += [f"{words}{f': {detail}' if detail else ''}" for words, detail, _ in one.reasons]
    return lines + [f"Counts against the CPS: {words}" for words in one.against_cps]
