"""One file a source. None knows of another."""
