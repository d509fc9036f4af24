"""Which line of enquiry about the victim an item of an action plan is: its gate stands on the plan for both sides.

The CPS may ask for something before the police have a line of enquiry for it. They open one, and say here which it is.
"""

from uuid import UUID

from accounts.models import User
from cases.models.base import TEXT
from cases.services.changing import changing
from core.exceptions import NotPossible
from prosecution import permissions as p
from prosecution.models import ActionItem
from prosecution.policies_plan import enquiry_may_be_linked
from prosecution.services.items import about_victim


def link_enquiry(*, actor: User, case_id: UUID, action_item_id: UUID, enquiry_id: UUID | None, version: int | None = None) -> ActionItem:
    """Say which line of enquiry an item that looks at the victim is. It may be said anew while the item is open.

    Raises NotAllowed, Conflict, NotPossible (the item does not look at the victim or ended, none named, one that looks
    elsewhere, the same again).
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(p.ANSWER_ITEM)
        row = change.get(ActionItem, action_item_id)
        enquiry_may_be_linked(row)
        found = about_victim(change, enquiry_id)
        if found is None:
            raise NotPossible("Select the line of enquiry", field="enquiry_id")
        if found.pk == row.enquiry_id:
            raise NotPossible("This line of enquiry is linked already. Nothing was changed.", field="enquiry_id")
        row.enquiry = found
        row.save(update_fields=["enquiry"])
        change.put_in_timeline("item_enquiry_linked", suspect=row.suspect, text=f"Item {row.number}: {found.what}"[:TEXT])
        return row
