"""The unread figure of the navigation bar: `{% load notices %}{% unread_notices as unread %}`."""

from dataclasses import dataclass

from django import template
from django.template.context import RequestContext
from django.urls import reverse

from accounts.models import User
from notifications.selectors import MOST_UNREAD, unread_of

register = template.Library()


@dataclass(frozen=True, slots=True)
class Unread:
    """How many notices the reader has not read, in figures, and the address of the entry it stands beside."""

    figure: str
    href: str


@register.simple_tag(takes_context=True)
def unread_notices(context: RequestContext) -> Unread | None:
    """Return the unread figure: one query. None when nothing is unread, or where the database may not be asked."""
    user = getattr(context.get("request"), "user", None)
    count = unread_of(user) if isinstance(user, User) else None
    if not count:
        return None
    return Unread(str(count) if count < MOST_UNREAD else f"{MOST_UNREAD - 1}+", reverse("inbox"))
