"""Write the pages of docs/ that follow from the code, or tell which are out of date.

    python tools/docs.py [--check]      (make docs)

A page is made by one function without arguments that returns its Markdown; it stands beside what it describes.
"""

import sys
from importlib import import_module
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[1]
PAGES = {"docs/queries.md": "graph.store.queries:document"}


def content(maker: str) -> str:
    module, _, function = maker.partition(":")
    made = getattr(import_module(module), function)()
    if not isinstance(made, str):
        raise TypeError(f"{maker} returns {type(made).__name__}, not the text of a page")
    return made


def main(arguments: list[str]) -> int:
    sys.path.insert(0, str(HOUSE))
    stale = []
    for page, maker in PAGES.items():
        path = HOUSE / page
        wanted = content(maker)
        if path.exists() and path.read_text(encoding="utf-8") == wanted:
            continue
        stale.append(page)
        if "--check" not in arguments:
            path.write_text(wanted, encoding="utf-8", newline="\n")
            print(f"{page} written")
    if stale and "--check" in arguments:
        print(f"Out of date: {', '.join(stale)}. Run: make docs", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
