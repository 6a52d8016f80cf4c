"""One page a file; each has ``show()``. A page asks, shows, and holds no logic that another could need."""
