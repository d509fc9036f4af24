"""What a written notice says: plain words around what is asked for. No name stands in it, and none in its title.

Police, Crime, Sentencing and Courts Act 2022: for information asked of others ss.44A-44F, for a device ss.37-44.
"""

from collections.abc import Mapping
from typing import Final

from core.pdf import Value, tagged_pdf, template
from victims.models import DeviceRequest, InformationRequest

PACKAGE: Final = "victims.notices"
RELEVANT: Final = "Relevant material may have to be shown to the defence if there is a trial. Ask us what this means for you."
ASK: Final = "If anything here is not clear, ask the officer in your case or your independent adviser. You may keep this paper."
INFORMATION_RIGHTS: Final = (
    "You may ask us why we need this information, and why nothing less would do.",
    "You may tell us what you think about this request. We write down what you say.",
    "We ask only for what this line of enquiry needs, and only where it is necessary and proportionate.",
    "Therapy and support need not wait. You may go on with them whatever happens with this request.",
    RELEVANT,
)
DEVICE_RIGHTS: Final = (
    "You may refuse. You need not say why.",
    "The investigation does not end only because you refuse.",
    "You may agree and change your mind later. Tell us, and we stop and give the device back.",
    "Nobody may press you to agree. Take the time that you need, and ask somebody you trust.",
    "We look only for what is written above.",
    RELEVANT,
)


def information_notice(row: InformationRequest, *, reference: str, guardian: bool) -> bytes:
    """Return the notice of a request for information. Read inside `consulting`. Raises CannotPrint, PdfFailed."""
    whom = "the person you are responsible for" if guardian else "you"
    return _notice({
        "title": "Notice of a request for information",
        "reference": f"Case reference: {reference}",
        "opening": f"We intend to ask somebody else for information about {whom}. The law says that you are told in writing on or before "
        "the day on which we ask (Police, Crime, Sentencing and Courts Act 2022, sections 44A to 44F).",
        "headings": ["What we ask for", "Whom we ask", "Why we ask", "How we handle it"],
        "texts": [f"{row.get_records_display()}\n{row.wanted}", row.holder, row.reasonable_because, row.how_handled],
        "rights_heading": "What you should know",
        "rights": list(INFORMATION_RIGHTS),
        "closing": ASK,
    })  # fmt: skip


def device_notice(row: DeviceRequest, *, reference: str) -> bytes:
    """Return the notice of a request for a device. Read inside `consulting`. Raises CannotPrint, PdfFailed."""
    return _notice({
        "title": "Notice of a request to look at a device",
        "reference": f"Case reference: {reference}",
        "opening": "We ask you to give us a device for a time, so that we can take information from it. The law says that you are told "
        "this in writing before you decide (Police, Crime, Sentencing and Courts Act 2022, section 39).",
        "headings": ["Which device", "What information we look for", "Why we ask", "How we handle it"],
        "texts": [row.device, row.scope, row.reason, row.how_handled],
        "rights_heading": "You decide",
        "rights": list(DEVICE_RIGHTS),
        "closing": ASK,
    })  # fmt: skip


def _notice(said: Mapping[str, Value]) -> bytes:
    return tagged_pdf(template(PACKAGE, "notice"), said)
