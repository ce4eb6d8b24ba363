"""The least that a service of a graph can do: the driver's asynchronous session, one statement, its rows as dicts.

Run by `bench.beside`: first the address, user and password, then statement, parameters and how often it is asked; each
is answered by its rate and its microseconds of CPU.
"""

import asyncio
import json
import resource
import sys
import time
from typing import Any

import uvloop
from neo4j import AsyncDriver, AsyncGraphDatabase

TOGETHER = 16


async def main() -> None:
    """Answers until stdin ends."""
    loop = asyncio.get_running_loop()
    uri, user, password = json.loads(await loop.run_in_executor(None, sys.stdin.readline))
    async with AsyncGraphDatabase.driver(uri, auth=(user, password)) as driver:
        print(json.dumps("ready"), flush=True)
        while line := await loop.run_in_executor(None, sys.stdin.readline):
            print(json.dumps(await _asked(driver, *json.loads(line))), flush=True)


async def _asked(driver: AsyncDriver, query: Any, params: dict[str, Any], times: int) -> dict[str, float]:
    async def some() -> None:
        for _ in range(times // TOGETHER):
            async with driver.session() as session:
                result = await session.run(query, params)
                assert [record.data() async for record in result]

    before, start = _cpu(), time.perf_counter()
    await asyncio.gather(*(some() for _ in range(TOGETHER)))
    done = times // TOGETHER * TOGETHER
    return {"rate": done / (time.perf_counter() - start), "cpu": (_cpu() - before) / done * 1e6}


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    uvloop.run(main())
