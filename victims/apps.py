"""Django's registration of the app: its targets of acts, clocks, fragments and places in the navigation."""

from django.apps import AppConfig


class VictimsConfig(AppConfig):
    """Who a complainant is, agreed contact, promises, support and the ISVA's view. A leaf: nothing below imports it."""

    name = "victims"

    def ready(self) -> None:
        """Register what this app adds to those below."""
        from victims import contact_room, identity_room, requests_room, support_room, telling_room
        from victims.importing import taker

        self._place_targets()
        contact_room.register()
        telling_room.register()
        identity_room.register()
        requests_room.register()
        taker.register()
        support_room.register()

    def _place_targets(self) -> None:
        """Say in which tables the targets of this app's acts lie."""
        from cases import targets
        from cases.acts import On
        from victims import models as m

        targets.register(On.CONTACT_PERSON, m.ContactPerson)
        targets.register(On.CONTACT, m.Contact)
        targets.register(On.APPOINTMENT, m.Appointment)
        targets.register(On.LETTER, m.Letter)
        targets.register(On.REFERRAL, m.SupportReferral)
        targets.register(On.TELL_REQUEST, m.TellRequest)
        targets.register(On.MESSAGE, m.IsvaMessage)
        targets.register(On.LINK, m.LinkMatch)
        targets.register(On.INFORMATION_REQUEST, m.InformationRequest)
        targets.register(On.DEVICE_REQUEST, m.DeviceRequest)
