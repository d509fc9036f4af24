"""Addresses of what passes between police and CPS, mounted under /prosecution/. Nothing in an address names anybody."""

from django.urls import URLPattern, path

from prosecution.views import advice

urlpatterns: list[URLPattern] = [
    path("advice/<uuid:advice_id>/", advice.early_advice, name="early_advice"),
]
