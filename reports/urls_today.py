"""Addresses of the morning, mounted under /today/."""

from django.urls import path

from reports.morning import views

urlpatterns = [
    path("", views.today, name="today"),
    path("print/", views.print_today, name="print_today"),
    path("<slug:slug>/", views.today_section, name="today_section"),
]
