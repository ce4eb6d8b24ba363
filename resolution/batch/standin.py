"""Lets Dedupe be imported where `affinegap` is not installed: it has no wheels, and Dedupe wants it for one comparison
of strings that is not used here."""

import sys
from importlib.util import find_spec
from types import ModuleType


def stand_in() -> None:
    """Puts an empty comparison in the place of `affinegap` where it is missing. To be called before Dedupe is."""
    if "affinegap" in sys.modules or find_spec("affinegap") is not None:
        return
    module = ModuleType("affinegap", "Stands in for a package that is not installed; see resolution/batch/standin.py.")
    module.normalizedAffineGapDistance = _refused  # type: ignore[attr-defined]
    sys.modules["affinegap"] = module


def _refused(*_: object) -> float:
    raise NotImplementedError("affinegap is not installed: Dedupe's String variable cannot be used here")
