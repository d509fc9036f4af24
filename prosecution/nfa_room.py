"""What no further action adds to the floors below: acts, clocks, the second look at outcomes, lines of the case page."""


def register() -> None:
    """Called once from AppConfig.ready(). Raises ImproperlyConfigured where RASSO_NFA_CHECK names no rank."""
    from cases import back, fragments, settling, targets, twice
    from cases.acts import On
    from cases.derive import clocks
    from cases.derive.clocks import Kind
    from cases.pages.about import ABOUT, IN_VIEW
    from cases.services import projections
    from core import clock
    from prosecution import models as m
    from prosecution import nfa_setting, subjects_nfa
    from prosecution.about import nfa as about
    from prosecution.acts import nfa, nfa_meeting  # noqa: F401 - the acts add themselves
    from prosecution.derive import rules_nfa
    from prosecution.pages import nfa as pages
    from prosecution.pages import nfa_meeting as meeting_pages
    from prosecution.services import nfa_checks

    nfa_setting.check_setting()
    about.register()
    subjects_nfa.register()
    targets.register(On.PROPOSED_NFA, m.ProposedNfa)
    targets.register(On.NFA_MEETING, m.NfaMeeting)
    twice.register("nfa", twice.Twice(nfa_setting.codes_of, "draft-nfa", "draft-crime-nfa"))
    projections.register("nfa", lambda case, facts, found: nfa_checks.follow(case, facts))
    rules_nfa.register()
    clocks.register(rules_nfa.NAME, rules_nfa.nfa_clocks, rules_nfa.load)
    ABOUT[On.PROPOSED_NFA], IN_VIEW[On.PROPOSED_NFA] = pages.about_words, pages.in_view
    ABOUT[On.NFA_MEETING], IN_VIEW[On.NFA_MEETING] = meeting_pages.about_words, meeting_pages.in_view
    settling.settles(Kind.NFA_CHECK, "check-nfa")
    settling.on_subject(Kind.NFA_CHECK, On.PROPOSED_NFA, m.ProposedNfa(state=m.NfaState.WAITS, proposed_at=clock.now()))
    fragments.register_of_case("nfa", pages.section)
    fragments.register_of_case("nfa_meetings", meeting_pages.section)
    back.allow_page("proposed_nfa", "the proposal")
