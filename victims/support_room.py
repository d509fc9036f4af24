"""What this app adds to those below for support services: clocks, acts, blocks, notices, places on pages."""


def register() -> None:
    """Register all of it. Called from AppConfig.ready()."""
    from accounts.roles import WORKS_WITH_CLIENTS
    from cases import blocks, settling
    from cases.acts import On
    from cases.derive.clocks import Kind
    from core import navigation
    from victims import models as m
    from victims import reminded, selectors_support, service_names, subjects
    from victims.about import clients
    from victims.acts import support as acts  # noqa: F401 - the acts add themselves
    from victims.derive import support_rules
    from victims.models.isva import MessageKind
    from victims.pages import support as pages

    support_rules.register()
    reminded.register()
    subjects.register()
    clients.register()
    pages.register()
    service_names.register_panel()
    blocks.register("disputed", selectors_support.disputed)
    settling.settles(Kind.SUPPORT_REFERRAL, "refer-to-support", "answer-referral")
    settling.settles(Kind.ISVA_LINK, "confirm-link", "decline-link")
    settling.settles(Kind.ISVA_QUESTION, "answer-isva")
    settling.settles(Kind.TELL_REQUEST, "take-back-tell-request")
    settling.on_subject(Kind.ISVA_QUESTION, On.MESSAGE, m.IsvaMessage(kind=MessageKind.QUESTION))
    settling.on_subject(Kind.ISVA_LINK, On.LINK, m.LinkMatch())
    settling.on_subject(Kind.TELL_REQUEST, On.TELL_REQUEST, m.TellRequest())
    navigation.register(navigation.Item("My clients", "client_list", WORKS_WITH_CLIENTS, order=0))
    navigation.register(navigation.Item("Link a client", "client_link", WORKS_WITH_CLIENTS, order=10))
