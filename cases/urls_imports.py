"""Addresses of the import pages, mounted under /imports/."""

from django.urls import path

from cases.views import imports

urlpatterns = [
    path("", imports.import_list, name="import_list"),
    path("new/", imports.import_new, name="import_new"),
    path("disagreements/", imports.disagreement_list, name="disagreement_list"),
    path("disagreements/<uuid:disagreement_id>/", imports.disagreement, name="disagreement"),
    path("passed-bail/", imports.passed_bail_list, name="passed_bail_list"),
    path("<uuid:run_id>/", imports.import_run, name="import_run"),
    path("<uuid:run_id>/start/", imports.import_start, name="import_start"),
    path("<uuid:run_id>/refused/", imports.import_refused, name="import_refused"),
]
