"""`pentad serve | demo`: the API in the foreground, and the whole thing on the bundled sample."""

import shutil
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from api.commands.opening import DataDir, opened, print_line, print_table
from api.commands.servers import bring_up, plain_failures, print_status
from api.settings import load
from graph.embedded import AlreadyRunning
from graph.embedded import status as status_of
from graph.moment import epoch_ms
from graph.queries import statement
from graph.trending import trending as read_trending
from ingest import sample


def serve(
    host: Annotated[str | None, typer.Option("--host", help="Address to listen on.", show_default=False)] = None,
    port: Annotated[int | None, typer.Option("--port", help="Port to listen on.", show_default=False)] = None,
    workers: Annotated[int | None, typer.Option("--workers", help="Processes that answer.", show_default=False)] = None,
    data_dir: DataDir = None,
) -> None:
    """Run the API in the foreground, on servers that run already (`pentad up` starts all of it)."""
    with plain_failures():
        flags = {"data_dir": data_dir, "api_host": host, "api_port": port, "api_workers": workers}
        # FastAPI takes most of a second to import, which no other command should wait for.
        from api.serving import serve_until_stopped

        serve_until_stopped(flags)


def demo(data_dir: DataDir = None) -> None:
    """Start everything, load the bundled sample if the graph is empty, and show what can be asked."""
    with plain_failures():
        options = load(data_dir=data_dir).embedded()
        try:
            bring_up(options)
        except AlreadyRunning:
            Console(stderr=True).print("servers run already", highlight=False)
        with opened(data_dir, writing=True) as clients:
            if not clients.database.read(statement("read/gate_change"))[0]["change"]:
                Console(stderr=True).print("loading the bundled sample", highlight=False)
                clients.pipeline.ingest(enumerate(sample.lines(), 1))
            at = epoch_ms(sample.END)
            board = read_trending(clients.database, clients.boards, epoch_ms(clients.clock()), limit=10, as_of=at)
        print_line(f"\nTrending as of {sample.END:%Y-%m-%d}, half-life 7 days:")
        rows = ((r.rank, r.name, r.type, r.trending_score, r.mention_count) for r in board.rows)
        print_table(("rank", "name", "kind", "score", "mentions"), rows, "nothing was said of anybody by then")
        print_line("")
        seen = status_of(options)
        print_status(seen)
        api = seen.api.addresses.get("api", "http://127.0.0.1:8600")
        pentad = _as_typed()
        print_line("\nTry:")
        print_line(f"  {pentad} co-mentions 'Islamic State of Iraq and the Levant'")
        print_line(f"  {pentad} timeline 'Pope Francis' --limit 5")
        print_line(f"  curl '{api}/api/entities/trending?as_of=2015-10-01&limit=5'")


def _as_typed() -> str:
    """How to call this command from here: by name where it is on the PATH, else by its place in the environment."""
    own = Path(sys.executable).parent / "pentad"
    if shutil.which("pentad") or not own.exists():
        return "pentad"
    return str(own.relative_to(Path.cwd()) if own.is_relative_to(Path.cwd()) else own)
