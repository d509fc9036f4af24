"""Acts on the whole case that stand in a row of a desk: one's own work handed to a colleague, a case offered to another Area."""

from typing import Any

from cases.pages.buttons import Button
from cases.pages.needs import Finder
from prosecution.desk.look import Look
from prosecution.models import EarlyAdvice, Referral, Submission


def of_case(row: Any, finder: Finder, look: Look) -> list[Button]:
    """Return the acts on the case of a row, for whom they are of use. No query."""
    slugs = ["offer-to-area"] if isinstance(row, EarlyAdvice | Referral | Submission) else []
    if isinstance(row, EarlyAdvice | Referral) and row.prosecutor_id == look.user.pk:
        slugs.insert(0, "hand-on")
    return finder.case(*slugs) if slugs else []
