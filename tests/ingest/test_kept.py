"""The issues of the last import stay until the next one."""

from pathlib import Path

from graph.store.store import Store
from ingest import kept, pipeline
from ingest.issues import Issue
from ingest.kept import Kept
from ingest.mapping import Mapping
from ingest.sources.table import TableSource

WRONG = Issue("list.csv", 3, "Nummer", "0419.052.172", "its check digits do not fit", "Look for two digits")


def test_what_is_kept_comes_back_and_the_next_takes_its_place(tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert kept.last(home) is None
    keeping = Kept("i1", (WRONG,), (WRONG, WRONG))
    kept.keep(home, keeping)
    assert kept.last(home) == keeping
    kept.keep(home, Kept("i2"))
    assert kept.last(home) == Kept("i2")


def test_a_damaged_list_is_as_none(tmp_path: Path) -> None:
    for content in (b"", b"\xff", b"[]", b'{"import": "i1"}', b'{"import": "i", "problems": [{}], "warnings": []}'):
        (tmp_path / kept.FILE).write_bytes(content)
        assert kept.last(tmp_path) is None


def test_an_import_keeps_its_issues_and_a_trial_does_not(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("Naam;Nummer\nAlfa;0419.052.173\nBeta;0419.052.172\n", encoding="utf-8")
    said = {
        "source": {"name": "list"},
        "things": {"org": {"type": "Organisation", "fields": {"name": "Naam", "kbo": "Nummer"}}},
    }

    def read_in(*, dry_run: bool) -> pipeline.Report:
        return pipeline.run(store, TableSource(Mapping("m", said)), file, by="tester", dry_run=dry_run)

    before = kept.last(store.settings.home)
    assert read_in(dry_run=True).issues == 1
    assert kept.last(store.settings.home) == before
    report = read_in(dry_run=False)
    found = kept.last(store.settings.home)
    assert found is not None
    assert found.import_id == report.import_id
    assert [(issue.row, issue.column) for issue in found.problems] == [(3, "Nummer")]
