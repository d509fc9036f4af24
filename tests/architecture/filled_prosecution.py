"""A row in every table of prosecution for one suspect of a filled case, each under a kind that may write it."""

from datetime import timedelta
from uuid import uuid4

from accounts.models import Agency, User
from cases import models as cases
from core import clock
from core.scope import Kind, Scope, scope, system
from prosecution import models as m
from tests.architecture.filled_victims import Keys, add
from tests.factories import SOUTH_EAST, SOUTH_WEST, ago

TOMORROW = clock.today() + timedelta(days=1)


def fill_prosecution(keys: Keys, suspect: cases.Suspect, officer: User, prosecutor: User | None) -> None:
    """Fill every table for one suspect. What the CPS alone writes is written by a prosecutor, where the case was brought to any."""
    force_id = int(keys["force_id"])
    by = prosecutor or officer
    with scope(Scope(kind=Kind.POLICE, force_id=force_id, agency_id=force_id)):
        advice = _asked(keys, suspect)
        referral = _referred(keys, suspect, by)
    with scope(system(force_id)):
        _sent(keys, referral)
        _between_areas(keys, referral, force_id)
        plan = _planned(keys, referral, suspect)
        _finalised(keys, referral, plan, officer)
        _decided(keys, suspect, referral, by)
        _not_charged(keys, suspect, officer, by)
        _kept(keys, advice)
        _reviewed(keys)
        _scrutinised(keys, force_id)


def _asked(keys: Keys, suspect: cases.Suspect) -> m.EarlyAdvice:
    advice: m.EarlyAdvice = add(m.EarlyAdvice, **keys, number=1, state="returned", first_submitted_at=ago(days=4))
    add(m.AdviceSuspect, **keys, advice=advice, suspect=suspect, sent_at=ago(days=4))
    add(m.AdviceQuestion, **keys, advice=advice, number=1, text="x", sent_at=ago(days=4))
    add(m.RefusalChallenge, **keys, advice=advice, because="x", at=ago(days=2))
    add(m.EarlyAdviceNotSought, **keys, reason="other", text="x", at=ago(days=3))
    return advice


def _kept(keys: Keys, advice: m.EarlyAdvice) -> None:
    question = m.AdviceQuestion.objects.get(advice=advice)
    add(m.AdviceAnswer, **keys, question=question, text="x")


def _referred(keys: Keys, suspect: cases.Suspect, prosecutor: User) -> m.Referral:
    referral: m.Referral = add(
        m.Referral, **keys, number=1, state="accepted", prosecutor=prosecutor, first_submitted_at=ago(days=4), accepted_at=ago(days=3)
    )
    add(m.ReferralSuspect, **keys, referral=referral, suspect=suspect, sent_at=ago(days=4))
    offence = cases.Offence.objects.filter(case=keys["case"]).first()
    add(m.ReferralOffence, **keys, referral=referral, offence=offence, sent_at=ago(days=4))
    add(m.FileItem, **keys, referral=referral, code="mg3", state="sent", sent_at=ago(days=4))
    add(m.Meeting, **keys, at=ago(days=1), how="call", who="x", agreed="x")
    return referral


def _sent(keys: Keys, referral: m.Referral) -> None:
    times = {"at": ago(days=4), "triaged_at": ago(days=3), "triage": "returned", "respond_by": TOMORROW, "by_name": "x"}
    sending = add(m.Submission, **keys, referral=referral, number=1, **times)
    add(m.ReturnReason, **keys, submission=sending, code="x")


def _between_areas(keys: Keys, referral: m.Referral, force_id: int) -> None:
    """An offer to the other Area with its row there, and the notice of what is with CPS Direct."""
    here = int(keys["cps_area_scope"]) or SOUTH_WEST
    there = SOUTH_EAST if here == SOUTH_WEST else SOUTH_WEST
    offer = add(m.AreaTransfer, **keys, from_area_id=here, to_area_id=there, reason="x")
    add(
        m.IncomingTransfer,
        id=offer.transfer_key, area_id=there, from_area_id=here, force=Agency.objects.get(pk=force_id), case_key=uuid4(),
        crime_reference="x", risk="high", reason="x", offered_by_name="x",
    )  # fmt: skip
    add(m.AreaNotice, area_id=here, crime_reference="x", since=ago(days=1), referral_key=referral.pk)


def _planned(keys: Keys, referral: m.Referral, suspect: cases.Suspect) -> m.ActionPlan:
    plan: m.ActionPlan = add(m.ActionPlan, **keys, referral=referral, number=1, state="set", set_at=ago(days=2))
    texts = {"action": "x", "justification": "x", "reasonable_because": "x", "proportionate_because": "x", "weight": "essential"}
    dates = {"first_agreed_on": TOMORROW, "agreed_on": TOMORROW}
    item = add(m.ActionItem, **keys, plan=plan, number=1, state="set", suspect=suspect, **texts, **dates)
    add(m.ItemEvent, **keys, item=item, what="set", at=ago(days=2), by_name="x")
    return plan


def _finalised(keys: Keys, referral: m.Referral, plan: m.ActionPlan, officer: User) -> None:
    why = {"because": "x", "bail_reviewed": "x", "police_owner": officer}
    model = m.Referral._meta.get_field("finalisations").related_model
    add(model, **keys, referral=referral, plan=plan, at=ago(hours=1), **why)


def _decided(keys: Keys, suspect: cases.Suspect, referral: m.Referral, prosecutor: User) -> None:
    said = {"suspect": suspect, "referral": referral, "test": "threshold", "decision": "charge", "review_on": TOMORROW, "charges": ["19C"]}
    add(m.ProposedDecision, **keys, **said, by=prosecutor)
    decision = add(m.ChargingDecision, **keys, **said, decided_at=ago(hours=2), decided_by_name="x")
    add(m.ThresholdReview, **keys, decision=decision, suspect=suspect, at=ago(hours=1), result="met", note="x")
    add(m.CourtOutcome, **keys, suspect=suspect, on=clock.today(), result="x")


def _not_charged(keys: Keys, suspect: cases.Suspect, officer: User, prosecutor: User) -> None:
    """No further action as the police propose it, and the meeting that a prosecutor offers before deciding so."""
    add(m.ProposedNfa, **keys, suspect=suspect, code=15, by=officer)
    add(m.NfaMeeting, **keys, suspect=suspect, offered_at=ago(hours=3), offered_by=prosecutor, answer_by=TOMORROW)


def _reviewed(keys: Keys) -> None:
    """A request for a review on each side: one that stands, and one that she or he took back."""
    crime = cases.Offence.objects.filter(case=keys["case"])[0]
    asked = {"complainant": crime.complainant, "offence": crime, "received_on": clock.today(), "asked_by": "herself", "own_words": True}
    table = {"scheme": "npcc", "eligible": True, "eligibility_code": "police_decided"}
    add(m.ReviewRequest, **keys, number=1, side="police", **asked, **table)
    add(m.ReviewRequest, **keys, number=2, side="cps", **asked, **table, state="withdrawn", completed_at=ago(hours=1))


def _scrutinised(keys: Keys, force_id: int) -> None:
    """A panel of the force that looks at a decision in the case, and one of the Area that has it."""
    for agency_id in (force_id, int(keys["cps_area_scope"])):
        if agency_id:
            panel = add(m.Panel, agency_id=agency_id, held_on=TOMORROW, title="x")
            add(m.PanelCase, **keys, panel=panel, agency_id=agency_id, outcome_id=uuid4(), chosen_by="hand", because="x")
