"""How hard the properties are tried: one profile sets it for all of them.

default  the same examples for everyone, today and tomorrow
brief    a tenth of them: the wheel, once the checkout has passed
hunt     other examples every time, and ten times as many (`make hunt`)
"""

from __future__ import annotations

import importlib
import os
import pkgutil
from typing import Any

from hypothesis import HealthCheck, settings

USUAL = 100
"""Examples of a property that does not say how many it wants, in the default profile."""

FEWEST = 5
"""Examples of the costliest property in the briefest profile."""

SLOW_TO_MAKE = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
"""A rule base goes through the loader, a person answers dozens of questions, and brute force passes over
the many rule bases that it could not get through."""


def load_profile() -> None:
    """Makes the profile that HYPOTHESIS_PROFILE names, or the default, the one in force."""
    settings.register_profile(
        "default",
        derandomize=True,
        deadline=None,
        max_examples=USUAL,
        print_blob=True,
        suppress_health_check=SLOW_TO_MAKE,
    )
    usual = settings.get_profile("default")
    settings.register_profile("brief", usual, max_examples=USUAL // 10)
    settings.register_profile(
        "hunt",
        derandomize=False,
        max_examples=USUAL * 10,
        deadline=None,
        print_blob=True,
        suppress_health_check=SLOW_TO_MAKE,
    )
    settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


def examples(usual: int, **others: Any) -> settings:
    """So many examples in the default profile, and in any other as many more or fewer as it has."""
    return settings(max_examples=max(FEWEST, usual * settings().max_examples // USUAL), **others)


def load_all_of(*packages: str) -> None:
    """Imports every module of the packages.

    hypothesis draws on the constants of the modules that are loaded, so that examples would hang on
    which tests have been run before in the same process.
    """
    for package in packages:
        found = importlib.import_module(package)
        for module in pkgutil.walk_packages(getattr(found, "__path__", []), f"{package}."):
            importlib.import_module(module.name)
