"""What police and CPS both say of no further action, in words. No queries."""

from typing import Any

from prosecution.models.nfa import Alternative

Line = tuple[str, str]
"""Words and value."""


def beside_lines(row: Any) -> list[Line]:
    """Return what police and CPS both say of no further action beside the reasons; what is not said is left out."""
    labels = dict(Alternative.choices)
    found = [
        ("Enquiries not done, and why", row.enquiries_not_done),
        ("Alternatives considered", "\n".join(str(labels.get(one, one)) for one in row.alternatives)),
        ("What came of the alternatives", row.alternatives_note),
        ("Other cases of the same suspect", "Looked at" if row.others_considered else ""),
        ("What follows from the other cases", row.others_note),
    ]
    return [(label, value) for label, value in found if value]
