"""nomenklatura's matchers on pairs of names. Run by `bench.beside` in an environment of its own: first the pairs (name,
other name, schema) and how many of them only warm it up, then a matcher; each is answered by seconds of CPU and the
scores of the others."""

import json
import sys
import time

from followthemoney import model
from nomenklatura.matching import get_algorithm
from nomenklatura.matching.types import ScoringConfig


def main() -> None:
    """Answers until stdin ends."""
    asked, warm = json.loads(sys.stdin.readline())
    pairs = [tuple(_entity(name, schema, place) for place, name in enumerate((a, b))) for a, b, schema in asked]
    print(json.dumps("ready"), flush=True)
    for line in sys.stdin:
        matcher = get_algorithm(json.loads(line)[0])
        config = ScoringConfig.defaults()
        for one, other in pairs[:warm]:
            matcher.compare(one, other, config)
        start = time.process_time()
        scores = [matcher.compare(one, other, config).score for one, other in pairs[warm:]]
        print(json.dumps([time.process_time() - start, scores]), flush=True)


def _entity(name: str, schema: str, place: int) -> object:
    return model.get_proxy({"id": f"{place}-{name}", "schema": schema, "properties": {"name": [name]}})


if __name__ == "__main__":
    main()
