"""What analytics sees: the network of one moment as frozen columns, kept on disk, or read from a participation file."""

from graph.snapshot.columns import Snapshot
from graph.snapshot.disk import load, save
from graph.snapshot.participations import participation_file

__all__ = ["Snapshot", "load", "participation_file", "save"]
