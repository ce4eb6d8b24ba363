"""Ends owned servers when their owner dies, however it dies.

An owner that is killed cannot clean up. So each owned start has a small process beside it that holds the reading end
of a pipe: the pipe breaks when the owner is gone, and the guard ends what it left behind. Servers that were meant to
outlive their starter have no guard.
"""

import atexit
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

from graph.embedded.errors import DataFolderRefused
from graph.embedded.process import end, find
from graph.embedded.state import DataFolder
from graph.embedded.strays import all_strays

_PATIENCE_S = 150.0
_RETRY_S = 0.5

_guards: dict[Path, "subprocess.Popen[bytes]"] = {}


@atexit.register
def _leave_guards() -> None:
    """At our end the pipes break, which is what the guards wait for."""
    for guard in _guards.values():
        if guard.stdin is not None:
            guard.stdin.close()
        guard.returncode = 0


def post_guard(data_dir: Path) -> None:
    """Start a guard that lives until `dismiss_guard` or our end."""
    dismiss_guard(data_dir)
    _guards[data_dir] = subprocess.Popen(
        [sys.executable, "-m", "graph.embedded.guard", str(data_dir)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=Path(__file__).parents[2],
        start_new_session=True,
    )


def dismiss_guard(data_dir: Path) -> None:
    """Let the guard go; it finds us alive and touches nothing."""
    guard = _guards.pop(data_dir, None)
    if guard is not None and guard.stdin is not None:
        # One that was killed hears nothing any more, and need not.
        with suppress(BrokenPipeError):
            guard.stdin.write(b"dismissed")
            guard.stdin.close()
        guard.wait()


def end_abandoned(data_dir: Path) -> None:
    """End the folder's servers if their owner is dead. A start that is under way is waited for: it may adopt them."""
    folder = DataFolder(data_dir)
    if not folder.is_ours():
        # The owner's folder was removed before its servers ended.
        end(all_strays(folder))
        return
    deadline = time.monotonic() + _PATIENCE_S
    while time.monotonic() < deadline:
        try:
            with folder.exclusive():
                state = folder.read_state()
                if state.owner is None or find(state.owner) is not None:
                    return
                written = [find(record.process) for record in state.servers.values()]
                end([process for process in written if process is not None] + all_strays(folder))
                folder.write_state(state.without(*state.servers))
                return
        except DataFolderRefused:
            time.sleep(_RETRY_S)


def main(arguments: list[str]) -> int:
    """Wait for the owner's end, then clean up after it."""
    if not sys.stdin.buffer.read():
        end_abandoned(Path(arguments[0]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
