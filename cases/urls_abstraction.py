"""Addresses of events that take officers, mounted under /abstractions/."""

from django.urls import path

from cases.views import abstraction as views

urlpatterns = [
    path("", views.abstraction_list, name="abstraction_list"),
    path("new/", views.abstraction_new, name="abstraction_new"),
    path("<uuid:entry_id>/", views.abstraction, name="abstraction"),
    path("<uuid:entry_id>/change/", views.abstraction_change, name="abstraction_change"),
    path("<uuid:entry_id>/call-off/", views.abstraction_call_off, name="abstraction_call_off"),
]
