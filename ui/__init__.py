"""The front end: pages only show."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module


@dataclass(frozen=True, slots=True)
class Page:
    """One page. ``path``: its address, the same in every language. ``group``: where the navigation has
    it; without an ``icon`` it is reached from other pages only."""

    key: str
    path: str
    icon: str
    group: str

    @property
    def show(self) -> Callable[[], None]:
        """What draws it: ``show`` of ``ui/pages/KEY.py``, imported when the page is opened."""

        def show() -> None:
            import_module(f"ui.pages.{self.key}").show()

        show.__name__ = self.key
        return show


PAGES = (
    Page("start", "", ":material/home:", "explore"),
    Page("organisations", "organisaties", ":material/domain:", "explore"),
    Page("organisation", "organisatie", "", "explore"),
    Page("network", "netwerk", ":material/hub:", "explore"),
    Page("missing_links", "schakels", ":material/link:", "connect"),
    Page("growth", "groei", ":material/trending_up:", "measure"),
    Page("data", "gegevens", ":material/database:", "manage"),
)
