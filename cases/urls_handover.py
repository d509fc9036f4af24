"""Addresses of handing cases over, mounted under /hand-over/."""

from django.urls import path

from cases.views import handover as views

urlpatterns = [
    path("", views.hand_over, name="hand_over"),
    path("from/<uuid:person_id>/", views.hand_over_from, name="hand_over_from"),
]
