"""The panels of an administrator's first page that are about people and units."""

from django.urls import reverse

from accounts.administration import selectors
from accounts.administration.panels import Line, Panel, register
from accounts.models import User
from core import clock
from core.components import day_text


def sign_ins(user: User) -> Panel:
    """Who has no second factor, and who was invited and never came; units without anybody; accreditations that run out."""
    found, people = selectors.attention(user), reverse("people")
    lines = [Line(f"{found.people} people in your agency", people)]
    if found.no_factor:
        lines.append(Line(f"{found.no_factor} without a second factor", f"{people}?show=no_factor", "Attention", "orange"))
    if found.never:
        lines.append(Line(f"{found.never} invited, never signed in", f"{people}?show=never", "Attention"))
    lines += [Line(f"{unit.name}: nobody in this unit", reverse("unit_change", args=[unit.pk]), "Empty") for unit in found.empty_units]
    return Panel("People and units", tuple(lines))


def accreditations(user: User) -> Panel:
    """Accreditations that end within 60 days or have just ended, by person."""
    found, more = selectors.expiring(user)
    lines = [
        Line(
            f"{one.get_kind_display()}, {'expired' if one.expires_on and one.expires_on <= today else 'expires'} "
            f"{day_text(one.expires_on) if one.expires_on else ''}",
            reverse("person", args=[one.user_id]),
            "Expired" if one.expires_on and one.expires_on <= today else "",
            "red",
            one.user.name,
        )
        for today in (clock.today(),)
        for one in found
    ]
    if more:
        lines.append(Line(f"and {more} more"))
    return Panel("Accreditations that end within 60 days", tuple(lines), "None ends within 60 days.")


def register_panels() -> None:
    """Add them to the page."""
    register("people", sign_ins, order=10)
    register("accreditations", accreditations, order=20)
