"""Who is shown who the victims of a case are, as far as buttons ask: an app above says it, and nothing of a victim passes here.

Some acts are for those people alone. Everybody else who sees the case is given no button that would lead her or him nowhere.
"""

from collections.abc import Callable, Collection

from accounts.models import User
from cases import models as m

Rule = Callable[[User, m.Case, Collection[str]], bool]
"""Of a person, a case that she or he sees, and the roles that she or he, or somebody whom she or he covers, has on it."""


def _nobody(user: User, case: m.Case, roles: Collection[str]) -> bool:
    return False


_rules: list[Rule] = [_nobody]


def register(rule: Rule) -> None:
    """Say who is shown it. Called from AppConfig.ready(); the last one stands."""
    _rules[0] = rule


def shown(user: User, case: m.Case, roles: Collection[str]) -> bool:
    """Say whether this person is shown who the victims of a case that she or he sees are. No query."""
    return _rules[0](user, case, roles)
