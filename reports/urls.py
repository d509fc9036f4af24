"""Addresses of the reports."""

from django.urls import path

from reports import index, views, views_abstraction, views_attrition, views_load, views_nfa, views_returns, views_turns
from reports.bail import views as bail
from reports.daily import views as daily

urlpatterns = [
    path("abstraction/", views_abstraction.abstraction_report, name="abstraction_report"),
    path("abstraction.csv", views_abstraction.export_abstraction_report, name="export_abstraction_report"),
    path("turns/", views_turns.turns_report, name="turns_report"),
    path("turns.csv", views_turns.export_turns_report, name="export_turns_report"),
    path("attrition/", views_attrition.attrition_report, name="attrition_report"),
    path("attrition.csv", views_attrition.export_attrition_report, name="export_attrition_report"),
    path("returns/", views_returns.returns_report, name="returns_report"),
    path("returns.csv", views_returns.export_returns_report, name="export_returns_report"),
    path("nfa/", views_nfa.nfa_report, name="nfa_report"),
    path("nfa.csv", views_nfa.export_nfa_report, name="export_nfa_report"),
    path("load/", views_load.load, name="load_report"),
    path("", index.reports, name="reports"),
    path("overdue-arrests/", views.overdue_arrests, name="overdue_arrests"),
    path("overdue-arrests.csv", views.export_overdue_arrests, name="export_overdue_arrests"),
    path("overdue-arrests/print/", views.print_overdue_arrests, name="print_overdue_arrests"),
    path("overdue-arrests/held-up/<str:kind>/", views.held_up_arrests, name="held_up_arrests"),
    path("daily/", daily.daily_runs, name="daily_runs"),
    path("daily/<str:day>/", daily.daily_run, name="daily_run"),
    path("bail/", bail.bail_diary, name="bail_diary"),
    path("bail.csv", bail.export_bail, name="export_bail"),
    path("bail/print/", bail.print_bail, name="print_bail"),
]
