"""What the referral and the transfer between Areas add to the floors below: acts, places in the navigation, texts, the row's buttons."""


def register() -> None:
    """Register all of it. Called once from AppConfig.ready()."""
    from accounts import holdings
    from accounts.roles import Role
    from cases import back, blocks
    from cases.acts import On
    from cases.pages.about import ABOUT, IN_VIEW
    from cases.services import projections
    from core import navigation
    from prosecution import holding, still_asked
    from prosecution.about import referral as about
    from prosecution.acts import referral, transfer  # noqa: F401 - the acts add themselves
    from prosecution.pages import referral_in_view as in_view
    from prosecution.services import direct

    about.register()
    ABOUT[On.CHARGING_REFERRAL], IN_VIEW[On.CHARGING_REFERRAL] = in_view.about_referral, in_view.referral_in_view
    ABOUT[On.AREA_TRANSFER], IN_VIEW[On.AREA_TRANSFER] = in_view.about_transfer, in_view.transfer_in_view
    projections.register("cps_direct", direct.project)
    blocks.register_leaving("asked of the CPS", still_asked.still_asked)
    holdings.register(holding.open_work_held)
    navigation.register(navigation.Item("With CPS Direct", "with_direct", {Role.CPS_MANAGER}, order=40, gives_way=True))
    navigation.register(navigation.Item("Cases between Areas", "transfer_list", {Role.CPS_MANAGER}, order=41, gives_way=True))
    back.allow_page("referral", "the referral")
    back.allow("transfer_list", "cases between Areas")
