"""Addresses of what was typed when a session ran out."""

from django.urls import path

from accounts import views_drafts as views

urlpatterns = [
    path("", views.drafts, name="drafts"),
    path("discard/", views.draft_discard, name="draft_discard"),
]
