"""Where Schakel keeps its things and whom it acts for, read once from the environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from getpass import getuser
from pathlib import Path

from platformdirs import user_data_path


@dataclass(frozen=True, slots=True)
class Neo4jAddress:
    """A Neo4j to talk to: the hub's own, or the local server once it runs."""

    uri: str
    username: str = "neo4j"
    password: str = field(default="", repr=False)
    database: str = "neo4j"


@dataclass(frozen=True, slots=True)
class Settings:
    """``home``: folder of data, server and caches. ``user``: author of hand-made records. ``hub``: the hub's own
    organisation id. ``neo4j``: the hub's own server, or None for the local one."""

    home: Path
    user: str = ""
    hub: str | None = None
    neo4j: Neo4jAddress | None = None

    @classmethod
    def from_environment(cls, env: Mapping[str, str] = os.environ) -> "Settings":
        """``SCHAKEL_HOME``, ``SCHAKEL_USER``, ``SCHAKEL_HUB``, ``NEO4J_URI|USERNAME|PASSWORD|DATABASE``."""
        home = env.get("SCHAKEL_HOME")
        uri = env.get("NEO4J_URI", "").strip()
        return cls(
            home=Path(home).expanduser().resolve() if home else user_data_path("schakel", appauthor=False),
            user=env.get("SCHAKEL_USER") or _login(),
            hub=env.get("SCHAKEL_HUB") or None,
            neo4j=Neo4jAddress(
                uri,
                env.get("NEO4J_USERNAME") or "neo4j",
                env.get("NEO4J_PASSWORD", ""),
                env.get("NEO4J_DATABASE") or "neo4j",
            )
            if uri
            else None,
        )


def _login() -> str:
    try:
        return getuser()
    except (OSError, KeyError, ImportError):  # no login name on this machine, as in some containers
        return "unknown"
