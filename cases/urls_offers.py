"""Addresses of offers between forces, mounted under /offers/."""

from django.urls import path

from cases.views import offers

urlpatterns = [
    path("", offers.offer_list, name="offer_list"),
    path("<uuid:offer_id>/", offers.offer, name="offer"),
    path("<uuid:offer_id>/accept/", offers.accept, name="offer_accept"),
    path("<uuid:offer_id>/decline/", offers.decline, name="offer_decline"),
]
