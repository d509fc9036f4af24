"""Addresses of what passes between police and CPS, mounted under /prosecution/. Nothing in an address names anybody."""

from django.urls import URLPattern, URLResolver, include, path

from prosecution.views import advice, decision, disclosure, nfa, plan, queues, referral, review_requests, transfers

urlpatterns: list[URLPattern | URLResolver] = [
    path("panels/", include("prosecution.panels.urls_organising")),
    path("referrals/<uuid:referral_id>/", referral.referral, name="referral"),
    path("referrals/<uuid:referral_id>/referral.pdf", referral.print_referral, name="print_referral"),
    path("with-direct/", referral.with_direct, name="with_direct"),
    path("transfers/", transfers.transfer_list, name="transfer_list"),
    path("transfers/<uuid:transfer_id>/", transfers.transfer, name="transfer"),
    path("transfers/<uuid:transfer_id>/accept/", transfers.accept, name="transfer_accept"),
    path("transfers/<uuid:transfer_id>/decline/", transfers.decline, name="transfer_decline"),
    path("advice/<uuid:advice_id>/", advice.early_advice, name="early_advice"),
    path("mine/", queues.mine, name="prosecution_mine"),
    path("mine/<slug:slug>/", queues.mine_section, name="prosecution_mine_section"),
    path("triage/", queues.triage, name="prosecution_triage"),
    path("triage/<slug:slug>/", queues.triage_section, name="prosecution_triage_section"),
    path("overview/", queues.overview, name="prosecution_overview"),
    path("overview/<slug:slug>/", queues.overview_section, name="prosecution_overview_section"),
    path("cases/<uuid:case_id>/disclosure/", disclosure.disclosure_print, name="disclosure_print"),
    path("plans/<uuid:plan_id>/", plan.action_plan, name="action_plan"),
    path("decisions/<uuid:decision_id>/", decision.proposed, name="proposed_decision"),
    path("no-further-action/<uuid:proposal_id>/", nfa.proposal, name="proposed_nfa"),
    path("reviews/", review_requests.reviews, name="review_list"),
    path("reviews/<uuid:review_id>/", review_requests.review, name="review_request"),
    path("decided/<uuid:decision_id>/", decision.published, name="charging_decision"),
]
