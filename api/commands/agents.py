"""`pentad mcp`: the tools of agents over stdin and stdout."""

from typing import Annotated

import typer

from api.access import Granted
from api.commands.opening import DataDir
from api.commands.servers import plain_failures
from api.keys import GRANTED, Scope
from api.logs import configure
from api.settings import load
from api.wiring import open_clients, services, settle_process
from graph.errors import InvalidInput


def mcp(
    scope: Annotated[str, typer.Option("--scope", help="What the tools may do: read, or write to propose.")] = "read",
    data_dir: DataDir = None,
) -> None:
    """Serve agents by the Model Context Protocol on stdin and stdout, on servers that run already."""
    with plain_failures():
        if scope not in GRANTED:
            raise InvalidInput(f"choose of {', '.join(GRANTED)}", "--scope")
        from api.app import create_app
        from api.routes.mcp import require_extra

        require_extra()
        import anyio

        from api.mcp import as_local, over_stdio, server_of

        settings = load(data_dir=data_dir)
        configure()
        settle_process()
        with open_clients(settings) as clients:
            app = create_app(services(settings, clients))
            app.state.guard = Granted(Scope(scope))
            anyio.run(over_stdio, server_of(app, as_local))
