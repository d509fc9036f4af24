"""The acts on items of an action plan: rows of the one table in cases/acts/. What one side says, the other answers in the same place."""

from collections.abc import Callable
from typing import Any

from cases.acts import Act, On, add
from cases.forms.base import ActForm
from cases.permissions import Permission
from prosecution import permissions as p
from prosecution import policies_plan as policies
from prosecution.forms import item as forms
from prosecution.services import item_answers, item_gate, item_moves, item_replies, items

ITEM = On.ACTION_ITEM


def _act(
    slug: str,
    button: str,
    title: str,
    form: type[ActForm],
    service: Callable[..., Any],
    permission: Permission,
    when: Callable[[Any], None],
    done: str,
) -> Act:
    return Act(slug, ITEM, button, title, form, service, permission, when, done)


DRAFT = (
    _act("change-item", "Change it", "Change an item of the draft", forms.ItemForm, items.change_item, p.PLAN, policies.item_is_draft,
         "Item changed."),
    _act("take-out-item", "Take it out", "Take an item out of the draft", forms.ConfirmForm, items.take_out_item, p.PLAN,
         policies.item_is_draft, "Item taken out."),
)  # fmt: skip

POLICE = (
    _act("accept-item", "Accept", "Accept an item of the action plan", forms.ConfirmForm, item_answers.accept_item, p.ANSWER_ITEM,
         policies.may_be_accepted, "Accepted."),
    _act("item-done", "Done", "Say that an item is done", forms.DoneForm, item_answers.item_done, p.ANSWER_ITEM, policies.may_be_done,
         "Recorded. The prosecutor is told."),
    _act("item-part-done", "Part done", "Say that part of an item is done", forms.PartDoneForm, item_answers.item_part_done, p.ANSWER_ITEM,
         policies.may_be_done, "Recorded. The rest is an item of its own."),
    _act("item-cannot", "Cannot be done", "Say that an item cannot be done", forms.CannotForm, item_answers.item_cannot, p.ANSWER_ITEM,
         policies.cannot_be_done, "Recorded. The prosecutor is told."),
    _act("challenge-item", "Challenge", "Challenge an item of the action plan", forms.ChallengeForm, item_answers.challenge_item,
         p.ANSWER_ITEM, policies.may_be_challenged, "Challenged. The prosecutor is told."),
    _act("escalate-item", "Take it further", "Take an item to the District Crown Prosecutor", forms.EscalateForm,
         item_answers.escalate_item, p.ESCALATE_ITEM, policies.may_be_escalated, "The District Crown Prosecutor is told."),
    _act("link-enquiry", "Say which line of enquiry", "Say which line of enquiry about the victim an item is", forms.LinkEnquiryForm,
         item_gate.link_enquiry, p.ANSWER_ITEM, policies.enquiry_may_be_linked, "Linked. The plan shows whether the conditions are met."),
)  # fmt: skip

CPS = (
    _act("take-item", "Accept as done", "Accept an item as done", forms.ConfirmForm, item_replies.take_item, p.PLAN,
         policies.may_be_taken, "Accepted as done."),
    _act("not-taken-item", "Not done", "Do not accept an item as done", forms.NotTakenForm, item_replies.not_taken_item, p.PLAN,
         policies.may_not_be_taken, "Recorded. The police have it again."),
    _act("agree-challenge", "Agree to the challenge", "Agree that an item is not to be done", forms.NoteForm, item_replies.agree_challenge,
         p.PLAN, policies.challenge_may_be_agreed, "Agreed: it is not to be done."),
    _act("amend-item", "Amend it", "Amend an item after a challenge", forms.AmendForm, item_replies.amend_item, p.PLAN,
         policies.may_be_amended, "Amended. The police are told."),
    _act("let-go-item", "Let it go", "Agree that an item cannot be done", forms.NoteForm, item_replies.let_go_item, p.PLAN,
         policies.may_be_let_go, "Agreed: it cannot be done."),
    _act("insist-item", "Insist", "Insist on an item", forms.InsistForm, item_replies.insist_item, p.PLAN, policies.may_be_insisted_on,
         "Insisted on. The police are told."),
)  # fmt: skip

BOTH = (
    _act("resolve-item", "Record what was agreed", "Record what inspector and District Crown Prosecutor agreed", forms.ResolveForm,
         item_answers.resolve_item, p.RESOLVE_ITEM, policies.may_be_resolved, "Recorded."),
    _act("answer-move", "Answer the later date", "Answer a later date that was asked for", forms.AnswerMoveForm, item_moves.answer_move,
         p.MOVE_ITEM, policies.move_may_be_answered, "Answered."),
    _act("move-item", "Move the date", "Move the date of an item", forms.MoveForm, item_moves.move_item, p.MOVE_ITEM,
         policies.may_be_moved, "Recorded."),
)  # fmt: skip

add(*DRAFT, *POLICE, *CPS, *BOTH)
