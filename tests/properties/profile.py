"""How hard the property tests look: quick for every change, deep by RASSO_HYPOTHESIS=deep."""

import os

from hypothesis import HealthCheck, Phase, settings

DEEP = os.environ.get("RASSO_HYPOTHESIS") == "deep"


def looking(*, examples: int, steps: int = 50) -> settings:
    """Return hypothesis settings for this many examples of this many steps; forty times as many examples when deep."""
    return settings(
        # A failing sequence is printed as found: making it smaller takes minutes, so only the deep look does.
        phases=[Phase.explicit, Phase.generate, *([Phase.shrink] if DEEP else [])],
        max_examples=examples * (40 if DEEP else 1),
        stateful_step_count=steps,
        deadline=None,
        database=None,
        derandomize=not DEEP,
        print_blob=True,
        suppress_health_check=[
            HealthCheck.too_slow,
            HealthCheck.data_too_large,
            HealthCheck.filter_too_much,
            HealthCheck.function_scoped_fixture,
        ],
    )
