"""Addresses of a support service's people, mounted under /clients/. The key is the label's; nothing in an address names anybody."""

from django.urls import path

from victims.views import client_acts, clients

urlpatterns = [
    path("", clients.client_list, name="client_list"),
    path("link/", clients.link, name="client_link"),
    path("<uuid:complainant_id>/", clients.client, name="client"),
    path("<uuid:complainant_id>/where-things-stand/", clients.where_things_stand, name="where_things_stand"),
    path("<uuid:complainant_id>/where-things-stand.pdf", clients.print_where_things_stand, name="print_where_things_stand"),
    path("<uuid:complainant_id>/<slug:slug>/", client_acts.on_client, name="client_act"),
    path("<uuid:complainant_id>/<slug:slug>/<uuid:target_id>/", client_acts.on_row, name="client_act_on"),
]
