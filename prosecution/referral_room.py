"""What the referral and the transfer between Areas add to the floors below: acts, places in the navigation, texts, the row's buttons."""


def register() -> None:
    """Register all of it. Called once from AppConfig.ready()."""
    from accounts.roles import Role
    from cases import back, settling
    from cases.acts import On
    from cases.derive.clocks import Kind
    from core import navigation
    from prosecution.about import referral as about
    from prosecution.acts import referral, transfer  # noqa: F401 - the acts add themselves
    from prosecution.models import Referral, ReferralState

    about.register()
    settling.settles(Kind.TRIAGE, "accept-referral", "return-referral", "reject-red")
    settling.settles(Kind.RESUBMISSION, "ready-referral", "send-referral", "withdraw-referral")
    navigation.register(navigation.Item("With CPS Direct", "with_direct", {Role.CPS_MANAGER}, order=40, gives_way=True))
    navigation.register(navigation.Item("Cases between Areas", "transfer_list", {Role.CPS_MANAGER}, order=41, gives_way=True))
    back.allow_page("referral", "the referral")
    back.allow("transfer_list", "cases between Areas")
