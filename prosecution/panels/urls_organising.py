"""Addresses of a panel's organisers, mounted under /prosecution/panels/. Nothing in an address names anybody."""

from django.urls import URLPattern, path

from prosecution.panels.views import organising

urlpatterns: list[URLPattern] = [
    path("", organising.panel_list, name="panel_list"),
    path("new/", organising.panel_new, name="panel_new"),
    path("learning/", organising.panel_learning, name="panel_learning"),
    path("learning/<uuid:learning_id>/done/", organising.panel_learning_done, name="panel_learning_done"),
    path("year/<int:year>/", organising.panel_year, name="panel_year"),
    path("<uuid:panel_id>/", organising.panel, name="panel"),
    path("<uuid:panel_id>/cases/<uuid:panel_case_id>/", organising.panel_case, name="panel_case"),
    path("<uuid:panel_id>/<slug:slug>/", organising.panel_act, name="panel_act"),
    path("<uuid:panel_id>/<slug:slug>/<uuid:target_id>/", organising.panel_act, name="panel_act_on"),
]
