"""Addresses of the report of contact with victims, mounted under /reports/victim-contact/."""

from django.urls import path

from victims.views import report

urlpatterns = [
    path("", report.report, name="victim_contact_report"),
    path("figures.csv", report.export, name="export_victim_contact_report"),
]
