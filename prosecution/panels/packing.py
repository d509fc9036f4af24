"""What a pack is made of, read from the case: facts that may be said, and the free texts that a person has to redact first.

Called with sight of the case proved, under the kind of whoever organises: what the other side keeps to itself is in no pack of hers
or his.
"""

from dataclasses import dataclass

from cases import models as m
from cases.extract.columns import OFFENCES
from cases.models.people import Relationship
from prosecution import models as p
from prosecution.models.nfa import Alternative
from prosecution.panels.pack import Counted, Happened


@dataclass(frozen=True, slots=True)
class Text:
    """A free text of the case: the field of the form it is redacted in, what it is, and how it stands."""

    name: str
    heading: str
    text: str


def decided(row: p.PanelCase) -> tuple[p.ProposedNfa | None, p.ChargingDecision | None]:
    """Return what the police proposed and had confirmed, and what the CPS published, for the decision looked at."""
    proposed = p.ProposedNfa.objects.filter(case=row.case_id, outcome=row.outcome_id).first() if row.outcome.side == m.Side.POLICE else None
    published = p.ChargingDecision.objects.filter(case=row.case_id, outcome=row.outcome_id).first()
    return proposed, published


def texts_of(row: p.PanelCase) -> list[Text]:
    """Return the free texts that a pack of this decision could say, those that are empty left out."""
    proposed, published = decided(row)
    said = published or proposed
    found = [Text("outcome", "Reasons on record", row.outcome.reasons)]
    if proposed is not None:
        found.append(Text("reasons", "Reasons", proposed.reasons))
    if said is not None:
        found += [
            Text("for_victim", "Reasons written for the victim", said.reasons_for_victim),
            Text("not_done", "Enquiries not done, and why", said.enquiries_not_done),
            Text("alternatives", "On alternatives considered", said.alternatives_note),
        ]
    return [one for one in found if one.text.strip()]


def counted(row: p.PanelCase) -> Counted:
    """Return the facts that may be said. A fixed number of queries."""
    case, outcome = row.case, row.outcome
    proposed, published = decided(row)
    said = published or proposed
    crimes = m.Offence.objects.filter(case=case, allegations__suspect=outcome.suspect_id, allegations__withdrawn_at__isnull=True)
    events = m.TimelineEvent.objects.filter(case=case).exclude(suspect__in=_other_suspects(row)).values_list("happened_at", "kind")
    suspect = outcome.suspect
    return Counted(
        recorded_at=case.recorded_at,
        decided_on=outcome.on,
        code=outcome.code,
        side=outcome.side,
        suspects=m.Suspect.objects.filter(case=case, recorded_in_error_at__isnull=True).count(),
        complainants=m.Complainant.objects.filter(case=case).count(),
        crimes=sorted({OFFENCES.get(code, "Another offence") for code in crimes.values_list("code", flat=True)}),
        relationship=Relationship(suspect.relationship).label if suspect.relationship in Relationship.values else "",
        risk=case.get_risk_display(),
        flags=_flags(row, proposed, published),
        counts=_counts(row),
        alternatives=[Alternative(one).label for one in (said.alternatives if said else ()) if one in Alternative.values],
        happened=[Happened(at, kind) for at, kind in events],
    )


def _other_suspects(row: p.PanelCase) -> list[object]:
    others = m.Suspect.objects.filter(case=row.case_id).exclude(pk=row.outcome.suspect_id)
    return list(others.values_list("pk", flat=True))


def _flags(row: p.PanelCase, proposed: p.ProposedNfa | None, published: p.ChargingDecision | None) -> list[tuple[str, bool]]:
    arrests = m.Arrest.objects.filter(case=row.case_id, suspect=row.outcome.suspect_id)
    interviews = m.Interview.objects.filter(case=row.case_id, suspect=row.outcome.suspect_id)
    checked = bool(published.checked_by_name) if published else proposed is not None and proposed.checked_by_id is not None
    latest = m.SupportChange.objects.filter(case=row.case_id, at__date__lte=row.outcome.on).order_by("-at", "-created_at").first()
    return [
        ("The suspect was arrested", arrests.exists()),
        ("The suspect was interviewed under caution", interviews.exists()),
        ("A second person looked at the decision", checked),
        ("Other cases of the suspect were considered", bool((said := published or proposed) and said.others_considered)),
        ("A victim did not support the prosecution at the decision", latest is not None and latest.supports == "does_not"),
        ("The decision was opened again since", row.outcome.reopened_at is not None),
    ]


def _counts(row: p.PanelCase) -> list[tuple[str, int]]:
    enquiries = list(m.LineOfEnquiry.objects.filter(case=row.case_id).values_list("focus", flat=True))
    items = list(p.ActionItem.objects.filter(case=row.case_id).exclude(state="draft").values_list("looks_at_victim", "moves"))
    told = list(m.Told.objects.filter(case=row.case_id).values_list("about", flat=True))
    return [
        *((f"Lines of enquiry: {label}", enquiries.count(focus)) for focus, label in m.Focus.choices),
        ("Requests for early advice", p.EarlyAdvice.objects.filter(case=row.case_id, first_submitted_at__isnull=False).count()),
        ("Times referred to the CPS", p.Submission.objects.filter(case=row.case_id, referral__isnull=False).count()),
        ("Items of action plans", len(items)),
        ("Of these about the victim", sum(1 for looks, _ in items if looks)),
        ("Of these with a date that was moved", sum(1 for _, moves in items if moves)),
        ("Times a victim was told something", len(told)),
    ]
