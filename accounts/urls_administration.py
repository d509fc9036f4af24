"""Addresses under /administration/ that are about people, units and services. Settings: cases.urls_settings."""

from django.urls import path

from accounts.administration.views import people, places

urlpatterns = [
    path("", places.administration, name="administration"),
    path("people/", people.people, name="people"),
    path("people/new/", people.person_new, name="person_new"),
    path("people/<uuid:person_id>/", people.person, name="person"),
    path("people/<uuid:person_id>/accreditations/<uuid:accreditation_id>/", people.accreditation_end, name="accreditation_end"),
    path("people/<uuid:person_id>/<slug:act>/", people.person_act, name="person_act"),
    path("units/", places.units, name="units"),
    path("units/new/", places.unit_new, name="unit_new"),
    path("units/<uuid:unit_id>/", places.unit_change, name="unit_change"),
    path("services/", places.agencies, name="services"),
    path("services/new/", places.service_new, name="service_new"),
    path("services/<int:pk>/administrator/", places.service_administrator, name="service_administrator"),
]
