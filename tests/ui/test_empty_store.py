"""An empty store: every page says so, and what to do next."""

import pytest

from graph.store.store import Store
from tests.ui.screen import said
from tests.ui.worlds import links, opened
from ui import PAGES, Page
from ui.texts import LANGUAGES, text

SHOWS = [page for page in PAGES if page.key not in ("start", "organisation", "data")]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", SHOWS, ids=lambda page: page.key)
def test_a_page_with_nothing_to_show_leads_to_the_data(fresh: Store, page: Page, language: str) -> None:
    test = opened(page.path, language)
    assert [title.value for title in test.title] == [text(language, f"page.{page.key}")]
    assert [info.value for info in test.info] == [text(language, "nothing_yet")]
    assert links(test) == [text(language, "to_data")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_card_can_only_be_looked_for(fresh: Store, language: str) -> None:
    test = opened("organisatie", language)
    assert text(language, "card.choose") in said(test)
    test.text_input("card_q").set_value("leuven")
    test.run()
    assert [info.value for info in test.info] == [text(language, "found_nothing", text="leuven")]
