"""Addresses of saved filters."""

from django.urls import path

from accounts import views_filters as views

urlpatterns = [
    path("", views.filter_list, name="filter_list"),
    path("save/", views.filter_save, name="filter_save"),
    path("<uuid:filter_id>/rename/", views.filter_rename, name="filter_rename"),
    path("<uuid:filter_id>/delete/", views.filter_delete, name="filter_delete"),
]
