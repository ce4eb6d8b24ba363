"""`pentad keys create | list | revoke`: who may ask the API from where."""

from datetime import timedelta
from typing import Annotated

import typer

from api.commands.opening import AsJson, DataDir, opened, print_json, print_line, print_table
from api.commands.servers import plain_failures
from api.keys import Scope, create_key, list_keys, revoke_key

app = typer.Typer(no_args_is_help=True, help="API keys. Without any, the API answers to this machine alone.")


@app.command()
def create(
    name: Annotated[str, typer.Argument(help="Whose key it is.")],
    scope: Annotated[
        list[str] | None, typer.Option("--scope", help="read, write, review or admin; repeatable.")
    ] = None,
    days: Annotated[
        int | None, typer.Option("--days", min=1, help="Days until it expires.", show_default=False)
    ] = None,
    reader: Annotated[
        str | None,
        typer.Option("--reader", help="Opens the doors of this reader alone; with --scope write.", show_default=False),
    ] = None,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Make a key; it is shown this once. From the first key on, the API answers to keys alone."""
    with plain_failures(), opened(data_dir, writing=True) as clients:
        now = clients.clock()
        expires = now + timedelta(days=days) if days else None
        key = create_key(clients.database, name, scope or [Scope.READ], now, expires, reader=reader)
        if as_json:
            print_json({"key": key})
        else:
            print_line(key)


@app.command("list")
def list_(data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """All keys, without their secrets."""
    with plain_failures(), opened(data_dir) as clients:
        keys = list_keys(clients.database)
        if as_json:
            print_json(keys)
            return
        rows = ((k.id, k.name, " ".join(k.scopes), k.created_at, k.expires_at, k.revoked_at) for k in keys)
        print_table(("id", "name", "scopes", "created", "expires", "revoked"), rows, "no key: loopback only")


@app.command()
def revoke(
    key_id: Annotated[str, typer.Argument(metavar="ID", help="Id of the key, as `list` shows it.")],
    data_dir: DataDir = None,
) -> None:
    """End a key; running services follow within 5 seconds."""
    with plain_failures(), opened(data_dir, writing=True) as clients:
        revoke_key(clients.database, key_id, clients.clock())
        print_line(f"revoked {key_id}")
