"""Django's registration of the app."""

from django.apps import AppConfig


class VictimsConfig(AppConfig):
    """Who a complainant is, agreed contact, promises, support and the ISVA's view. A leaf: nothing below imports it."""

    name = "victims"
