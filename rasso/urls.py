"""Every address of the service, in the order of the floors. What stands here declares its access or is refused."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from rasso import health, views

MOUNTED: tuple[tuple[str, str], ...] = (
    ("accounts/", "accounts.urls"),
    ("cases/", "cases.urls"),
    ("worklist/", "cases.urls_worklist"),
    ("imports/", "cases.urls_imports"),
    ("abstractions/", "cases.urls_abstraction"),
    ("hand-over/", "cases.urls_handover"),
    ("offers/", "cases.urls_offers"),
    ("emergency-access/", "cases.urls_emergency"),
    ("victims/", "victims.urls"),
    ("clients/", "victims.urls_clients"),
    ("client-reviews/", "rasso.urls_client_review"),
    ("prosecution/", "prosecution.urls"),
    ("panels/", "prosecution.panels.urls"),
    ("today/", "reports.urls_today"),
    ("reports/victim-contact/", "victims.urls_report"),
    ("reports/", "reports.urls"),
    ("audit/", "reports.urls_audit"),
    ("inbox/", "notifications.urls"),
    ("away/", "accounts.urls_absence"),
    ("filters/", "accounts.urls_filters"),
    ("drafts/", "accounts.urls_drafts"),
    ("administration/", "accounts.urls_administration"),
    ("administration/settings/", "cases.urls_settings"),
    ("administration/service-names/", "victims.urls_administration"),
    ("help/", "rasso.urls_help"),
)
"""Prefix → the module of addresses under it."""

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("session/keep-alive/", views.keep_alive, name="keep_alive"),
    path("health/live", health.live, name="health_live"),
    path("health/ready", health.ready, name="health_ready"),
    *(path(prefix, include(module)) for prefix, module in MOUNTED if find_spec(module)),
]

handler400 = "rasso.errors.bad_request"
handler403 = "rasso.errors.permission_denied"
handler404 = "rasso.errors.page_not_found"
handler500 = "rasso.errors.server_error"
