"""Addresses under /administration/settings/."""

from django.urls import path

from cases.views import settings as views

urlpatterns = [
    path("", views.setting_list, name="settings"),
    path("bank-holidays/", views.bank_holidays, name="bank_holidays"),
    path("bank-holidays/new/", views.bank_holiday_new, name="bank_holiday_new"),
    path("clocks/<slug:slug>/", views.clock_setting, name="clock_setting"),
]
