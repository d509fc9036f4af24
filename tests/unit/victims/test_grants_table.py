"""How a row of the table of grants is made: called here, not only when the table was loaded."""

from core.rls import Rule
from victims.grants import OWN_CLIENTS, table

FORCE = "force_id = nullif(current_setting('app.force_id', true), '')::int"
AREA = "cps_area_scope = nullif(nullif(current_setting('app.cps_area_id', true), ''), '0')::int"


def test_nobody_but_the_system_has_what_is_not_said() -> None:
    assert table() == {"rasso_system": Rule(("SELECT", "INSERT", "UPDATE"), FORCE)}


def test_each_kind_is_compared_with_what_is_its_own() -> None:
    assert table(police="SELECT INSERT", cps="SELECT", isva="SELECT UPDATE", system="SELECT") == {
        "rasso_police": Rule(("SELECT", "INSERT"), FORCE),
        "rasso_cps": Rule(("SELECT",), AREA),
        "rasso_isva": Rule(("SELECT", "UPDATE"), OWN_CLIENTS),
        "rasso_system": Rule(("SELECT",), FORCE),
    }


def test_a_support_service_may_be_narrowed_and_the_system_left_out() -> None:
    assert table(isva="INSERT", system="", isva_where="narrower") == {"rasso_isva": Rule(("INSERT",), "narrower")}
