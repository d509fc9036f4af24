"""Addresses of emergency access."""

from django.urls import path

from cases.views import emergency

urlpatterns = [path("", emergency.take, name="emergency_access")]
