"""How tests look at a page: run it, and read what it says."""

from streamlit.testing.v1 import AppTest


def run(test: AppTest) -> AppTest:
    """Run once more; an exception on the page fails the test."""
    test.run()
    assert not test.exception, test.exception[0].stack_trace
    return test


def said(test: AppTest) -> str:
    """All words on screen, apart from those of widgets."""
    parts = (*test.title, *test.subheader, *test.markdown, *test.caption, *test.info, *test.warning, *test.error)
    return "\n".join(str(part.value) for part in parts)


def keys(test: AppTest, begin: str) -> list[str]:
    """Of the buttons whose key begins so."""
    return [str(button.key) for button in test.button if str(button.key).startswith(begin)]
