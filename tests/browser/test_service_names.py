"""The administrator's page where services that the extract names are matched: the list, one name, what was matched."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.conftest import PASSWORD, Visitor
from tests.browser.test_screens import both_widths

NAMED = """
from pathlib import Path
from tempfile import TemporaryDirectory
from django.core.management import call_command
head, *records = Path("tests/data/rms-extract.csv").read_text(encoding="utf-8").splitlines()
wanted = [record for record in records if ",Bridgeway Support," in record][:3]
other = [record.replace("The Lantern SARC", "Lantern S.A.R.C.") for record in records if ",The Lantern SARC," in record][:1]
with TemporaryDirectory() as folder:
    file = Path(folder) / "extract.csv"
    file.write_text("\\n".join([head, *wanted, *other]) + "\\n", encoding="utf-8")
    call_command("import_rms", str(file), force="52")
"""


def test_a_name_of_the_extract_is_matched(visitor: Visitor, in_site: Callable[[str], None]) -> None:
    in_site(NAMED)
    page = visitor.sign_in("administrator").open("/administration/").page
    page.get_by_role("link", name="names not known here").click()
    both_widths(visitor, "administration-service-names")
    row = page.locator("main tr", has_text="Lantern S.A.R.C.")
    row.get_by_role("link").click()
    page.locator("[name=service_id]").select_option(label="The Lantern SARC")
    both_widths(visitor, "administration-service-name")
    page.get_by_role("button", name="Save").click()
    page.locator("#id_password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    visitor.check()
    expect(page.locator("main")).to_contain_text("Matched. Cases that name it get the service within a minute or two.")
    expect(row).to_contain_text("The Lantern SARC")
    expect(row.get_by_role("link")).to_contain_text("Change")
