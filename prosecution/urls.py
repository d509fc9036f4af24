"""Addresses of what passes between police and CPS, mounted under /prosecution/. Nothing in an address names anybody."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
