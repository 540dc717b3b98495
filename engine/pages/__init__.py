"""The pages of the documentation that are made from the rules, as text; nothing is read or written here.

Each module is loaded when it is first used.
"""

from importlib import import_module

__all__: list[str] = []


def __getattr__(name: str) -> object:
    if name in __all__:
        return import_module(f".{name}", __name__)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
