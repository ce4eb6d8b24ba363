"""`pentad embed`: vectors of entities and events, brought up to date at once."""

from collections.abc import Callable

from rich.console import Console
from rich.progress import Progress, TaskID

from api.commands.opening import DataDir, opened, print_line
from api.commands.servers import plain_failures
from graph.embedding import event_profiles, profiles
from graph.errors import InvalidInput


def embed(data_dir: DataDir = None) -> None:
    """Bring the vectors of entities and events up to date, as is done every 15 minutes. Needs the setting
    `embedder`."""
    with plain_failures(), opened(data_dir, writing=True) as clients:
        if clients.embedder is None:
            raise InvalidInput("is not set: PENTAD_EMBEDDER=ngrams is built in", "embedder")
        with Progress(console=Console(stderr=True), transient=True) as shown:
            made = [
                follow(clients.database, clients.embedder, _told(shown, shown.add_task(name, total=None)))
                for name, follow in (("entities", profiles.follow), ("events", event_profiles.follow))
            ]
        print_line(f"{made[0]:,} profiles of entities and {made[1]:,} of events made by {clients.embedder.name}")


def _told(shown: Progress, task: TaskID) -> Callable[[int, int], None]:
    return lambda done, total: shown.update(task, completed=done, total=total)
