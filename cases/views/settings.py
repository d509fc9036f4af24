"""`/administration/settings/`: the lengths of clocks and the bank holidays. Every change is previewed, confirmed, then applied."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.access import SignedInRequest, page
from accounts.roles import Role
from accounts.step_up import confirm, stepped_up
from cases import setting_rules, settings_pages, tasks
from cases.derive.clocks import Edition
from cases.forms.settings import BankHolidayForm, ClockSettingForm, PreviewedForm
from cases.services import settings as services
from cases.setting_effect import NewHoliday, NewLength, NewSetting
from core import clock
from core.components import Link
from core.exceptions import NotPossible


@page(Role.ADMINISTRATOR)
def setting_list(request: SignedInRequest) -> HttpResponse:
    """Every clock with the length in force for the agency."""
    context = {
        "lines": settings_pages.setting_lines(request.user),
        "holidays": settings_pages.holidays(request.user),
        "may_set": services.may_set(request.user),
        "why_not": services.ONLY_FORCES,
    }
    return render(request, "administration/settings.html", context)


@page(Role.ADMINISTRATOR, methods=("GET", "POST"))
@stepped_up
def clock_setting(request: SignedInRequest, slug: str) -> HttpResponse:
    """One clock: its editions, and the form for another one. The first answer is a preview, the second saves it."""
    setting = settings_pages.setting_or_404(slug)
    if request.method == "POST":
        services.sets_for(request.user)
        form = ClockSettingForm(request.POST, setting=setting)
        if form.is_valid():
            confirm(request)
            try:
                return _set_clock(request, setting, form)
            except NotPossible as refused:
                _beside(form, refused)
        return _clock_page(request, setting, form, status=400)
    fresh = ClockSettingForm(setting=setting, initial=_initial(request, setting)) if services.may_set(request.user) else None
    return _clock_page(request, setting, fresh)


def _initial(request: SignedInRequest, setting: setting_rules.Setting) -> dict[str, Any]:
    today = clock.today()
    found = services.length_in_force(request.user, setting, today)
    first = {"amount": found[0].amount, "unit": found[0].unit.value} if found else {}
    return {**first, "in_force_from": today, "latest": settings_pages.latest_version(request.user, setting)}


def _set_clock(request: SignedInRequest, setting: setting_rules.Setting, form: ClockSettingForm) -> HttpResponse:
    """Save a confirmed form; show what another one would do. Raises NotPossible, Conflict."""
    said, length = form.cleaned_data, form.length()
    if said["confirmed"] and form.agreed(said["in_force_from"]):
        row = services.add_clock_setting(
            actor=request.user,
            setting=setting,
            length=length,
            in_force_from=said["in_force_from"],
            source_note=said["source_note"],
            latest_seen=said["latest"],
            past_accepted=said["past_accepted"],
            ring=tasks.ring_setting,
        )
        messages.success(request, f"Version {row.version} was saved. The clocks it touches are brought in line now.")
        return redirect("clock_setting", slug=setting.slug)
    services.check_clock(request.user, setting, length, said["in_force_from"])
    agency_id = services.sets_for(request.user)
    edition = Edition(str(setting.clock.kind), setting.variant, agency_id, said["latest"] + 1, length, said["in_force_from"])
    words = f"{setting_rules.in_words(length)} for {setting.title}"
    return _preview(request, form, NewLength(edition), words, said["in_force_from"], back=reverse("clock_setting", args=[setting.slug]))


def _clock_page(
    request: SignedInRequest, setting: setting_rules.Setting, form: ClockSettingForm | None, *, status: int = 200
) -> HttpResponse:
    context = {
        "setting": setting,
        "form": form if setting.first is not None else None,
        "editions": settings_pages.history(request.user, setting),
        "why_not": services.ONLY_FORCES,
        "everybody": services.may_set(request.user) and services.sets_for(request.user) is None,
        "crumbs": _crumbs(),
    }
    return render(request, "administration/setting.html", context, status=status)


@page(Role.ADMINISTRATOR)
def bank_holidays(request: SignedInRequest) -> HttpResponse:
    """The bank holidays to come, and what was added or taken out."""
    context = {
        "holidays": settings_pages.holidays(request.user),
        "may_set": services.may_set(request.user),
        "why_not": services.ONLY_FORCES,
        "crumbs": _crumbs(),
    }
    return render(request, "administration/bank_holidays.html", context)


@page(Role.ADMINISTRATOR, methods=("GET", "POST"))
@stepped_up
def bank_holiday_new(request: SignedInRequest) -> HttpResponse:
    """Add a day, or say that a listed one is no bank holiday. The first answer is a preview, the second saves it."""
    services.sets_for(request.user)
    form = BankHolidayForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        confirm(request)
        try:
            return _set_holiday(request, form)
        except NotPossible as refused:
            _beside(form, refused)
    crumbs = [*_crumbs(), Link(text="Bank holidays", href=reverse("bank_holidays"))]
    return render(request, "administration/bank_holiday.html", {"form": form, "crumbs": crumbs}, status=400 if form.is_bound else 200)


def _set_holiday(request: SignedInRequest, form: BankHolidayForm) -> HttpResponse:
    """Save a confirmed form; show what another one would do. Raises NotPossible."""
    said = form.cleaned_data
    if said["confirmed"] and form.agreed(said["day"]):
        services.add_bank_holiday(
            actor=request.user,
            day=said["day"],
            closed=form.is_closed,
            name=said["name"],
            source_note=said["source_note"],
            past_accepted=said["past_accepted"],
            ring=tasks.ring_setting,
        )
        messages.success(request, "The day was saved. The clocks it touches are brought in line now.")
        return redirect("bank_holidays")
    agency_id = services.sets_for(request.user)
    services.check_day(said["day"], past_accepted=True, field="day")
    services.check_holiday(services.working_days_for(agency_id), said["day"], closed=form.is_closed)
    words = "A bank holiday more" if form.is_closed else "A bank holiday less"
    setting = NewHoliday(agency_id, said["day"], form.is_closed)
    return _preview(request, form, setting, words, said["day"], back=reverse("bank_holiday_new"))


def _preview(request: SignedInRequest, form: PreviewedForm, setting: NewSetting, words: str, day: Any, *, back: str) -> HttpResponse:
    """Show in counts what a setting would do, with everything that was typed carried along."""
    context = {
        "form": form,
        "words": words,
        "day": day,
        "past": day < clock.today(),
        "effect": settings_pages.preview(request.user, setting),
        "leaves_out": setting.leaves_out,
        "everybody": services.sets_for(request.user) is None,
        "carried": _carried(request, form),
        "back": back,
        "crumbs": _crumbs(),
    }
    return render(request, "administration/preview.html", context, status=400 if form.errors else 200)


def _carried(request: SignedInRequest, form: PreviewedForm) -> list[tuple[str, str]]:
    """Return what was typed in the form's own fields, parts of a date included, to be sent again with the confirmation."""
    names = [name for name in form.fields if name not in ("confirmed", "past_accepted")]
    return [(key, str(value)) for key, value in request.POST.items() if any(key == name or key.startswith(f"{name}_") for name in names)]


def _beside(form: PreviewedForm, refused: NotPossible) -> None:
    """Put a refusal beside its field, or above the form where it has none."""
    form.add_error(refused.field if refused.field in form.fields else None, refused.reason)


def _crumbs() -> list[Link]:
    return [Link(text="Administration", href=reverse("administration")), Link(text="Settings", href=reverse("settings"))]
