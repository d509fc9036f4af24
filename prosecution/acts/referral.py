"""The acts on a referral for a charging decision: rows of the one table in cases/acts/. Plans and decisions add theirs."""

from cases.acts import Act, On, add
from cases.derive.facts import CaseFacts
from core.exceptions import NotPossible
from prosecution import permissions as p
from prosecution import policies_referral as policies
from prosecution.forms import referral as forms
from prosecution.forms import referral_triage as triage_forms
from prosecution.forms.referral_file import FileItemsForm
from prosecution.pages.places import place
from prosecution.services import direct, referral_file, referral_triage, referrals

R = On.CHARGING_REFERRAL


def somebody_to_refer(case: CaseFacts) -> None:
    """A policy: there is somebody on whom the CPS could decide. Raises NotPossible."""
    if not case.suspects:
        raise NotPossible("Add a suspect first: a referral is about a named suspect.")
    if all(one.standing_outcome() is not None for one in case.suspects):
        raise NotPossible("Every suspect has an outcome. Reopen the investigation first.")


POLICE = (
    Act(
        "draft-referral",
        On.CASE,
        "Draft a referral",
        "Draft a referral for a charging decision",
        forms.ReferralForm,
        referrals.draft_referral,
        p.REFER,
        somebody_to_refer,
        "Draft kept, as far as it has come.",
        made=lambda draft: place("referral", draft.pk),
    ),
    Act(
        "change-referral",
        R,
        "Fill in or change",
        "Change a referral",
        forms.ChangeReferralForm,
        referrals.change_referral,
        p.REFER,
        policies.may_be_changed,
    ),
    Act(
        "set-file-items",
        R,
        "Tick what was sent",
        "Tick what was sent of the file",
        FileItemsForm,
        referral_file.set_file_items,
        p.REFER,
        policies.file_may_be_ticked,
    ),
    Act(
        "ready-referral",
        R,
        "Mark as ready",
        "Mark a referral as ready for the supervisor",
        forms.ReadyForm,
        referrals.ready_referral,
        p.REFER,
        policies.may_be_ready,
        "Ready. The supervisor has been told.",
    ),
    Act(
        "send-referral",
        R,
        "Send to the CPS",
        "Send a referral to the CPS",
        forms.SendReferralForm,
        referrals.send_referral,
        p.SIGN_OFF,
        policies.may_be_sent,
        "Sent. The CPS has been told.",
        warns=lambda sent: str(sent.warning),
    ),
    Act(
        "return-referral-draft",
        R,
        "Send back to the officer",
        "Send the draft of a referral back to the officer",
        forms.SendBackForm,
        referrals.return_referral_draft,
        p.SIGN_OFF,
        policies.may_go_back,
        "Sent back. The officer has been told why.",
    ),
    Act(
        "withdraw-referral",
        R,
        "Withdraw it",
        "Withdraw a referral",
        forms.WithdrawReferralForm,
        referrals.withdraw_referral,
        p.WITHDRAW,
        policies.may_be_withdrawn,
        "Referral withdrawn.",
    ),
)

CPS = (
    Act(
        "accept-referral",
        R,
        "Accept and assign",
        "Accept a referral and name the prosecutor",
        triage_forms.AcceptReferralForm,
        referral_triage.accept_referral,
        p.TRIAGE,
        policies.may_be_accepted,
        "Accepted. The prosecutor and the officer have been told.",
    ),
    Act(
        "return-referral",
        R,
        "Return with reasons",
        "Return a referral to the police",
        triage_forms.ReturnReferralForm,
        referral_triage.return_referral,
        p.TRIAGE,
        policies.may_be_returned,
        "Returned. The officer has been told; bail runs again.",
    ),
    Act(
        "reject-red",
        R,
        "Red rejection",
        "Reject a red referral",
        triage_forms.RejectRedForm,
        referral_triage.reject_red,
        p.TRIAGE,
        policies.red_may_be_rejected,
        "Rejected. The officer has been told; bail runs again.",
    ),
    Act(
        "reallocate-referral",
        R,
        "Give to another prosecutor",
        "Give a referral to another prosecutor",
        triage_forms.ReallocateReferralForm,
        referral_triage.reallocate_referral,
        p.REALLOCATE,
        policies.may_be_reallocated,
        "Given. The prosecutor has been told.",
    ),
    Act(
        "pass-to-direct",
        R,
        "Pass to CPS Direct",
        "Pass a red referral to CPS Direct",
        forms.ToDirectForm,
        direct.pass_to_direct,
        p.SEND_TO_DIRECT,
        policies.may_go_to_direct,
        "Passed to CPS Direct. You see the case again when it comes back; “With CPS Direct” lists it.",
    ),
    Act(
        "return-to-area",
        R,
        "Give back to the Area",
        "Give a referral back to its Area",
        forms.BackToAreaForm,
        direct.return_to_area,
        p.SEND_TO_DIRECT,
        policies.may_return_to_area,
        "Given back. The Area’s legal managers have been told.",
    ),
)

LEAVES_SIGHT = frozenset({"pass-to-direct", "return-to-area", "withdraw-referral"})
"""Acts after which the person may see the case no longer: they never come back to a page of it."""

add(*POLICE, *CPS)
