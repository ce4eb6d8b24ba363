"""Neo4j's jars in the user's cache: fetched in parallel once, checked by SHA-256 at every start, offline from then on.

A jar enters the cache by a rename of a file whose hash is right, so a cached file is whole or absent; one that rots
later is seen by the check and fetched again.
"""

import shutil
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock

from graph.embedded.errors import JarsUnavailable
from graph.embedded.jar_lock import JarLock, LockedJar
from graph.embedded.options import Progress, quiet

if TYPE_CHECKING:
    from jgo.maven import MavenContext

_THREADS = 8
_TRIES = 3
_TIMEOUT_S = 60


def jar_folder(cache_dir: Path) -> Path:
    """Where the jars of all versions lie, in the layout of a Maven repository."""
    return cache_dir / "jars"


def cached_jars(lock: JarLock, cache_dir: Path) -> list[LockedJar]:
    """The locked jars that are cached and whole. Reads every byte: about 0.2 s for 166 MB on a warm disk."""
    folder = jar_folder(cache_dir)
    with ThreadPoolExecutor(_THREADS) as pool:
        whole = pool.map(LockedJar.matches, lock.jars, [folder / jar.path for jar in lock.jars])
        return [jar for jar, is_whole in zip(lock.jars, whole, strict=True) if is_whole]


def fetch_jars(
    lock: JarLock,
    cache_dir: Path,
    *,
    mirror: str | None = None,
    offline: bool = False,
    progress: Progress = quiet,
) -> list[Path]:
    """Make all locked jars present and whole; returns their paths in class path order.

    Only one process fetches into a cache at a time; others wait for it and find the jars there.
    Raises JarsUnavailable when a jar is missing and cannot be fetched, or is not what the lock names.
    """
    folder = jar_folder(cache_dir)
    folder.mkdir(parents=True, exist_ok=True)
    if len(cached_jars(lock, cache_dir)) < len(lock.jars):
        with FileLock(folder / ".lock"):
            present = set(cached_jars(lock, cache_dir))
            missing = [jar for jar in lock.jars if jar not in present]
            if missing and offline:
                raise JarsUnavailable(
                    f"{len(missing)} of {len(lock.jars)} Neo4j jars are not cached in {folder} and fetching is off: "
                    "run `pentad up` once with network"
                )
            if missing:
                _fetch_all(missing, folder, mirror, progress)
    return [folder / jar.path for jar in lock.jars]


def _fetch_all(missing: list[LockedJar], folder: Path, mirror: str | None, progress: Progress) -> None:
    """Fetch into a folder of our own beside the cache, so that a rename into it is atomic."""
    total = sum(jar.size for jar in missing)
    done = 0
    counting = threading.Lock()
    progress("jars", 0, total)
    staging = Path(tempfile.mkdtemp(prefix=".staging-", dir=folder))

    def fetch(jar: LockedJar) -> None:
        nonlocal done
        _fetch_one(jar, _context(staging, mirror), staging, folder)
        with counting:
            done += jar.size
            progress("jars", done, total)

    pool = ThreadPoolExecutor(_THREADS)
    try:
        # The large jars first: the last minute is then not spent on one of them alone.
        for future in [pool.submit(fetch, jar) for jar in sorted(missing, key=lambda jar: -jar.size)]:
            future.result()
    finally:
        pool.shutdown(cancel_futures=True)
        shutil.rmtree(staging, ignore_errors=True)


def _context(staging: Path, mirror: str | None) -> "MavenContext":
    try:
        from jgo.maven import MavenContext
    except ImportError as error:
        raise JarsUnavailable("fetching Neo4j needs the `embedded` extra: pip install 'pentad[embedded]'") from error
    remotes = {"mirror": mirror.rstrip("/")} if mirror else None
    return MavenContext(repo_cache=staging, remote_repos=remotes, timeout=_TIMEOUT_S)


def _fetch_one(jar: LockedJar, context: "MavenContext", staging: Path, folder: Path) -> None:
    """Fetch one jar, check it, move it into the cache. A broken transfer is tried again, three times in all."""
    reason: object = "its bytes are not those that the lock names"
    for _ in range(_TRIES):
        staged = staging / jar.path
        staged.unlink(missing_ok=True)
        try:
            component = context.project(jar.group, jar.artifact).at_version(jar.version)
            staged = component.artifact(jar.classifier).resolve()
        except (OSError, RuntimeError) as error:  # requests' errors are OSErrors; jgo raises RuntimeError
            reason = error
            continue
        if jar.matches(staged):
            target = folder / jar.path
            target.parent.mkdir(parents=True, exist_ok=True)
            staged.replace(target)
            return
    raise JarsUnavailable(
        f"{jar.filename} could not be fetched ({_brief(reason)}): check the network, or set a mirror "
        "(PENTAD_MAVEN_MIRROR), then start again; what was fetched is kept"
    )


def _brief(reason: object) -> str:
    if "CERTIFICATE_VERIFY_FAILED" in str(reason):
        return "its host's certificate is not trusted here: name your certificate file in REQUESTS_CA_BUNDLE"
    line = str(reason).splitlines()[0] if str(reason) else type(reason).__name__
    return line if len(line) <= 200 else line[:199] + "…"
