"""The front end: pages only show."""
