"""`python -m bench.first_load import|ingest MENTIONS FOLDER`: one first load on new stores; prints its seconds."""

import sys
from pathlib import Path

from api.settings import load
from api.wiring import settle_process
from bench.scale import first_load

if __name__ == "__main__":
    way, mentions, folder = sys.argv[1:]
    settle_process()
    print(first_load(way, int(mentions), load(data_dir=Path(folder) / "data", heap="2g", page_cache="1g")))
