"""Every address of the service, in the order of the floors. What stands here declares its access or is refused."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from rasso import health, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("accounts/", include("accounts.urls")),
    path("session/keep-alive/", views.keep_alive, name="keep_alive"),
    path("health/live", health.live, name="health_live"),
    path("health/ready", health.ready, name="health_ready"),
]
if find_spec("cases.urls"):
    urlpatterns.append(path("cases/", include("cases.urls")))
    urlpatterns.append(path("imports/", include("cases.urls_imports")))
if find_spec("reports.urls"):
    urlpatterns.append(path("reports/", include("reports.urls")))

handler400 = "rasso.errors.bad_request"
handler403 = "rasso.errors.permission_denied"
handler404 = "rasso.errors.page_not_found"
handler500 = "rasso.errors.server_error"
