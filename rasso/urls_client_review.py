"""Addresses by which a support service's people lodge a request for a review, mounted under /client-reviews/."""

from django.urls import path

from rasso import views_client_review as views

urlpatterns = [path("<uuid:complainant_id>/", views.lodge, name="client_review")]
