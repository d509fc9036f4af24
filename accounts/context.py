"""What every page's frame needs: navigation, the session's clock, and whether this is the demonstration."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from accounts.middleware import ENDED, WRITE_EVERY_SECONDS
from accounts.models import User
from accounts.services.drafts import NO_DRAFT
from core.about import about
from core.navigation import foot_links_for, links_for


def page_furniture(request: HttpRequest) -> dict[str, Any]:
    """Return the furniture. Costs no query, so that pages for failures can be drawn by it too.

    `idle_seconds` is a minute less than the server's limit, because activity is noted once a minute.
    """
    user = getattr(request, "user", None)
    furniture: dict[str, Any] = {"demo": settings.DEMO}
    if isinstance(user, User):
        furniture |= {
            "navigation": links_for(user.role, request.path),
            "foot_links": foot_links_for(user.role),
            "user_role": user.get_role_display(),
            "idle_seconds": settings.SESSION_IDLE_SECONDS - WRITE_EVERY_SECONDS,
            "keepalive_url": keepalive_url(),
            "may_have_draft": not request.session.get(NO_DRAFT, False),
            "about_page": about(request.resolver_match.view_name) if request.resolver_match else None,
        }
    elif hasattr(request, "session"):
        furniture["session_ended"] = request.session.get(ENDED, "")
    return furniture


def keepalive_url() -> str:
    """Return the address that keeps a session alive when the person asks, or nothing where it is not mounted."""
    try:
        return reverse("keep_alive")
    except NoReverseMatch:
        return ""
