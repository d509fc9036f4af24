"""Addresses of absence and cover, mounted under /away/."""

from django.urls import path

from accounts import views_absence as views

urlpatterns = [
    path("", views.away_list, name="away_list"),
    path("<uuid:person_id>/", views.away, name="away"),
]
