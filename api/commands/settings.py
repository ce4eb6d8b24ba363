"""`pentad settings`: what can be set, what is in force, and where that comes from."""

from collections.abc import Iterator
from typing import Annotated, Any, NamedTuple

import typer
from pydantic import SecretStr

from api.commands.opening import AsJson, DataDir, print_json, print_line, print_table
from api.commands.servers import plain_failures
from api.logs import masked
from api.settings import Settings, config_file, environment_names, load, origins

HIDDEN = "…"
_FOLDERS = {"data_dir": "the user's data folder", "cache_dir": "the user's cache folder"}


class Row(NamedTuple):
    """One setting, as the documentation has it."""

    name: str
    variables: tuple[str, ...]
    default: str
    meaning: str


def settings(
    markdown: Annotated[bool, typer.Option("--markdown", help="Print docs/settings.md instead.")] = False,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Every setting with its value in force and where that comes from; secrets are not shown."""
    with plain_failures():
        if markdown:
            print_line(document().rstrip())
            return
        flags = {"data_dir": data_dir}
        values, sources = load(**flags), origins(**flags)
        rows = [(row.name, shown(getattr(values, row.name)), sources[row.name], row.variables[0]) for row in table()]
        if as_json:
            told = [dict(zip(("name", "value", "from", "variable"), row, strict=True)) for row in rows]
            print_json({"file": str(config_file()), "settings": told})
            return
        print_table(("setting", "value", "from", "variable"), rows, "")
        print_line(f"file: {config_file()}{'' if config_file().exists() else ' (not there)'}")


def shown(value: Any) -> str | None:
    """A value as it may be seen."""
    if isinstance(value, SecretStr):
        return HIDDEN if value.get_secret_value() else ""
    if isinstance(value, bool):
        return str(value).lower()
    return None if value is None else masked(f"{value:g}" if isinstance(value, float) else str(value))


def table() -> Iterator[Row]:
    """All settings, in the order in which they are declared."""
    for name, field in Settings.model_fields.items():
        default = _FOLDERS.get(name) or shown(field.default)
        yield Row(name, tuple(environment_names(name)), default or "", " ".join((field.description or "").split()))


def document() -> str:
    """docs/settings.md, made from the one table of api/settings.py."""
    lines = [
        f"| `{row.name}` | {', '.join(f'`{one}`' for one in row.variables)} | {row.default} | {row.meaning} |"
        for row in table()
    ]
    return "\n".join([_HEAD, *lines, ""])


_HEAD = """# Settings

Made by `pentad settings --markdown` from the one table in `api/settings.py`; a test holds this page to it.

A flag of the command line wins over the environment, that over the file, that over the default. The file is TOML,
`name = value` a line: `config.toml` in the user's configuration folder, or what `PENTAD_CONFIG` names. A name that is
not in this table is refused. `pentad settings` prints what is in force and where each value comes from (`--json` for
programs); secrets are not shown.

| setting | environment | default | what |
| --- | --- | --- | --- |"""
