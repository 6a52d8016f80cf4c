"""python -m ingest"""

import sys

if sys.argv[1:2] == ["match"]:  # needs no store, nor the second that its driver and the sources take to load
    from ingest.resolve import pairs

    sys.exit(pairs.main(sys.argv[2:]))

from ingest.cli import main

sys.exit(main())
