"""Where the deliveries of CORDIS are to be had; ``SCHAKEL_CORDIS`` names another folder, as a hub's own mirror."""

import os
from collections.abc import Mapping
from pathlib import Path

import yaml

PROGRAMMES = ("HORIZON", "H2020", "FP7")  # the newest first


def address(programme: str, env: Mapping[str, str] = os.environ) -> str:
    """Of the delivery of one of :data:`PROGRAMMES`."""
    known = yaml.safe_load(Path(__file__).with_suffix(".yml").read_text(encoding="utf-8"))
    folder = env.get("SCHAKEL_CORDIS") or known["folder"]
    return f"{folder.rstrip('/')}/{known['programmes'][programme]}"
