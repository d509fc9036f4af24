"""The acts of an organiser, one row each: what it is called, its form, its service, on what, and in which states of a panel."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from cases.permissions import Permission
from prosecution.panels import forms, policies
from prosecution.panels.permissions import ORGANISE, RECONSIDER
from prosecution.panels.services import choosing, concluding, organising, redacting


@dataclass(frozen=True, slots=True)
class PanelAct:
    """One act. `on`: the service's parameter for the row it is done to; "" for the panel itself."""

    slug: str
    button: str
    title: str
    form: type[forms.PanelForm]
    service: Callable[..., Any]
    done: str
    on: str = ""
    permission: Permission = ORGANISE
    state: str = ""
    """The name under which `policies.POSSIBLE` has it, where it is not its slug."""

    def possible(self, state: str) -> bool:
        """Say whether the state of a panel allows it."""
        return policies.possible(self.state or self.slug, state)


_CASE, _MEMBER = "panel_case_id", "member_id"
_ALL: Final = (
    PanelAct("change", "Change", "Change title and day", forms.ChangeForm, organising.change_panel, "Changed."),
    PanelAct("add-member", "Add a member", "Add a member", forms.MemberForm, organising.add_member, "Member added."),
    PanelAct("member-left", "Take off the panel", "Take a member off the panel", forms.SureForm, organising.member_left, "Done.", _MEMBER),
    PanelAct("draw", "Draw a random sample", "Draw a random sample", forms.DrawForm, choosing.draw_sample, "Drawn."),
    PanelAct("by-rule", "Choose by rule", "Choose cases by rule", forms.RuleForm, choosing.choose_by_rule, "Chosen."),
    PanelAct("by-hand", "Choose one by hand", "Choose a case by hand", forms.HandForm, choosing.choose_by_hand, "Chosen."),
    PanelAct("leave-out", "Leave out", "Leave a case out", forms.BecauseForm, choosing.leave_out, "Left out.", _CASE),
    PanelAct("confirm-pack", "Redact and confirm", "Redact a pack", forms.RedactForm, redacting.confirm_pack, "Confirmed.", _CASE),
    PanelAct("send", "Give the packs to the members", "Give the packs to the members", forms.SendForm, organising.send_packs, "Sent."),
    PanelAct("conclude", "Record the conclusion", "Record a conclusion", forms.ConcludeForm, concluding.conclude, "Recorded.", _CASE),
    PanelAct("refer", "Name who reconsiders", "Name who reconsiders", forms.ReferForm, concluding.refer, "Named.", _CASE,
             state="reconsider"),
    PanelAct(
        "reconsider", "Record the reconsideration", "Record the reconsideration", forms.ReconsiderForm, concluding.reconsider, "Recorded.",
        _CASE, permission=RECONSIDER,
    ),
    PanelAct("add-learning", "Add learning", "Add something learned", forms.LearningForm, concluding.add_learning, "Added."),
    PanelAct("close", "Close the panel", "Close the panel", forms.CloseForm, organising.close_panel, "Closed."),
    PanelAct("call-off", "Call the panel off", "Call the panel off", forms.CallOffForm, organising.call_off, "Called off."),
)  # fmt: skip
ACTS: Final[dict[str, PanelAct]] = {act.slug: act for act in _ALL}
