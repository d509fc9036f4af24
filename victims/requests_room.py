"""What appointments, letters and requests add to the floors below: acts, the clock of a device, sections, worklist rows, texts."""

from typing import Final

from cases import back, settling
from cases.acts import On
from cases.derive.clocks import Kind
from core import clock
from victims import sections

SECTIONS: Final = (("appointments", 40), ("letters", 50), ("requests", 65))


def register() -> None:
    """Called once from AppConfig.ready()."""
    from victims import models as m
    from victims import planned_appointments, unanswered
    from victims.about import requests as about
    from victims.acts import appointments, letters, requests  # noqa: F401 - the acts add themselves
    from victims.derive import device_rules
    from victims.pages import appointments as appointment_pages
    from victims.pages import letters as letter_pages
    from victims.pages import requests as request_pages

    about.register()
    device_rules.register()
    planned_appointments.register()
    unanswered.register()
    providers = (appointment_pages.section, letter_pages.section, request_pages.section)
    for (name, order), provider in zip(SECTIONS, providers, strict=True):
        sections.register(sections.Section(name, order, provider, f"victims/sections/{name}.html"))
    now = clock.now()
    settling.settles(Kind.DEVICE_RETURN, "return-device", "move-device-return")
    settling.on_subject(
        Kind.DEVICE_RETURN,
        On.DEVICE_REQUEST,
        m.DeviceRequest(notice_given_at=now, agreed_at=now, taken_at=now, due_back_on=clock.london_day(now)),
    )
    for url_name, words in (
        ("victim_page", "the victim’s page"),
        ("information_request", "the request"),
        ("device_request", "the request"),
    ):
        back.allow_page(url_name, words)
