"""Addresses of the reports."""

from django.urls import path

from reports import views

urlpatterns = [
    path("overdue-arrests/", views.overdue_arrests, name="overdue_arrests"),
    path("overdue-arrests.csv", views.export_overdue_arrests, name="export_overdue_arrests"),
    path("overdue-arrests/print/", views.print_overdue_arrests, name="print_overdue_arrests"),
    path("overdue-arrests/held-up/<str:kind>/", views.held_up_arrests, name="held_up_arrests"),
]
