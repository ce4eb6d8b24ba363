"""`pentad embed`: vectors of entity profiles, brought up to date at once."""

from rich.console import Console
from rich.progress import Progress

from api.commands.opening import DataDir, opened, print_line
from api.commands.servers import plain_failures
from graph.embedding.profiles import follow
from graph.errors import InvalidInput


def embed(data_dir: DataDir = None) -> None:
    """Bring the vectors of entity profiles up to date, as is done every 15 minutes. Needs the setting `embedder`."""
    with plain_failures(), opened(data_dir, writing=True) as clients:
        if clients.embedder is None:
            raise InvalidInput("is not set: PENTAD_EMBEDDER=ngrams is built in", "embedder")
        with Progress(console=Console(stderr=True), transient=True) as shown:
            task = shown.add_task("profiles", total=None)
            made = follow(
                clients.database,
                clients.embedder,
                lambda done, total: shown.update(task, completed=done, total=total),
            )
        print_line(f"{made:,} profiles made by {clients.embedder.name}")
