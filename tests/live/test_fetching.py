"""The way out against real sockets: what reaches a private address, and what bounds hold."""

import gzip
import json
import socket
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from threading import Thread

import pytest

from ingest.fetching import Allowed, Fault, Fetched, FetchError, FetchOptions, Guard, SafeClient


@dataclass
class Canary:
    """A server on loopback that counts who comes, and answers by the path that is asked for."""

    server: socket.socket
    answers: dict[str, bytes] = field(default_factory=dict[str, bytes])
    asked: list[bytes] = field(default_factory=list[bytes])
    hits: int = 0
    drip: float = 0.0

    @property
    def port(self) -> int:
        return self.server.getsockname()[1]

    @property
    def place(self) -> str:
        return f"127.0.0.1:{self.port}"

    def serve(self) -> None:
        while True:
            try:
                came, _ = self.server.accept()
            except OSError:
                return
            self.hits += 1
            Thread(target=self._answer, args=(came,), daemon=True).start()

    def _answer(self, came: socket.socket) -> None:
        with came:
            came.settimeout(5)
            try:
                asked = came.recv(65_536)
                while b"\r\n\r\n" not in asked:
                    asked += came.recv(65_536)
                self.asked.append(asked)
                answer = self.answers.get(asked.split(b" ", 2)[1].decode(), b"HTTP/1.1 404 No\r\n\r\n")
                if not self.drip:
                    came.sendall(answer)
                for n in range(len(answer) if self.drip else 0):
                    came.sendall(answer[n : n + 1])
                    time.sleep(self.drip)
            except OSError:
                return


@pytest.fixture
def canary() -> Iterator[Canary]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        found = Canary(server)
        Thread(target=found.serve, daemon=True).start()
        yield found
        server.shutdown(socket.SHUT_RDWR)


def answer(body: bytes = b"hello", status: str = "200 OK", **headers: str) -> bytes:
    told = {"content-length": str(len(body)), **{name.replace("_", "-"): value for name, value in headers.items()}}
    lines = "".join(f"{name}: {value}\r\n" for name, value in told.items())
    return f"HTTP/1.1 {status}\r\n{lines}\r\n".encode() + body


def moved(to: str, status: str = "302 Found") -> bytes:
    return answer(b"", status, location=to)


def client(canary: Canary, **options: float | int) -> SafeClient:
    return SafeClient(Guard(Allowed.of([canary.place])), FetchOptions(**options))  # pyright: ignore[reportArgumentType]


def refused(fetch: Callable[[], Fetched]) -> Fault:
    with pytest.raises(FetchError) as error:
        fetch()
    return error.value.fault


FORMS = """http://127.0.0.1:{p}/ http://localhost:{p}/ http://LOCALHOST.:{p}/ http://a.localhost:{p}/ http://127.1:{p}/
http://127.0.1:{p}/ http://2130706433:{p}/ http://0x7f000001:{p}/ http://0x7f.0.0.1:{p}/ http://0177.0.0.1:{p}/
http://017700000001:{p}/ http://127.0.0.2:{p}/ http://127.255.255.254:{p}/ http://0.0.0.0:{p}/ http://0:{p}/
http://[::1]:{p}/ http://[::]:{p}/ http://[::ffff:127.0.0.1]:{p}/ http://[::ffff:7f00:1]:{p}/ http://[0:0:0:0:0:0:0:1]:{p}/
http://[::127.0.0.1]:{p}/ http://[64:ff9b::127.0.0.1]:{p}/ http://[64:ff9b:1::7f00:1]:{p}/ http://[2002:7f00:1::]:{p}/
http://[2001:0:7f00:1::]:{p}/ http://[fe80::1]:{p}/ http://[fe80::1%25lo]:{p}/ http://[fc00::1]:{p}/ http://[ff02::1]:{p}/
http://[fd00:ec2::254]/ http://169.254.169.254/latest/meta-data/ http://100.100.100.200/ http://168.63.129.16/
http://192.168.0.1/ http://10.0.0.1/ http://172.16.0.1/ http://100.64.0.1/ http://224.0.0.1/ http://255.255.255.255/
http://metadata.google.internal/ http://news.example@127.0.0.1:{p}/ http://127.0.0.1:{p}@news.example/
http://127.0.0.1:{p}#@news.example/ http://news.example\\@127.0.0.1:{p}/ http://127.0.0.1:{p}\\@news.example/
http://127%2e0%2e0%2e1:{p}/ http://%31%32%37.0.0.1:{p}/ http://127。0。0。1:{p}/ http://１２７.０.０.１:{p}/
http://①②⑦.⓪.⓪.①:{p}/ file:///etc/passwd gopher://127.0.0.1:{p}/_ ftp://127.0.0.1:{p}/ dict://127.0.0.1:{p}/
http:127.0.0.1:{p}/ //127.0.0.1:{p}/ http://127.0.0.1:{p}:80/ http://news.example:{p}/ https://127.0.0.1:{p}/
http://rebound.example/ http://mixed.example/ http://six.example/ http://nat64.example/ http://scoped.example/""".split()

NAMES = {
    "rebound.example": ["127.0.0.1"],
    "mixed.example": ["93.184.216.34", "127.0.0.1"],
    "six.example": ["::1"],
    "nat64.example": ["64:ff9b::7f00:1"],
    "scoped.example": ["fe80::1%1"],
    "news.example": ["127.0.0.1"],
}


@pytest.mark.parametrize("form", FORMS)
def test_no_form_of_a_private_address_reaches_anything(form: str, canary: Canary) -> None:
    safe = SafeClient(Guard(resolve=lambda host, _: NAMES[host]))
    assert refused(lambda: safe.get(form.format(p=canary.port))) in (Fault.URL, Fault.REFUSED)
    assert refused(lambda: safe.post(form.format(p=canary.port), b"{}")) in (Fault.URL, Fault.REFUSED)
    assert canary.hits == 0


@pytest.mark.parametrize("form", FORMS)
def test_no_redirect_reaches_a_private_address(form: str, canary: Canary) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        other.settimeout(0)
        to = form.format(p=other.getsockname()[1])
        canary.answers["/go"] = moved(to)
        safe = SafeClient(Guard(Allowed.of([canary.place]), lambda host, _: NAMES[host]))
        if to.startswith("http:") and not to.startswith("http://"):
            # A relative address to every parser: it leads to the same host.
            assert safe.get(f"http://{canary.place}/go").status == 404
        else:
            assert refused(lambda: safe.get(f"http://{canary.place}/go")) in (Fault.URL, Fault.REFUSED)
        with pytest.raises(BlockingIOError):
            other.accept()


def test_a_name_that_changes_its_mind_is_asked_once_and_pinned(canary: Canary) -> None:
    answers = iter([["127.0.0.1"], ["10.0.0.1"]])
    safe = SafeClient(Guard(Allowed.of([f"rebind.example:{canary.port}"]), lambda *_: next(answers)))
    canary.answers["/"] = answer()
    found = safe.get(f"http://rebind.example:{canary.port}/")
    assert (found.body, found.address) == (b"hello", "127.0.0.1")
    assert f"host: rebind.example:{canary.port}".encode() in canary.asked[0].lower()


def test_an_answer_is_told_with_its_way(canary: Canary) -> None:
    canary.answers |= {
        "/a": moved("/b?x=é#part"),
        "/b?x=%C3%A9": answer(gzip.compress(b"packed"), content_encoding="gzip"),
    }
    found = client(canary).get(f"http://{canary.place}/a", {"User-Agent": "mine"})
    assert (found.status, found.body, found.url) == (200, b"packed", f"http://{canary.place}/b?x=%C3%A9")
    assert found.redirects == (f"http://{canary.place}/a",)
    assert b"user-agent: mine" in canary.asked[1].lower()


def test_secrets_stay_with_the_first_host(canary: Canary) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        second = Canary(server)
        Thread(target=second.serve, daemon=True).start()
        canary.answers |= {"/a": moved("/b"), "/b": moved(f"http://{second.place}/c")}
        second.answers["/c"] = answer()
        safe = SafeClient(Guard(Allowed.of([canary.place, second.place])))
        secrets = {"Authorization": "Bearer s3", "Cookie": "s3", "X-Api-Key": "s3", "Accept-Language": "fr"}
        assert safe.get(f"http://{canary.place}/a", secrets).status == 200
        assert all(one.count(b"s3") == 3 for one in canary.asked)
        assert b"s3" not in second.asked[0]
        assert b"accept-language: fr" in second.asked[0].lower()
        server.shutdown(socket.SHUT_RDWR)


def test_a_delivery_follows_no_redirect_and_comes_with_its_body(canary: Canary) -> None:
    canary.answers |= {"/hook": moved("/else", "307 Temporary Redirect"), "/else": answer()}
    body = json.dumps({"n": 1}).encode()
    found = client(canary).post(f"http://{canary.place}/hook", body, {"Content-Type": "application/json"})
    assert (found.status, found.url, canary.hits) == (307, f"http://{canary.place}/hook", 1)
    assert b"content-length: 8" in canary.asked[0].lower()


def test_redirects_end(canary: Canary) -> None:
    canary.answers |= {"/loop": moved("/loop"), **{f"/{n}": moved(f"/{n + 1}") for n in range(9)}}
    assert refused(lambda: client(canary).get(f"http://{canary.place}/loop")) is Fault.REDIRECTS
    assert canary.hits == 6
    assert refused(lambda: client(canary).get(f"http://{canary.place}/0")) is Fault.REDIRECTS


BOMB = gzip.compress(b"\0" * 3_000_000)


@pytest.mark.parametrize(
    ("packed", "encoding"),
    [(BOMB, "gzip"), (BOMB * 3, "gzip"), (zlib.compress(b"\0" * 3_000_000), "deflate"), (b"x" * 60_001, "identity")],
)
def test_bombs_and_floods_are_cut_off(packed: bytes, encoding: str, canary: Canary) -> None:
    canary.answers["/"] = answer(packed, content_encoding=encoding)
    safe = client(canary, unpacked_limit=1_000_000, wire_limit=60_000)
    assert refused(lambda: safe.get(f"http://{canary.place}/")) is Fault.TOO_LARGE


def test_a_body_without_end_is_cut_off(canary: Canary) -> None:
    endless = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n" + (b"8000\r\n" + b"x" * 0x8000 + b"\r\n") * 100
    canary.answers["/"] = endless
    assert refused(lambda: client(canary, wire_limit=100_000).get(f"http://{canary.place}/")) is Fault.TOO_LARGE


@pytest.mark.parametrize("drip", [0.05, 3.0])
def test_however_slowly_it_drips_the_fetch_ends_in_time(drip: float, canary: Canary) -> None:
    canary.drip = drip
    canary.answers["/"] = answer(b"x" * 1_000)
    began = time.monotonic()
    assert refused(lambda: client(canary, timeout=0.6).get(f"http://{canary.place}/")) is Fault.TIMEOUT
    assert time.monotonic() - began < 1.5


def test_a_resolver_that_hangs_is_left_behind() -> None:
    safe = SafeClient(Guard(resolve=lambda *_: time.sleep(2) or []), FetchOptions(timeout=0.3))
    began = time.monotonic()
    assert refused(lambda: safe.get("http://slow.example/")) is Fault.TIMEOUT
    assert time.monotonic() - began < 1


@pytest.mark.parametrize(
    "said",
    [
        b"not HTTP at all\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"".join(b"x-%d: y\r\n" % n for n in range(40_000)) + b"\r\n",
        answer(b"x", content_encoding="br"),
        answer(b"x" * 10, content_encoding="gzip"),
        answer(b"x", content_encoding="gzip, gzip"),
        b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nshort",
    ],
)
def test_what_does_not_speak_http_is_told_as_such(said: bytes, canary: Canary) -> None:
    canary.answers["/"] = said
    assert refused(lambda: client(canary).get(f"http://{canary.place}/")) is Fault.PROTOCOL


def test_nobody_there_is_told_as_such() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        place = f"127.0.0.1:{server.getsockname()[1]}"
    safe = SafeClient(Guard(Allowed.of([place])))
    assert refused(lambda: safe.get(f"http://{place}/")) is Fault.CONNECT
    assert refused(lambda: SafeClient(Guard(resolve=lambda *_: [])).get("http://none.example/")) is Fault.NAME


def test_a_certificate_of_nobody_is_refused(canary: Canary) -> None:
    canary.answers["/"] = answer()
    safe = client(canary, connect_timeout=0.3)
    assert refused(lambda: safe.get(f"https://{canary.place}/")) in (Fault.TLS, Fault.TIMEOUT, Fault.CONNECT)


def test_a_proxy_is_asked_for_the_checked_number_and_no_private_one(canary: Canary) -> None:
    proxy = f"http://me:secret@{canary.place}"
    safe = SafeClient(Guard(resolve=lambda host, _: {"news.example": ["93.184.216.34"]}.get(host, ["10.0.0.1"])))
    assert refused(lambda: safe.get("http://news.example/", proxy=proxy)) is Fault.PROXY
    assert canary.asked[0].startswith(b"CONNECT 93.184.216.34:80 HTTP/1.1\r\n")
    assert b"Proxy-Authorization: Basic bWU6c2VjcmV0" in canary.asked[0]
    assert refused(lambda: safe.get("http://other.example/", proxy=proxy)) is Fault.REFUSED
    assert canary.hits == 1


def test_no_proxy_of_the_environment_is_asked(canary: Canary, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as proxy:
        for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.getsockname()[1]}")
        canary.answers["/"] = answer()
        assert client(canary).get(f"http://{canary.place}/").status == 200
        proxy.settimeout(0)
        with pytest.raises(BlockingIOError):
            proxy.accept()
