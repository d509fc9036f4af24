"""What every page's frame needs: navigation, the session's clock, and whether this is the demonstration."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from accounts.middleware import ENDED, WRITE_EVERY_SECONDS
from accounts.models import User
from core.navigation import links_for


def page_furniture(request: HttpRequest) -> dict[str, Any]:
    """Return the furniture. Costs no query, so that pages for failures can be drawn by it too.

    `idle_seconds` is a minute less than the server's limit, because activity is noted once a minute.
    """
    user = getattr(request, "user", None)
    furniture: dict[str, Any] = {"demo": settings.DEMO}
    if isinstance(user, User):
        furniture |= {
            "navigation": links_for(user.role, request.path),
            "user_role": user.get_role_display(),
            "idle_seconds": settings.SESSION_IDLE_SECONDS - WRITE_EVERY_SECONDS,
            "keepalive_url": keepalive_url(),
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
