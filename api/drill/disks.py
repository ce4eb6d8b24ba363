"""A disk that fills up, and one that loses what was not yet on it. Disks of their own are made as files; that takes
root and loop devices, as Linux has them.
"""

import fcntl
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

from api.drill.ground import READ, Ground, eventually
from api.drill.model import Broken, NotHere, must
from api.drill.news import news
from api.drill.senders import Senders

_SHUTDOWN = 0x8004587D
"""FS_IOC_SHUTDOWN of Linux' ext4: _IOR('X', 125, __u32)."""
_MOST = 40
_NO_FLUSH = 2
"""EXT4_GOING_FLAGS_NOLOGFLUSH: nothing more reaches the disk, as when the power goes."""


def below_watermark(ground: Ground) -> str:
    """Less is free than has to be."""
    nearly = {"PENTAD_DISK_LEAST": str(1 << 62), "PENTAD_DISK_SHARE": "1"}
    with ground.door(nearly) as door:
        answer = door.post("/api/events", news("watermark", 1)[0])
        must(answer.status_code == 507, f"an event was answered {answer.status_code}")
        must("retry-after" in answer.headers, "507 without Retry-After")
        must(door.get(READ).status_code == 200, "reads do not go on")
        ready = door.get("/readyz").json()
        must((ready["state"], ready["disk"]["state"]) == ("degraded", "low"), f"/readyz says {ready}")
    must(not ground.there("watermark"), "the event was taken all the same")
    refused = ground.run("ingest", "-", "--json", **nearly)
    must(refused.returncode in (0, 1), f"pentad ingest: exit code {refused.returncode}")
    return "ingest 507, reads 200, /readyz degraded and names the disk"


def full(ground: Ground) -> str:
    """Not a byte is left."""
    with _disk(ground.root, 900) as folder, _moved(ground, folder) as there:
        there.start()
        there.prepared()
        with there.door({"PENTAD_DISK_LEAST": "0"}) as door:
            must(door.post("/api/events", news("full", 50)).status_code == 201, "events were not taken")
            taken, told = 0, 201
            # What was set aside for the log of transactions lets some of them through.
            while told < 300 and taken < _MOST:
                _fill(folder / "ballast")
                told = door.post("/api/events", news(f"overfull-{taken}", 200)).status_code
                taken += told < 300
            must(told < 300 or told in (503, 504, 507), f"events were answered {told} on a full disk")
        with there.door(ready=False) as door:
            ready = door.get("/readyz")
            must(ready.json()["disk"]["state"] == "low", f"/readyz says {ready.json()}")
        (folder / "ballast").unlink()
        there.kill("neo4j")
        there.start()
        there.must_hold("full", {event["id"] for event in news("full", 50)})
        for n in range(taken):
            there.must_hold(f"overfull-{n}", {event["id"] for event in news(f"overfull-{n}", 200)})
        with there.door() as door:
            must(door.post("/api/events", news("roomy", 50)).status_code == 201, "events are not taken with room again")
        must(there.differences() == 0, "the graph does not keep its promises")
    seen = f"{taken * 200} events went through, then {told}" if told >= 300 else f"{taken * 200} events went through"
    return f"{seen}; /readyz names the disk; with room again and a restart 0 lost"


def power_lost(ground: Ground) -> str:
    """The disk of both stores stops under them with what it had, and they die."""
    times = ground.count(1, 3)
    total = 0
    with _disk(ground.root, 2_000) as folder:
        for n in range(times):
            with _moved(ground, folder) as there:
                there.start()
                there.prepared()
                tag = f"power-{n}"
                with there.door() as door:
                    senders = Senders(str(door.client.base_url), news(tag, 3_000), stubborn=False).start()
                    senders.await_acknowledged(150)
                    _stop_disk(folder)
                    time.sleep(0.2)
                    _end_all(folder)
                    senders.stop()
                _remount(folder)
                there.start()
                there.must_hold(tag, senders.acknowledged)
                total += len(senders.acknowledged)
                with there.door():
                    pass
                must(there.differences() == 0, "the graph does not keep its promises")
                there.stop()
    return f"{times} losses of power, {total} acknowledged events, 0 lost"


@contextmanager
def _moved(ground: Ground, folder: Path) -> Generator[Ground]:
    """A ground whose stores are on that disk."""
    there = Ground(folder, ground.settings, full=ground.full, logs=ground.root)
    try:
        yield there
    finally:
        with suppress(Exception):
            there.stop()


@contextmanager
def _disk(root: Path, megabytes: int) -> Generator[Path]:
    """A disk of that size, with a file system of its own."""
    if sys.platform != "linux" or os.geteuid() != 0:
        raise NotHere("needs Linux and root, to make a disk of its own")
    tools = {name: shutil.which(name) or "" for name in ("mkfs.ext4", "mount", "umount")}
    if not all(tools.values()):
        raise NotHere("needs mkfs.ext4, mount and umount")
    image, folder = root / f"disk-{megabytes}.img", root / f"disk-{megabytes}"
    folder.mkdir(exist_ok=True)
    with image.open("wb") as out:
        out.truncate(megabytes << 20)
    _run(tools["mkfs.ext4"], "-q", "-F", "-m", "0", str(image))
    try:
        _run(tools["mount"], "-o", "loop", str(image), str(folder))
    except NotHere:
        image.unlink()
        raise
    try:
        yield folder
    finally:
        _end_all(folder)
        with suppress(Broken, NotHere):
            eventually(lambda: _unmounted(folder), 30, "the disk is still in use")
        if folder.is_mount():
            _run(tools["umount"], "-l", str(folder))
        image.unlink()


def _run(*argv: str) -> None:
    done = subprocess.run(argv, capture_output=True, text=True, check=False)
    if done.returncode:
        raise NotHere(f"{Path(argv[0]).name} failed: {done.stderr.strip()[:200]}")


def _unmounted(folder: Path) -> bool:
    if not folder.is_mount():
        return True
    with suppress(NotHere):
        _run(shutil.which("umount") or "umount", str(folder))
    return not folder.is_mount()


def _stop_disk(folder: Path) -> None:
    there = os.open(folder, os.O_RDONLY)
    try:
        fcntl.ioctl(there, _SHUTDOWN, _NO_FLUSH.to_bytes(4, sys.byteorder))
    except OSError as error:
        raise NotHere(f"this file system cannot be stopped: {error.strerror}") from error
    finally:
        os.close(there)


def _end_all(folder: Path) -> None:
    """Kills whoever works on that disk: found by what they were called with, since the disk itself may not answer."""
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            told = [*process.cmdline(), *process.environ().values()]
            if process.pid != os.getpid() and any(str(folder) in one for one in told):
                process.kill()
                process.wait(10)


def _remount(folder: Path) -> None:
    _end_all(folder)
    eventually(lambda: _unmounted(folder), 30, "the disk is still in use")
    _run(shutil.which("mount") or "mount", "-o", "loop", str(folder.with_suffix(".img")), str(folder))


def _fill(ballast: Path) -> None:
    """Writes until there is no room."""
    with ballast.open("ab", buffering=0) as out, suppress(OSError):
        for size in (1 << 20, 1 << 12, 1):
            with suppress(OSError):
                while True:
                    out.write(b"\0" * size)
