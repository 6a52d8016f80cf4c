"""European projects out of CORDIS: one programme, fetched from its publisher and read in."""

import streamlit as st

from ingest import pipeline
from ingest.fetch import fetch
from ingest.sources.cordis import CordisSource
from ingest.sources.cordis.download import PROGRAMMES, address
from ui import outcome, state
from ui.texts import plain, t

MB = 1_000_000


def show() -> None:
    """From choosing a programme to having it in."""
    programme = st.radio(
        t("data.cordis.programme"), PROGRAMMES, format_func=lambda one: t(f"data.cordis.{one}"), key="programme",
        captions=[t(f"data.cordis.{one}_help") for one in PROGRAMMES],
    )  # fmt: skip
    where = address(programme)
    st.caption(t("data.cordis.from", address=plain(where)))
    if not st.button(t("data.cordis.go"), type="primary", icon=":material/cloud_download:", key="cordis_go"):
        return
    made: list[pipeline.Report] = []

    def work() -> bool:
        with outcome.working(t("data.cordis.fetching", name=t(f"data.cordis.{programme}"))) as progress:
            folder = state.settings().home / "fetched"
            path = fetch(where, folder, progress=lambda had, of: progress("fetch", had // MB, of // MB))
            report = pipeline.run(state.store(), CordisSource(), path, by=state.settings().user, progress=progress)
            made.append(report)
        return True

    if outcome.tried(work):
        outcome.arrived(t("data.arrived", name=t(f"data.cordis.{programme}"), n=made[0].new))
