"""Addresses of the case screens, mounted under /cases/. Nothing in an address names a person or a case but its key."""

from django.urls import path

from cases.views import act, listing, new, notes, page

urlpatterns = [
    path("", listing.case_list, name="case_list"),
    path("new/", new.case_new, name="case_new"),
    path("<uuid:case_id>/", page.show, name="case_page"),
    path("<uuid:case_id>/notes/", notes.notes, name="case_notes"),
    path("<uuid:case_id>/notes/print/", notes.notes_print, name="case_notes_print"),
    path("<uuid:case_id>/timeline/", page.timeline, name="case_timeline"),
    path("<uuid:case_id>/<slug:slug>/", act.on_case, name="case_act"),
    path("<uuid:case_id>/<slug:slug>/<uuid:target_id>/", act.on_target, name="case_act_on"),
]
