"""Addresses of a panel's members, mounted under /panels/. A key says nothing about a case."""

from django.urls import URLPattern, path

from prosecution.panels.views import reading

urlpatterns: list[URLPattern] = [
    path("", reading.meeting_list, name="meeting_list"),
    path("<uuid:panel_id>/", reading.meeting, name="meeting"),
    path("<uuid:panel_id>/declare/", reading.meeting_declare, name="meeting_declare"),
    path("packs/<uuid:pack_id>/", reading.pack, name="pack"),
    path("packs/<uuid:pack_id>/finding/", reading.pack_finding, name="pack_finding"),
    path("packs/<uuid:pack_id>/step-back/", reading.pack_step_back, name="pack_step_back"),
    path("packs/<uuid:pack_id>/conclusion/", reading.pack_conclude, name="pack_conclude"),
]
