"""Watches through the real graph: on what they fire, once for each change, with what; how it is delivered."""

import json
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from neo4j import Driver
from redis import Redis
from standardwebhooks import Webhook

from graph import jobs, watches
from graph.database import Database
from graph.errors import InvalidInput, NotFound
from graph.job import JobState
from graph.watch import Occasion, Watch, WatchSort
from ingest.fetching import Allowed, Guard, SafeClient
from ingest.job_context import WorkerOptions
from ingest.job_kinds import registry
from ingest.watching.delivering import deliveries
from ingest.watching.following import Watching, WatchingOptions
from ingest.watching.keeping import Draft, change, judge, make
from ingest.worker import Outcome, Worker
from tests.factory import person, told
from tests.judging_world import Court, key_of, people

ANNA, ZOFIA, MARIA, PIOTR = (key_of(name) for name in ("Anna Kowalska", "Zofia Nowak", "Maria Lis", "Piotr Zych"))


class Watched(Court):
    """A court whose change feed is followed."""

    def __init__(self, graph: Database, redis: Redis) -> None:
        super().__init__(graph, redis)
        self.watching = Watching(graph, self.boards, self.judging, lambda: self.now, WatchingOptions(rest=0))

    def watch(self, sort: WatchSort, *on: Occasion, url: str | None = None, **spec: Any) -> Watch:
        return make(self.watching, Draft(sort, spec, "", on, url), "ann")

    def told_by(self, watch: Watch) -> list[tuple[str, dict[str, Any]]]:
        """Follows, and answers all that the watch ever told."""
        self.projections.catch_up()
        self.watching.follow()
        found = watches.fired(self.graph, watch.id, limit=200)
        assert [one.n for one in found] == list(range(1, len(found) + 1))
        return [(one.sort, one.told["data"]) for one in found]


@pytest.fixture
def court(graph: Database, redis_client: Redis) -> Watched:
    return Watched(graph, redis_client)


def meeting(key: str, *names: str, **more: Any) -> dict[str, Any]:
    return told(key, who=[person(name) for name in names], **more)


def test_an_entity_fires_on_new_events_that_name_it_and_on_nothing_before(court: Watched) -> None:
    court.take(meeting("a", "Anna Kowalska"))
    watch = court.watch(WatchSort.ENTITY, key=ANNA)
    assert watch.name == "Anna Kowalska" and court.told_by(watch) == []
    court.take(meeting("b", "Anna Kowalska", "Zofia Nowak"), meeting("c", "Zofia Nowak"), meeting("d", "Anna Kowalska"))
    court.take(meeting("c", "Zofia Nowak", "Anna Kowalska", title="corrected"))
    court.take(meeting("b", "Anna Kowalska", title="corrected"))
    fired = court.told_by(watch)
    assert [(sort, told["count"], sorted(one["id"] for one in told["events"])) for sort, told in fired] == [
        ("events", 3, ["b", "c", "d"])
    ]
    assert fired[0][1]["events"][0]["entities"] == [ANNA]
    assert court.told_by(watch) == fired
    # Told anew, an event is news to whom it did not name before.
    court.take(meeting("e", "Zofia Nowak"))
    assert court.told_by(watch) == fired
    court.take(meeting("e", "Zofia Nowak", "Anna Kowalska"), meeting("b", "Anna Kowalska", title="once more"))
    assert [one["id"] for one in court.told_by(watch)[1][1]["events"]] == ["e"]
    assert court.faults() == []


def test_many_who_follow_at_once_tell_each_thing_once(court: Watched) -> None:
    court.take(*people("Anna Kowalska", "Zofia Nowak"))
    watch = court.watch(WatchSort.ENTITY, key=ANNA)
    for n in range(6):
        court.take(meeting(f"m{n}", "Anna Kowalska", "Zofia Nowak"))
    with ThreadPoolExecutor(4) as pool:
        for look in [pool.submit(court.watching.follow) for _ in range(8)]:
            look.result()
    fired = court.told_by(watch)
    assert len(fired) == 6 and len({told["change"] for _, told in fired}) == 6


def test_an_entity_means_whoever_holds_the_name_now(court: Watched) -> None:
    court.take(*people("Anna Kowalska", "Zofia Nowak"))
    watch = court.watch(WatchSort.ENTITY, Occasion.EVENTS, key=ZOFIA)
    merged = court.merge(ANNA, ZOFIA)
    court.take(meeting("b", "Anna Kowalska"))
    assert [one["id"] for _, told in court.told_by(watch) for one in told["events"]] == ["b"]
    court.undo(merged)
    court.take(meeting("c", "Anna Kowalska"), meeting("d", "Zofia Nowak"))
    assert [one["id"] for _, told in court.told_by(watch) for one in told["events"]] == ["b", "d"]


def test_merge_and_split_tell_what_came_and_what_went(court: Watched) -> None:
    court.take(*people("Anna Kowalska", "Zofia Nowak"))
    watch = court.watch(WatchSort.ENTITY, key=ANNA)
    merged = court.merge(ANNA, ZOFIA)
    court.told_by(watch)
    court.undo(merged)
    (one, joined), (two, parted) = court.told_by(watch)
    assert (one, [gained["alias"] for gained in joined["gained"]], joined["decision"]) == (
        "merge",
        ["Zofia Nowak"],
        merged.id,
    )
    assert (two, [(lost["alias"], lost["entity"]["key"]) for lost in parted["lost"]]) == (
        "split",
        [("Zofia Nowak", ZOFIA)],
    )


def test_a_name_that_is_learned_is_no_merge(court: Watched) -> None:
    court.take(*people("Anna Kowalska"))
    watch = court.watch(WatchSort.ENTITY, Occasion.MERGE, Occasion.SPLIT, key=ANNA)
    court.take(meeting("b", "Kowalska, Anna"), meeting("c", "Dr. Anna Kowalska"))
    assert court.told_by(watch) == []


def test_a_rank_fires_from_the_change_asked_for_on(court: Watched) -> None:
    court.take(*people("Anna Kowalska", "Zofia Nowak", "Maria Lis", "Piotr Zych"))
    court.take(*(meeting(f"z{n}{name}", name) for n in range(2) for name in ("Zofia Nowak", "Maria Lis", "Piotr Zych")))
    court.projections.catch_up()
    watch = court.watch(WatchSort.ENTITY, Occasion.RANK, key=ANNA, rank_change=2)
    court.take(*(meeting(f"a{n}", "Anna Kowalska") for n in range(8)))
    ((sort, rank),) = court.told_by(watch)
    assert sort == "rank" and rank["rank"] == 1 and rank["old_rank"] - rank["rank"] >= 2
    assert rank["score"] > rank["old_score"] and rank["reason"] == "moved"
    court.take(meeting("more", "Anna Kowalska"))
    assert len(court.told_by(watch)) == 1


def test_a_pair_fires_on_a_new_way_with_the_confidence_of_all_of_it(court: Watched) -> None:
    court.take(*people("Anna Kowalska", "Zofia Nowak", "Maria Lis", "Piotr Zych"))
    watch = court.watch(WatchSort.PAIR, a=ANNA, b=ZOFIA)
    court.take(meeting("b", "Anna Kowalska", "Maria Lis"))
    assert court.told_by(watch) == []
    court.take(meeting("c", "Maria Lis", "Zofia Nowak", confidence=0.5))
    ((sort, told),) = court.told_by(watch)
    assert (sort, told["shortest_before"]) == ("path", None)
    (path,) = told["paths"]
    assert [node["key"] for node in path["nodes"]] == [ANNA, MARIA, ZOFIA]
    assert path["confidence"] == pytest.approx(0.5)
    assert [hop["n"] for hop in path["hops"]] == [1, 1]
    court.take(meeting("d", "Maria Lis", "Zofia Nowak"))
    assert len(court.told_by(watch)) == 1
    court.take(meeting("e", "Anna Kowalska", "Zofia Nowak"))
    assert court.told_by(watch)[1][1]["shortest_before"] == 2


def test_a_pair_follows_merges_and_says_when_the_two_are_one(court: Watched) -> None:
    court.take(meeting("a", "Anna Kowalska", "Maria Lis"), meeting("b", "Piotr Zych", "Zofia Nowak"))
    watch = court.watch(WatchSort.PAIR, Occasion.PATH, Occasion.MERGE, Occasion.SPLIT, a=ANNA, b=ZOFIA)
    joined = court.merge(MARIA, PIOTR)
    ((sort, told),) = court.told_by(watch)
    assert sort == "path" and [node["key"] for node in told["paths"][0]["nodes"]] == [ANNA, MARIA, ZOFIA]
    one = court.merge(ANNA, ZOFIA)
    assert [sort for sort, _ in court.told_by(watch)] == ["path", "merge"]
    court.undo(one)
    assert [sort for sort, _ in court.told_by(watch)] == ["path", "merge", "split"]
    court.undo(joined)
    assert len(court.told_by(watch)) == 3


def test_a_search_fires_on_what_it_did_not_find_before(court: Watched) -> None:
    court.take(*people("Anna Kowalska", "Zofia Nowak"))
    watch = court.watch(WatchSort.QUERY, Occasion.MATCH, Occasion.EVENTS, q="Kowalska", kind="person")
    court.take(meeting("b", "Ewa Kowalska"), meeting("c", "Zofia Nowak"), meeting("d", "Anna Kowalska"))
    fired = court.told_by(watch)
    assert [(sort, told["count"]) for sort, told in fired] == [("events", 1), ("match", 1)]
    assert [one["name"] for one in fired[1][1]["matches"]] == ["Ewa Kowalska"]
    court.merge(ANNA, key_of("Ewa Kowalska"))
    court.take(meeting("e", "Ewa Kowalska"))
    assert [sort for sort, _ in court.told_by(watch)] == ["events", "match", "events"]


def test_a_costly_look_that_is_put_off_is_made_up_for(court: Watched) -> None:
    court.take(*people("Anna Kowalska", "Zofia Nowak"))
    court.watching = Watching(court.graph, court.boards, court.judging, lambda: court.now, WatchingOptions(rest=60))
    watch = court.watch(WatchSort.PAIR, a=ANNA, b=ZOFIA)
    court.take(meeting("b", "Anna Kowalska", "Maria Lis"))
    assert court.told_by(watch) == []
    court.take(meeting("c", "Maria Lis", "Zofia Nowak"))
    assert court.told_by(watch) == []
    court.now += timedelta(seconds=61)
    assert [sort for sort, _ in court.told_by(watch)] == ["path"]
    assert watches.standing(court.graph).watches == []


def test_a_row_is_scored_again_only_against_what_changed(court: Watched) -> None:
    names = [f"{first} {last}" for first in ("Anna", "Ewa", "Maria") for last in ("Kowalska", "Kowalski", "Kovalska")]
    court.take(*people(*names))
    watch = court.watch(WatchSort.EXAMPLE, names=["Anna Kowalska"], kind="person")
    first = watch.state["rescored"]
    assert first >= 2 and watch.state["scores"][ANNA]["score"] > 0.9
    court.take(*(meeting(f"m{n}", name) for n, name in enumerate(names)))
    court.take(meeting("far", "Xu Zhimo"))
    assert court.told_by(watch) == []
    assert watches.get(court.graph, watch.id).state["rescored"] == first
    court.take(meeting("near", "Ana Kowalska"))
    ((sort, told),) = court.told_by(watch)
    assert watches.get(court.graph, watch.id).state["rescored"] <= first + 2
    assert (sort, told["reason"], told["old_score"]) == ("score", "new", 0.0)
    assert told["score"] > 0.5 and told["entity"]["name"] == "Ana Kowalska" and told["alias"] == "Ana Kowalska"


def test_a_row_tells_old_score_new_score_and_the_reason_when_entities_merge_and_split(court: Watched) -> None:
    court.take(*people("Anna Kowalska", "Zofia Nowak", "Maria Lis"))
    watch = court.watch(WatchSort.EXAMPLE, names=["Zofia Nowak"], kind="person")
    assert set(watch.state["scores"]) == {ZOFIA}
    joined = court.merge(MARIA, ZOFIA)
    held = joined.entities[0]
    after = watches.get(court.graph, watch.id)
    assert court.told_by(watch) == []
    after = watches.get(court.graph, watch.id)
    assert set(after.state["scores"]) == {held}
    court.undo(joined)
    fired = court.told_by(watch)
    by_key = {told["entity"]["key"]: told for sort, told in fired if sort == "score"}
    if held != ZOFIA:
        assert by_key[MARIA]["score"] == 0.0 and by_key[MARIA]["old_score"] > 0.9
        assert by_key[MARIA]["reason"] == "split"
        assert by_key[ZOFIA]["score"] > 0.9
    assert set(watches.get(court.graph, watch.id).state["scores"]) == {ZOFIA}


def test_a_rows_own_judgements_hold_and_follow_merges(court: Watched) -> None:
    court.take(*people("Anna Kowalska", "Ana Kowalska", "Zofia Nowak"))
    watch = court.watch(WatchSort.EXAMPLE, names=["Anna Kowalska"], kind="person")
    judge(court.watching, watch.id, ANNA, "negative")
    found = judge(court.watching, watch.id, ZOFIA, "positive")
    scores = {key: (one["score"], one["why"]) for key, one in found.state["scores"].items()}
    assert scores[ANNA] == (0.0, "judged to be somebody else")
    assert scores[ZOFIA] == (1.0, "judged to be the same")
    court.merge(ANNA, ZOFIA)
    ((_, told),) = court.told_by(watch)
    # Who is parted from any of somebody's names is parted from them all.
    assert (told["old_score"], told["score"], told["reason"]) == (1.0, 0.0, "merged")
    assert judge(court.watching, watch.id, ANNA, None).state["scores"][ANNA]["score"] == 1.0
    with pytest.raises(NotFound):
        judge(court.watching, watch.id, "f" * 64, "negative")


def test_what_cannot_be_watched(court: Watched) -> None:
    court.take(*people("Anna Kowalska"))
    for sort, spec in ((WatchSort.ENTITY, {"key": "f" * 64}), (WatchSort.PAIR, {"a": ANNA, "b": "f" * 64})):
        with pytest.raises(NotFound):
            court.watch(sort, **spec)
    with pytest.raises(InvalidInput):
        court.watch(WatchSort.ENTITY, Occasion.PATH, key=ANNA)
    for url in ("file:///etc/passwd", "http://user:pw@example.org/", "nonsense"):
        with pytest.raises(InvalidInput):
            court.watch(WatchSort.ENTITY, key=ANNA, url=url)
    assert watches.listed(court.graph) == []


def test_a_pause_is_silent_and_a_gap_is_told(court: Watched, driver: Driver) -> None:
    court.take(*people("Anna Kowalska"))
    watch = court.watch(WatchSort.ENTITY, key=ANNA)
    change(court.watching, watch.id, paused=True)
    court.take(meeting("b", "Anna Kowalska"))
    assert court.told_by(watch) == []
    change(court.watching, watch.id, paused=False)
    assert court.told_by(watch) == []
    court.take(meeting("c", "Anna Kowalska"))
    assert [one["id"] for _, told in court.told_by(watch) for one in told["events"]] == ["c"]
    court.take(meeting("d", "Anna Kowalska"))
    court.take(meeting("e", "Anna Kowalska"))
    with driver.session() as session:
        session.run("MATCH (o:Outbox) WITH max(o.change) AS last MATCH (o:Outbox) WHERE o.change < last DELETE o")
    assert [sort for sort, _ in court.told_by(watch)][1:] == ["gap"]
    court.take(meeting("f", "Anna Kowalska"))
    assert [sort for sort, _ in court.told_by(watch)][1:] == ["gap", "events"]


class Receiver:
    """Somebody at 127.0.0.1 who takes messages, or does not."""

    def __init__(self) -> None:
        self.answers: list[int] = []
        self.heard: list[tuple[dict[str, str], str]] = []
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"])).decode()
                receiver.heard.append(({name.casefold(): text for name, text in self.headers.items()}, body))
                self.send_response(receiver.answers.pop(0) if receiver.answers else 204)
                self.send_header("content-length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
                pass

        self._server = HTTPServer(("127.0.0.1", 0), Handler)
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    made = Receiver()
    yield made
    made.close()


def worker(court: Watched, allowed: str = "") -> Worker:
    client = SafeClient(Guard(Allowed.of([allowed])))
    options = WorkerOptions(attempts=2, backoff=0.01)
    return Worker(court.graph, registry([deliveries(client, lambda: court.now)]), options)


def waiting(court: Watched, watch: Watch) -> list[str]:
    return [one.job for one in watches.fired(court.graph, watch.id) if one.job is not None]


def test_a_delivery_is_signed_tried_again_and_the_dead_letter_sent_again(
    court: Watched, receiver: Receiver, driver: Driver
) -> None:
    court.now = court.now.replace(year=2026)
    court.take(*people("Anna Kowalska"))
    watch = court.watch(WatchSort.ENTITY, key=ANNA, url=receiver.url)
    assert watch.secret is not None and watch.secret.startswith("whsec_") and watch.secret not in repr(watch)
    court.take(meeting("b", "Anna Kowalska"))
    assert len(court.told_by(watch)) == 1
    (job,) = waiting(court, watch)
    receiver.answers = [500, 503, 200]
    works = worker(court, f"127.0.0.1:{receiver.port}")
    assert works.run(job) is Outcome.RETRY
    with driver.session() as session:
        session.run("MATCH (j:Job {id: $id}) SET j.not_before = datetime() - duration('PT1S')", id=job).consume()
    assert works.run(job) is Outcome.DEAD
    (dead,) = watches.fired(court.graph, watch.id, delivery="dead")
    assert (dead.cause, dead.attempts) == ("the receiver answered 503", 2)
    jobs.retry(court.graph, job)
    assert works.run(job) is Outcome.DONE
    assert len({headers["webhook-id"] for headers, _ in receiver.heard}) == 1
    headers, body = receiver.heard[-1]
    message = json.loads(body)
    assert (message["type"], message["data"]["events"][0]["id"]) == ("watch.events", "b")
    standing = {name: headers[name] for name in ("webhook-id", "webhook-timestamp", "webhook-signature")}
    signed = Webhook(watch.secret).sign(standing["webhook-id"], court.now, body)
    assert standing["webhook-signature"] == signed
    assert Webhook("whsec_" + "A" * 44).sign(standing["webhook-id"], court.now, body) != signed
    # Woken again, it is over.
    assert works.run(job) is Outcome.NONE and len(receiver.heard) == 3


def test_an_address_of_a_private_network_is_never_reached(court: Watched, receiver: Receiver) -> None:
    court.take(*people("Anna Kowalska"))
    watch = court.watch(WatchSort.ENTITY, key=ANNA, url=f"http://localhost:{receiver.port}/")
    court.take(meeting("b", "Anna Kowalska"))
    court.told_by(watch)
    (job,) = waiting(court, watch)
    assert worker(court).run(job) is Outcome.DEAD
    assert jobs.get_job(court.graph, job).state is JobState.DEAD
    assert receiver.heard == []


def test_who_is_gone_for_good_is_not_tried_again_and_a_dropped_watch_delivers_nothing(
    court: Watched, receiver: Receiver
) -> None:
    court.take(*people("Anna Kowalska"))
    watch = court.watch(WatchSort.ENTITY, key=ANNA, url=receiver.url)
    court.take(meeting("b", "Anna Kowalska"))
    court.take(meeting("c", "Anna Kowalska"))
    court.told_by(watch)
    gone, dropped = waiting(court, watch)
    receiver.answers = [410]
    works = worker(court, f"127.0.0.1:{receiver.port}")
    assert works.run(gone) is Outcome.DEAD
    watches.drop(court.graph, watch.id)
    assert works.run(dropped) is Outcome.DONE
    assert len(receiver.heard) == 1
    with pytest.raises(NotFound):
        watches.get(court.graph, watch.id)
    assert value_of_firings(court) == 0


def value_of_firings(court: Watched) -> int:
    return watches.purge(court.graph, court.now + timedelta(days=1))


def test_old_firings_are_purged_and_the_watch_goes_on(court: Watched) -> None:
    court.take(*people("Anna Kowalska"))
    watch = court.watch(WatchSort.ENTITY, key=ANNA)
    court.take(meeting("b", "Anna Kowalska"))
    assert len(court.told_by(watch)) == 1
    assert watches.purge(court.graph, court.now + timedelta(seconds=1)) == 1
    court.take(meeting("c", "Anna Kowalska"))
    court.watching.follow()
    assert [one.n for one in watches.fired(court.graph, watch.id)] == [2]
