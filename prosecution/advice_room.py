"""What early advice adds to the floors below: acts, the buttons of its clocks, the page to come back to, texts."""

from cases import back, settling
from cases.acts import On
from cases.derive.clocks import Kind
from prosecution.models import AdviceState, EarlyAdvice


def register() -> None:
    """Called once from AppConfig.ready()."""
    from prosecution.about import advice as about
    from prosecution.acts import advice  # noqa: F401 - the acts add themselves

    about.register()
    settling.settles(Kind.EARLY_ADVICE_CONSIDERED, "draft-advice", "advice-not-sought")
    settling.settles(Kind.EARLY_ADVICE_RESPONSE, "give-advice", "keep-answers")
    settling.on_subject(Kind.EARLY_ADVICE_RESPONSE, On.EARLY_ADVICE, EarlyAdvice(state=AdviceState.ACCEPTED))
    back.allow_page("early_advice", "the request")
