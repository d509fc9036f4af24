"""Addresses of the audit screens."""

from django.urls import path

from reports.auditing import views_log, views_reviews

urlpatterns = [
    path("", views_log.access_log, name="access_log"),
    path("rows/<str:row>/", views_log.access_log_row, name="access_log_row"),
    path("export/", views_log.access_log_export, name="access_log_export"),
    path("emergency-access/", views_reviews.audit_emergencies, name="audit_emergencies"),
    path("emergency-access/<uuid:access_id>/", views_reviews.audit_emergency, name="audit_emergency"),
    path("patterns/", views_reviews.audit_patterns, name="audit_patterns"),
    path("patterns/<uuid:pattern_id>/", views_reviews.audit_pattern, name="audit_pattern"),
]
