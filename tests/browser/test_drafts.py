"""What was typed survives the end of a session: kept when the warning appears, offered after signing in again, restored or discarded."""

from playwright.sync_api import expect

from tests.browser.conftest import Visitor

PAGE = "/cases/new/"
NEVER_SENT = ("csrfmiddlewaretoken", "complainants_shown", "suspects_shown")


def type_and_leave(visitor: Visitor, *, until: str) -> list[str]:
    """Type into the page, then let time pass; return what the browser sent to be kept."""
    sent: list[str] = []
    visitor.page.on("request", lambda request: sent.append(request.post_data or "") if request.url.endswith("/drafts/") else None)
    visitor.page.clock.install()
    visitor.page.goto(f"{visitor.site}{PAGE}")
    reference = visitor.page.get_by_label("Crime reference").first
    reference.fill("52/KEPT/1")
    visitor.page.get_by_label("High", exact=False).first.check()
    visitor.page.clock.fast_forward(until)
    visitor.page.clock.run_for(2000)
    return [body for body in sent if body]


def sign_in_again(visitor: Visitor, who: str) -> None:
    """Come back as somebody, in a session of her or his own, and open the page."""
    visitor.page.context.clear_cookies()
    visitor.sign_in(who)
    visitor.page.wait_for_url(lambda url: "/accounts/" not in url)
    visitor.page.goto(f"{visitor.site}{PAGE}")


def test_typed_warned_signed_out_signed_in_restored(visitor: Visitor) -> None:
    visitor.sign_in("investigator")
    sent = type_and_leave(visitor, until="12:30")
    expect(visitor.page.get_by_role("dialog")).to_contain_text("is kept for 24 hours, for you alone")
    visitor.page.clock.run_for(30_000)
    assert len(sent) == 1, "it is sent once"
    assert not [name for name in NEVER_SENT if name in sent[0]]
    visitor.page.clock.fast_forward("03:00")
    expect(visitor.page.get_by_role("dialog")).to_contain_text("sign in again and open this page")
    assert visitor.page.evaluate("localStorage.length + sessionStorage.length") == 0
    visitor.check()

    sign_in_again(visitor, "sergeant")
    visitor.page.wait_for_load_state("networkidle")
    expect(visitor.page.get_by_text("We kept what you typed")).to_have_count(0)

    sign_in_again(visitor, "investigator")
    expect(visitor.page.get_by_role("heading", name="We kept what you typed")).to_be_visible()
    visitor.check()
    for width in (1280, 375):
        visitor.page.set_viewport_size({"width": width, "height": 900})
        assert visitor.page.evaluate("document.documentElement.scrollWidth") <= width
    expect(visitor.page.get_by_label("Crime reference").first).to_have_value("")
    with visitor.page.expect_response(lambda answer: answer.url.endswith("/drafts/discard/")):
        visitor.page.get_by_role("button", name="Restore what I typed").click()
    expect(visitor.page.get_by_label("Crime reference").first).to_have_value("52/KEPT/1")
    expect(visitor.page.get_by_label("High", exact=False).first).to_be_checked()
    expect(visitor.page.get_by_role("status")).to_contain_text("not saved until you save it")
    visitor.page.goto(f"{visitor.site}{PAGE}")
    visitor.page.wait_for_load_state("networkidle")
    expect(visitor.page.get_by_text("We kept what you typed")).to_have_count(0)


def test_discarded_it_never_comes_back(visitor: Visitor) -> None:
    visitor.sign_in("investigator2")
    type_and_leave(visitor, until="12:30")
    expect(visitor.page.get_by_role("dialog")).to_contain_text("is kept for 24 hours")
    sign_in_again(visitor, "investigator2")
    with visitor.page.expect_response(lambda answer: answer.url.endswith("/drafts/discard/")):
        visitor.page.get_by_role("button", name="Discard it").click()
    visitor.page.goto(f"{visitor.site}{PAGE}")
    visitor.page.wait_for_load_state("networkidle")
    expect(visitor.page.get_by_text("We kept what you typed")).to_have_count(0)
    expect(visitor.page.get_by_label("Crime reference").first).to_have_value("")


def test_who_stays_signed_in_has_nothing_kept(visitor: Visitor) -> None:
    visitor.sign_in("sergeant")
    type_and_leave(visitor, until="12:30")
    expect(visitor.page.get_by_role("dialog")).to_contain_text("is kept for 24 hours")
    with visitor.page.expect_response(lambda answer: answer.url.endswith("/drafts/discard/")):
        visitor.page.get_by_role("button", name="Stay signed in").click()
    expect(visitor.page.get_by_role("dialog")).to_have_count(0)
    expect(visitor.page.get_by_label("Crime reference").first).to_have_value("52/KEPT/1")


def test_without_typing_nothing_is_sent_and_the_warning_says_nothing_of_it(visitor: Visitor) -> None:
    visitor.sign_in("supervisor")
    sent: list[str] = []
    visitor.page.on("request", lambda request: sent.append(request.method) if "/drafts/" in request.url else None)
    visitor.page.clock.install()
    visitor.page.goto(f"{visitor.site}{PAGE}")
    visitor.page.clock.fast_forward("12:30")
    visitor.page.clock.run_for(2000)
    expect(visitor.page.get_by_role("dialog")).to_contain_text("you will be signed out")
    expect(visitor.page.get_by_role("dialog")).not_to_contain_text("typed")
    assert "POST" not in sent
