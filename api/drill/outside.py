"""What is not ours misbehaves: a language model that hangs, fails, talks nonsense or without end; pages that do."""

import gzip
import json
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from api.drill.ground import Ground, eventually
from api.drill.model import must
from api.drill.news import news, person

_BOMB = gzip.compress(b"\0" * (200 << 20), 9)
_PAGES = ("/drip", "/endless", "/bomb", "/loop")
PAGE_TIME = 10.0


class _Handler(BaseHTTPRequestHandler):
    """One misbehaviour for each path."""

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (the library's signature)
        """Nothing: the drill tells what matters."""

    def do_GET(self) -> None:
        """A page."""
        with suppress(OSError):
            self._page(self.path)

    def do_POST(self) -> None:
        """A language model."""
        with suppress(OSError):
            self.rfile.read(int(self.headers.get("content-length", 0)))
            self._model(self.path.split("/")[1])

    def _page(self, path: str) -> None:
        if path == "/loop":
            self._head(302, {"Location": "/loop"})
        elif path == "/bomb":
            self._head(200, {"Content-Encoding": "gzip", "Content-Length": str(len(_BOMB))})
            self.wfile.write(_BOMB)
        elif path in ("/drip", "/endless"):
            self._head(200, {"Content-Length": str(10 << 30)})
            piece = b"<p>word</p>" if path == "/drip" else b"<p>word</p>" * 6_000
            for _ in range(200_000):
                self.wfile.write(piece)
                if path == "/drip":
                    time.sleep(0.2)
        else:
            self._head(404, {"Content-Length": "0"})

    def _model(self, mode: str) -> None:
        if mode == "hang":
            time.sleep(120)
        elif mode == "error":
            self._head(500, {"Content-Length": "0"})
        else:
            said = "}{ no json" if mode == "garbage" else "x" * 1_000_000
            message = {"role": "assistant", "content": said}
            told = json.dumps({"choices": [{"message": message}]}).encode() if mode == "long" else said.encode()
            self._head(200, {"Content-Type": "application/json", "Content-Length": str(len(told))})
            self.wfile.write(told)

    def _head(self, status: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in ({"Content-Type": "text/html"} | headers).items():
            self.send_header(name, value)
        self.end_headers()


@contextmanager
def _misbehaving() -> Generator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()


def model_fails(ground: Ground) -> str:
    """The language model hangs, answers 500, garbage, or a megabyte."""
    question = {"question": f"What did {person(3)} do?"}
    told: list[str] = []
    with _misbehaving() as port:
        with ground.door() as door:
            door.post("/api/events", news("model", 20))
            plain = _claims(door.post("/api/ask", question).json())
        for mode in ("hang", "error", "garbage", "long"):
            env = {
                "PENTAD_LLM": "openai",
                "PENTAD_LLM_URL": f"http://127.0.0.1:{port}/{mode}",
                "PENTAD_LLM_MODEL": "made-1",
                "PENTAD_LLM_TIMEOUT": "3",
                "PENTAD_FETCH_ALLOW": f"127.0.0.1:{port}",
            }
            with ground.door(env) as door:
                started = time.monotonic()
                answer = door.post("/api/ask", question)
                seconds = time.monotonic() - started
                must(answer.status_code in (200, 503, 504), f"with {mode}: {answer.status_code}")
                if answer.status_code == 200:
                    must(_claims(answer.json()) == plain, f"with {mode} another answer than without a model")
                must(seconds < 60, f"with {mode} it took {seconds:.0f} s")
                spent = door.get("/metrics").text
                must("pentad_llm_tokens_left" in spent, "the budget is not told")
                told.append(f"{mode} {answer.status_code} in {seconds:.1f} s")
    return ", ".join(told) + ": the extractive answer"


def pages_misbehave(ground: Ground) -> str:
    """A page that drips, one of 10 GB, a gzip bomb, and one that leads to itself."""
    with _misbehaving() as port, ground.door() as door:
        env = {
            "PENTAD_FETCH_ALLOW": f"127.0.0.1:{port}",
            "PENTAD_PAGE_ROBOTS": "false",
            "PENTAD_PAGE_RUNGS": "light",
            "PENTAD_PAGE_INTERVAL": "0",
            "PENTAD_JOB_BACKOFF": "0.2",
            "PENTAD_JOB_ATTEMPTS": "1",
            "PENTAD_FETCH_TIMEOUT": str(PAGE_TIME),
            "PENTAD_GATE_URL": "0",
        }
        with ground.worker(env) as worker:
            before = worker.resident
            wishes = [{"url": f"http://127.0.0.1:{port}{path}"} for path in _PAGES]
            stubs = door.post("/api/artifacts", wishes).json()["items"]
            seconds = eventually(
                lambda: all(one["state"] == "failed" for one in door.artifacts(stubs)), 150, "not ended"
            )
            grown = (worker.resident - before) / (1 << 20)
            must(grown < 150, f"the worker grew by {grown:.0f} MiB")
            types = sorted({str(one["error_type"]) for one in door.artifacts(stubs)})
    told = f"{len(_PAGES)} pages failed ({', '.join(types)}) within {seconds:.0f} s in all"
    return f"{told}, worker +{max(0, grown):.0f} MiB"


def _claims(answer: dict[str, Any]) -> Any:
    return answer.get("text") or answer.get("answer")
