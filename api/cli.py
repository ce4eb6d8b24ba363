"""The command line: `pentad --help`. Exit codes: 0 done, 1 failed or different, 2 wrongly called."""

from importlib.metadata import version
from typing import Annotated

import typer

from api.commands import (
    agents,
    artifacts,
    auditing,
    backing,
    boards,
    deduping,
    differing,
    drilling,
    embedding,
    enriching,
    exploring,
    exporting,
    extracting,
    facts,
    feeds,
    grouping,
    hierarchy,
    importing,
    ingesting,
    jobs,
    keys,
    loading,
    matching,
    merging,
    modelling,
    planning,
    quality,
    questions,
    readers,
    reading,
    retracting,
    reviewing,
    servers,
    serving,
    watching,
    working,
)
from api.commands import settings as set_commands
from api.logs import for_a_command

app = typer.Typer(
    name="pentad",
    help="Who did what, where, when and why: events in, one living graph out.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

for panel, commands in {
    "Servers": (
        servers.up,
        servers.down,
        servers.status,
        servers.doctor,
        planning.plan,
        set_commands.settings,
        serving.serve,
        serving.demo,
        agents.mcp,
        working.worker,
        working.beat,
    ),
    "Load and audit": (
        ingesting.ingest,
        ingesting.extract_entities,
        loading.check,
        backing.backup,
        backing.restore,
        drilling.drill,
        boards.rebuild,
        boards.sync_trending,
        enriching.enrich,
        embedding.embed,
    ),
    "Who is who": (
        merging.merge,
        merging.split,
        merging.undo,
        deduping.dedupe,
        quality.quality,
    ),
    "Ask": (
        questions.ask,
        boards.trending,
        exploring.rising,
        differing.diff,
        reading.search,
        exploring.find,
        reading.entity,
        reading.timeline,
        reading.co_mentions,
        reading.neighbourhood,
        hierarchy.hierarchy,
        exploring.path,
        exploring.why,
        exploring.consequences,
        exploring.changes,
        exporting.export,
        boards.rank,
        reading.history,
        reading.event,
        reading.events,
    ),
}.items():
    for command in commands:
        app.command(rich_help_panel=panel)(command)
app.command("import", rich_help_panel="Load and audit")(importing.import_files)
app.command("match", rich_help_panel="Ask")(matching.match_names)
app.add_typer(feeds.app, name="feed", rich_help_panel="Load and audit")
app.command("read", rich_help_panel="Texts")(artifacts.read)
app.command(rich_help_panel="Texts")(extracting.extract)
app.command(rich_help_panel="Texts")(grouping.cluster)
app.command(rich_help_panel="Texts")(grouping.mentions)
app.command("explain", rich_help_panel="Who is who")(merging.explain_pair)
app.add_typer(retracting.app, name="retract", rich_help_panel="Load and audit")
app.add_typer(facts.app, name="facts", rich_help_panel="Ask")
app.add_typer(reviewing.app, name="review", rich_help_panel="Who is who")
app.add_typer(readers.app, name="reader", rich_help_panel="Readers and watches")
app.add_typer(watching.app, name="watch", rich_help_panel="Readers and watches")
app.add_typer(keys.app, name="keys", rich_help_panel="Servers")
app.add_typer(auditing.app, name="audit", rich_help_panel="Servers")
app.add_typer(jobs.app, name="jobs", rich_help_panel="Servers")
app.command("llm", rich_help_panel="Texts")(modelling.llm)


@app.callback(invoke_without_command=True)
def root(
    context: typer.Context,
    show_version: Annotated[bool, typer.Option("--version", help="Show the version and exit.")] = False,
) -> None:
    """Who did what, where, when and why: events in, one living graph out."""
    context.with_resource(for_a_command())
    if show_version:
        typer.echo(f"pentad {version('pentad')}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


def main() -> None:
    """Entry point of the `pentad` script."""
    app()


if __name__ == "__main__":
    main()
