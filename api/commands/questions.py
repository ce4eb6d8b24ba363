"""`pentad ask`: a question in plain words, answered with its evidence; and a set of questions, scored."""

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from api.ask.answer import Answer, Sentence
from api.ask.asking import ask as ask_graph
from api.ask.asking import helped
from api.ask.evaluating import BUNDLED, Figures, Gold, Scored, asked_all, bundled, by_template, figures, gold_of
from api.ask.retrievers import retrievers_of
from api.commands.asking import Limit, answer
from api.commands.lines import lines_of, object_of
from api.commands.opening import (
    AsJson,
    AsOf,
    DataDir,
    IdentityAt,
    KnownAt,
    clocks,
    opened,
    print_json,
    print_line,
    print_table,
)
from api.commands.servers import plain_failures
from api.llm import ask_model_of, llm_of
from api.settings import load
from api.wiring import Clients
from graph.errors import InvalidInput
from graph.reading.clocks import Clocks


def ask(
    question: Annotated[str | None, typer.Argument(help="A question in plain words.", show_default=False)] = None,
    evaluate: Annotated[
        str | None,
        typer.Option(
            "--evaluate",
            metavar="FILE",
            help="Ask the questions of a file of JSON lines and score the answers; `sample`: the bundled set.",
            show_default=False,
        ),
    ] = None,
    extracted: Annotated[
        bool, typer.Option("--extracted", help="Without the language model, also where one is set.")
    ] = False,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    identity_at: IdentityAt = None,
    limit: Limit = 50,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Answer a question from the graph, with the events that say so; or say that it cannot."""
    with plain_failures():
        if (question is None) == (evaluate is None):
            raise InvalidInput("give a question, or --evaluate FILE", "QUESTION")
        then = clocks(as_of, known_at, identity_at)
    if question is not None:
        text = question
        answer(
            data_dir,
            as_json,
            lambda clients: _helped(clients, data_dir, extracted)(_asking(clients, limit)(text, then), then),
            _show,
        )
        return
    golds = _golds(evaluate or BUNDLED)
    with plain_failures(), opened(data_dir) as clients:
        ask_, help_ = _asking(clients, limit), _helped(clients, data_dir, extracted)
        found = asked_all(golds, lambda gold: help_(ask_(gold.question, gold.clocks), gold.clocks))
        _show_figures(found, as_json)


def _asking(clients: Clients, limit: int) -> Callable[[str, Clocks], Answer]:
    retrieving = retrievers_of(clients.database, clients.embedder)

    def asked(text: str, then: Clocks) -> Answer:
        now = clients.clock()
        return ask_graph(clients.database, clients.boards, now, text, clocks=then, limit=limit, retrieving=retrieving)

    return asked


def _helped(clients: Clients, data_dir: Path | None, extracted: bool) -> Callable[[Answer, Clocks], Answer]:
    """What adds the words of the language model that the settings name, if they name one and it is wanted."""
    settings = load(data_dir=data_dir)
    llm = None if extracted else llm_of(settings, clients.redis, clients.clock)
    model = ask_model_of(settings, llm, clients.redis, clients.clock)

    def by_model(found: Answer, then: Clocks) -> Answer:
        return found if model is None else helped(found, model, "local", clients.database, then)

    return by_model


def _golds(name: str) -> list[Gold]:
    if name == BUNDLED:
        return [gold_of(object_of(line)) for line in bundled()]
    with lines_of(Path(name), lambda line: gold_of(object_of(line))) as read:
        return list(read)


def _show(found: Answer) -> None:
    if not found.answered:
        print_line(f"Not known. {found.reason}")
        return
    for one in found.sentences:
        print_line(_line(one))
    if found.removed:
        print_line(f"{found.removed} statements of the language model were taken out: the evidence does not bear them.")
    for warning in found.warnings:
        print_line(warning)
    if found.table:
        print_line("")
        print_table(found.table.columns, found.table.rows, "")
    if found.at_least:
        print_line("There are more events than are told: narrow the question down, or raise --limit.")


def _line(one: Sentence) -> str:
    at = f"{one.at:%Y-%m-%d}: " if one.at else ""
    return f"{at}{one.text} [{', '.join(one.events)}]"


_COLUMNS = ("set", "questions", "accuracy", "precision", "recall", "abstained", "unanswered", "p50 ms", "p95 ms")


def _show_figures(found: list[Scored], as_json: bool) -> None:
    all_of_it, parts = figures(found), by_template(found)
    wrong = [one for one in found if not one.right or (one.gold.answerable and (one.precision or 0) + one.recall < 2)]
    if as_json:
        told = {"all": asdict(all_of_it), "templates": {name: asdict(one) for name, one in parts.items()}}
        print_json(told | {"wrong": [one.gold.id or one.gold.question for one in wrong]})
        return
    for one in wrong:
        print_line(
            f"{one.gold.id or '-'}  precision {_cell(one.precision)}  recall {one.recall:.2f}  {one.gold.question}"
        )
    print_table(_COLUMNS, [_row(name, one) for name, one in (*parts.items(), ("all", all_of_it))], "no question")
    if all_of_it.composed or all_of_it.removed:
        told = f"{all_of_it.composed} answers in the words of the language model; "
        print_line(told + f"{all_of_it.removed} of its statements were taken out.")


def _row(name: str, one: Figures) -> tuple[object, ...]:
    shares = (one.accuracy, one.precision, one.recall, one.abstained)
    return (
        name,
        one.questions,
        *(_cell(share) for share in shares),
        one.unanswered,
        f"{one.p50_ms:.0f}",
        f"{one.p95_ms:.0f}",
    )


def _cell(share: float | None) -> str:
    return "-" if share is None else f"{share:.3f}"
