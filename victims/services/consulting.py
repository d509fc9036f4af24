"""Looking at who a victim is: nothing sealed is opened without a row in the access log that says who, whom and why."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import models

import audit.services
from audit.acts import Act
from cases import models as cases
from core.sealedfield import opening


class Reason(models.TextChoices):
    """Why somebody looks at a victim's identity. A list: a reason may be recorded, the law no longer demands its words."""

    CONTACT = "contact", "To contact her or him"
    APPOINTMENT = "appointment", "To arrange an appointment"
    SAFETY = "safety", "To keep her or him safe"
    IDENTITY = "identity", "To check or correct who she or he is"
    LETTER = "letter", "To write to her or him"
    REFERRAL = "referral", "To refer to or work with a support service"
    REQUEST = "request", "To ask for information or a device"
    SUPERVISION = "supervision", "To supervise the case"
    COURT = "court", "For court or the CPS"


@contextmanager
def consulting(case: cases.Case, *, reason: str, what: str = "victim identity") -> Iterator[None]:
    """Open sealed values of this case's victims for the block, once the access log has the row.

    The caller has proved that the person acting is shown them (victims/sight.py). `what` is a short constant text.
    Raises ValueError for a reason that is not of the list.
    """
    purpose = f"victim: {Reason(reason).value}"
    audit.services.record(act=Act.CONSULTATION, what=what, case_ids=[case.pk], owners=[case.force_id], row_count=1, purpose=purpose)
    with opening(purpose):
        yield
