"""Settings of hypothesis, and the tests' own modules made importable."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from hypothesis import HealthCheck, settings

sys.path.insert(0, str(Path(__file__).parent))

for name in ("LEGTRIAGE_COUNTRY", "LC_TELEPHONE", "LANG"):
    os.environ.pop(name, None)
os.environ["LC_ALL"] = "C.UTF-8"  # it names no country, so that no number hangs on whose machine this is

SLOW_TO_MAKE = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
"""A rule base goes through the loader, a person answers dozens of questions, and brute force passes over
the many rule bases that it could not get through."""

settings.register_profile("default", deadline=None, max_examples=60, suppress_health_check=SLOW_TO_MAKE)
settings.register_profile("ci", settings.get_profile("default"), derandomize=True, print_blob=True)
settings.register_profile(
    "brief", settings.get_profile("ci"), max_examples=10
)  # the wheel, after the checkout
settings.register_profile("thorough", settings.get_profile("default"), max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if os.environ.get("CI") else "default"))
