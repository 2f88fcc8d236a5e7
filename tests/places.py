"""Where things are: the repository, and the real data beside it."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("HERDBOOK_SHARED") or ROOT.parent / "shared")
