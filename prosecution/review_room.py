"""What the right to review adds to the floors below: acts, what the case page shows, the review unit's list."""


def register() -> None:
    """Called once from AppConfig.ready()."""
    from cases import back, fragments
    from cases.acts import On
    from cases.derive.clocks import Kind
    from cases.pages.about import ABOUT, IN_VIEW
    from cases.reminding import recipients
    from core import navigation
    from notifications import subjects
    from prosecution.about import review_request as about
    from prosecution.acts import review_request  # noqa: F401 - the acts add themselves
    from prosecution.pages import review_request as pages
    from prosecution.pages.review_on_case import fragments_of
    from prosecution.permissions import REVIEW
    from prosecution.review_reminded import people
    from prosecution.subjects_review import REVIEW as SUBJECTS

    about.register()
    subjects.add(*SUBJECTS)
    ABOUT[On.REVIEW_REQUEST] = pages.about_words
    IN_VIEW[On.REVIEW_REQUEST] = pages.in_view
    fragments.register("right to review", fragments_of)
    back.allow_page("review_request", "the request")
    back.allow("review_list", "reviews")
    for kind in (Kind.VRR_ACKNOWLEDGE, Kind.VRR_COMPLETE):
        recipients.register_kind(kind, people)
    navigation.register_at_foot(navigation.Item("Reviews that victims ask for", "review_list", tuple(REVIEW.roles), order=5))
