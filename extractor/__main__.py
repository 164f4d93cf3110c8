"""`python -m extractor` is the command `extract`."""

from __future__ import annotations

import sys

from extractor.cli import main

sys.exit(main())
