"""Addresses under /administration/service-names/. A key stands for the name, which is in no address."""

from django.urls import path

from victims.views import service_names as views

urlpatterns = [
    path("", views.service_names, name="service_names"),
    path("<slug:key>/", views.service_name, name="service_name"),
]
