"""From an address to an event in the graph, and how soon a stub is answered, through the API and a worker as users run
them. Ten pages (MADE, `bench/pages.jsonl`) stand on a site on loopback; `--texts` adds a file of articles of your own.
"""

import html
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from pathlib import Path
from threading import Thread
from typing import Any

import httpx2

from api.settings import Settings
from api.wiring import open_clients, prepare
from bench.figures import Figure
from bench.statements import raw
from graph.database import Database
from graph.embedded import start, start_api, stop

STUBS = 200
PATIENCE = 600.0
"""Seconds within which all pages have to be over."""


def measure(settings: Settings, texts: Path | None) -> list[Figure]:
    """Rows of the table; starts stores, API and worker of its own on the settings' data folder."""
    with _site() as port, start(settings.embedded(), owned=True), open_clients(settings) as clients:
        prepare(clients)
        # Only these two read them: the guard refuses loopback to everybody else.
        os.environ["PENTAD_FETCH_ALLOW"] = f"127.0.0.1:{port}"
        address = start_api(
            settings.embedded(),
            lambda free: [
                *(sys.executable, "-m", "api.cli", "serve"),
                *("--port", str(free), "--data-dir", str(settings.data_dir)),
            ],
            version="bench",
        )
        try:
            with httpx2.Client(base_url=address, timeout=30) as client:
                with _worker(settings):
                    wishes = [{"url": f"http://127.0.0.1:{port}/{n}"} for n in range(len(_pages()))]
                    figures = _told(client, clients.database, wishes, "URL")
                    if texts is not None:
                        figures += _told(client, clients.database, _articles(texts), "text")
                figures += _stubs(client)
        finally:
            stop(settings.data_dir, ("api",))
            del os.environ["PENTAD_FETCH_ALLOW"]
    return figures


def _stubs(client: httpx2.Client) -> list[Figure]:
    """Nobody works meanwhile: it is the answer that is measured, not what reading takes from it."""
    took: list[float] = []
    for n in range(STUBS + 10):
        began = time.perf_counter()
        client.post("/api/artifacts", json={"url": f"https://post.example/{n}"}).raise_for_status()
        took.append((time.perf_counter() - began) * 1e3)
    return [Figure("POST /api/artifacts, stub, p95", _p95(took[10:]), None, "ms", "< 100")]


def _told(client: httpx2.Client, database: Database, wishes: list[dict[str, Any]], sort: str) -> list[Figure]:
    asked: dict[str, float] = {}
    for wish in wishes:
        answer = client.post("/api/artifacts", json=wish).raise_for_status().json()
        asked.update((one["id"], time.monotonic()) for one in answer["items"])
    told: dict[str, float] = {}
    over = set[str]()
    until = time.monotonic() + PATIENCE
    while len(over) < len(asked) and time.monotonic() < until:
        time.sleep(0.1)
        row = database.read(raw("pages_told"), {"ids": sorted(asked)}, timeout=30)[0]
        over = set(row["over"])
        for key in row["told"]:
            told.setdefault(key, time.monotonic())
    took = [told[key] - asked[key] for key in told]
    return [
        Figure(f"{sort} to event, p95 of {len(took)}", _p95(took), None, "s", "<= 30"),
        Figure(f"{sort} to event, median", statistics.median(took) if took else 0.0, None, "s"),
        Figure(f"{sort}s with an event, of {len(wishes)}", len(told), None, ""),
    ]


def _p95(took: list[float]) -> float:
    return sorted(took)[max(0, -(-len(took) * 95 // 100) - 1)] if took else float("inf")


@contextmanager
def _worker(settings: Settings) -> Iterator[None]:
    words = [sys.executable, "-m", "api.cli", "worker", "--beat", "--data-dir", str(settings.data_dir)]
    log = settings.data_dir.parent / "worker.log"
    with log.open("wb") as out:
        worker = subprocess.Popen(words, stdout=out, stderr=subprocess.STDOUT)
    try:
        while "worker is ready" not in log.read_text():
            if worker.poll() is not None:
                raise RuntimeError(log.read_text()[-2_000:])
            time.sleep(0.1)
        yield
    finally:
        worker.terminate()
        worker.wait(30)


def _pages() -> list[dict[str, Any]]:
    text = files("bench").joinpath("pages.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def _articles(file: Path) -> list[dict[str, Any]]:
    """Articles as `pentad extract --articles` takes them, as texts to be read."""
    found: list[dict[str, Any]] = []
    for line in file.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        wish = {"title": row.get("title"), "text": "\n\n".join(filter(None, (row.get("description"), row.get("text"))))}
        day = row.get("date_publish")
        found.append(wish | ({"published": datetime.fromisoformat(day).date().isoformat()} if day else {}))
    return found


@contextmanager
def _site() -> Iterator[int]:
    shown = [_shown(page).encode() for page in _pages()]

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            name = self.path.strip("/")
            page = shown[int(name)] if name.isdigit() and int(name) < len(shown) else None
            self.send_response(200 if page else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(page or b"")))
            self.end_headers()
            self.wfile.write(page or b"")

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield int(server.server_address[1])
    finally:
        server.shutdown()
        server.server_close()


def _shown(page: dict[str, Any]) -> str:
    """As news sites show it, furniture included."""
    title = html.escape(page["title"])
    told = "".join(f"<p>{html.escape(one)}</p>" for one in page["paragraphs"])
    links = "".join(f"<li><a href='/{n}'>More news {n}</a></li>" for n in range(12))
    return f"""<!DOCTYPE html><html lang="en"><head><title>{title} | The Selwyn Post</title>
<meta property="og:site_name" content="The Selwyn Post"><meta property="og:title" content="{title}">
<meta name="description" content="{html.escape(page["paragraphs"][0][:150])}">
<meta property="article:published_time" content="{page["published"]}T06:00:00Z"><script>let shown = 1;</script></head>
<body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav><div class="banner">Accept cookies</div>
<main><article><h1>{title}</h1>{told}</article></main><aside><h2>Read also</h2><ul>{links}</ul></aside>
<footer>Imprint, contact</footer></body></html>"""
