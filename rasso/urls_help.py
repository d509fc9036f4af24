"""Addresses of the help pages."""

from django.urls import path

from rasso import views_help as views

urlpatterns = [
    path("", views.help_index, name="help"),
    path("clocks/", views.help_clocks, name="help_clocks"),
]
