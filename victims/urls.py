"""Addresses about one victim, mounted under /victims/. Nothing in an address names anybody: the key is the label's."""

from django.urls import path

from victims.views import contact, contact_log, finding, identity, isva_words, people, requests

urlpatterns = [
    path("find/", finding.find, name="victim_find"),
    path("<uuid:complainant_id>/", identity.show, name="victim_page"),
    path("<uuid:complainant_id>/shown/", identity.shown, name="victim_shown"),
    path("<uuid:complainant_id>/identity/", identity.identity, name="victim_identity"),
    path("<uuid:complainant_id>/people/new/", people.add, name="contact_person_new"),
    path("<uuid:complainant_id>/people/<uuid:person_id>/", people.change, name="contact_person_change"),
    path("<uuid:complainant_id>/contact/", contact.contact, name="victim_contact"),
    path("<uuid:complainant_id>/contacts/", contact_log.contacts, name="victim_contacts"),
    path("<uuid:complainant_id>/safe-contact/", contact.safe_contact, name="victim_safe_contact"),
    path("contacts/<uuid:contact_id>/correct/", contact.correct, name="victim_contact_correct"),
    path("<uuid:complainant_id>/isva/", isva_words.isva_words, name="victim_isva_words"),
    path("<uuid:complainant_id>/appointments/", requests.appointments, name="victim_appointments"),
    path("<uuid:complainant_id>/requests/<uuid:request_id>/", requests.information_request, name="information_request"),
    path("<uuid:complainant_id>/requests/<uuid:request_id>/notice.pdf", requests.print_information_notice, name="print_information_notice"),
    path("<uuid:complainant_id>/devices/<uuid:request_id>/", requests.device_request, name="device_request"),
    path("<uuid:complainant_id>/devices/<uuid:request_id>/notice.pdf", requests.print_device_notice, name="print_device_notice"),
]
