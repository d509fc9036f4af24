"""What the gates of a request ask, read from its row: only whether something is filled in leaves the sealed texts here."""

from typing import Final

from cases import models as m
from core import clock
from core.sealedfield import opening
from victims.models import InformationRequest
from victims.models.request import RecordsOf
from victims.request_gates import RequestFacts

PURPOSE: Final = "whether a request says what the law asks"
TEXTS: Final = (
    "reasonable_because", "holder_has_it_because", "necessary_because", "proportionate_because", "less_intrusive_means", "how_handled",
    "substantial_probative_value",
)  # fmt: skip
"""The texts of a request that may be filled in one after another while it is a draft."""


def facts_of(row: InformationRequest) -> RequestFacts:
    """Return the facts of a request. Opens its sealed texts to see whether they are empty, and shows nothing of them."""
    with opening(PURPOSE):
        filled = {name: bool(getattr(row, name).strip()) for name in (*TEXTS, "notice_withheld_because")}
    enquiry = row.line_of_enquiry
    return RequestFacts(
        counselling=row.records == RecordsOf.COUNSELLING,
        enquiry_of_victim=enquiry.focus == m.Focus.VICTIM,
        enquiry_goes_on=enquiry.ended_at is None,
        notice_to=row.notice_to,
        notice_on=clock.london_day(row.notice_given_at) if row.notice_given_at else None,
        approved_by_another=row.approved_at is not None and row.approved_by_id not in {row.created_by_id, row.worded_by_id},
        **filled,
    )
