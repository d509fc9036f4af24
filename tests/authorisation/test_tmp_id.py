import pytest
from tests.authorisation import table
from tests.authorisation.addresses import addresses
from tests.authorisation.house import build
from tests.authorisation.test_url_table import PEOPLE, ask, expected, path_of, path_of_act, of_act, ONE_OF_EACH
from cases.acts import ACTS
MINE = {"victim_page","victim_shown","victim_identity","victim_find","contact_person_new","contact_person_change"}

@pytest.mark.django_db
def test_mine() -> None:
    house = build(); wrong = []
    for one in addresses():
        if one.name in MINE:
            may, methods = table.PAGES[one.name]
            path = path_of(one.name, one.places, house.cases["own"])
            for who in PEOPLE:
                for method in ("GET", "HEAD", "POST", "OPTIONS", "PUT"):
                    status = ask(house, who, method, path).status_code
                    if status not in expected(who in may, method, methods, one.name in table.OF_A_ROW):
                        wrong.append((one.name, who, method, status))
    for slug in ("assess-needs", "end-contact-person"):
        for relation in ("own", "other_force", "nonexistent"):
            for who in ONE_OF_EACH:
                status = ask(house, who, "GET", path_of_act(ACTS[slug].on, house.cases[relation], slug)).status_code
                if status not in of_act(slug, ACTS[slug].on, who, relation):
                    wrong.append((slug, relation, who, status))
    assert wrong == []
