"""Django's registration of the app: its targets of acts, and its rooms."""

from django.apps import AppConfig


class ProsecutionConfig(AppConfig):
    """Early advice, referral, triage, action plan, charging decision: the passage between police and CPS. A leaf, as victims is."""

    name = "prosecution"

    def ready(self) -> None:
        """Register what this app adds to those below."""
        from prosecution import (
            advice_room,
            clocks_room,
            decision_room,
            desk_room,
            nfa_room,
            panel_room,
            plan_room,
            referral_room,
            review_room,
            subjects,
        )
        from prosecution.services import passing_on

        self._place_targets()
        subjects.register()
        passing_on.register()
        advice_room.register()
        clocks_room.register()
        decision_room.register()
        nfa_room.register()
        panel_room.register()
        referral_room.register()
        plan_room.register()
        desk_room.register()
        review_room.register()

    def _place_targets(self) -> None:
        """Say in which tables the targets of this app's acts lie."""
        from cases import targets
        from cases.acts import On
        from prosecution import models as m
        from prosecution.selectors_part import sees_request

        targets.register(On.EARLY_ADVICE, m.EarlyAdvice)
        targets.register(On.ADVICE_QUESTION, m.AdviceQuestion)
        targets.register(On.CHARGING_REFERRAL, m.Referral)
        targets.register(On.AREA_TRANSFER, m.AreaTransfer)
        targets.register(On.ACTION_PLAN, m.ActionPlan)
        targets.register(On.ACTION_ITEM, m.ActionItem)
        targets.register(On.PROPOSED_DECISION, m.ProposedDecision)
        targets.register(On.CHARGING_DECISION, m.ChargingDecision)
        targets.register(On.FINALISATION, m.Finalisation)
        targets.register(On.REVIEW_REQUEST, m.ReviewRequest, sees_request)
