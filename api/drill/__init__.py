"""Drills: faults put to real processes of this very version, each with the outcome that is promised, and the count of
what is there afterwards. They run on a data folder of their own and never touch another.
"""

from api.drill.drills import DRILLS
from api.drill.running import Result, State, drill

__all__ = ["DRILLS", "Result", "State", "drill"]
