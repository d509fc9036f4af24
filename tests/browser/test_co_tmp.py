from tests.browser.conftest import Visitor
from tests.browser.test_contact import open_contact


def test_it(visitor: Visitor) -> None:
    page = open_contact(visitor)
    page.set_viewport_size({"width": 375, "height": 900})
    found = page.evaluate("[...document.querySelectorAll('main *, header *, footer *')].filter(e => e.getBoundingClientRect().right > 376).map(e => e.tagName + '.' + e.className + ' ' + Math.round(e.getBoundingClientRect().right) + ' ' + (e.textContent || '').trim().slice(0, 60))")
    page.screenshot(path="/tmp/co_375.png", full_page=True)
    axe = visitor.looked_over()
    raise AssertionError(f"{found}\n{axe.generate_report()[:3000]}")
