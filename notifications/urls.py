"""Addresses of the inbox."""

from django.urls import path

from notifications import views

urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("settings/", views.inbox_settings, name="inbox_settings"),
    path("read/", views.read_all_notices, name="read_all_notices"),
    path("<uuid:notice_id>/open/", views.open_notice, name="open_notice"),
    path("<uuid:notice_id>/read/", views.read_notice, name="read_notice"),
]
