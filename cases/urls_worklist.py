"""Addresses of the short forms in the rows of the worklist, mounted under /worklist/. The list itself is the service's first page."""

from django.urls import path

from cases.views import worklist

urlpatterns = [
    path("<uuid:case_id>/<slug:slug>/", worklist.on_case, name="worklist_act"),
    path("<uuid:case_id>/<slug:slug>/<uuid:target_id>/", worklist.on_target, name="worklist_act_on"),
]
