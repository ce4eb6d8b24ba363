"""A site on loopback with every kind of page that a reader meets: good ones in several languages and encodings, and
what sites show instead of a page. Each path says what is to come of it; `asked` remembers who came.
"""

import gzip
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import Any
from urllib.parse import urlsplit

SENTENCES = {
    "en": "The harbour board of Selwyn said on Tuesday that the new pier {n} will open after the summer, when the last"
    " of the cranes has been moved to the northern quay.",
    "fr": "Le conseil du port de Selwyn a annoncé mardi que la nouvelle jetée {n} sera ouverte après l'été, lorsque la"
    " dernière des grues aura été déplacée vers le quai du nord.",
    "es": "La junta del puerto de Selwyn dijo el martes que el nuevo muelle {n} se abrirá después del verano, cuando la"
    " última de las grúas haya sido trasladada al muelle del norte.",
    "pt": "O conselho do porto de Selwyn disse na terça-feira que o novo cais {n} será aberto depois do verão, quando o"
    " último dos guindastes for levado para o cais do norte, não antes.",
    "zh": "塞尔温港务局星期二表示，第{n}号新码头将在夏季之后开放，届时最后一批起重机"
    "将被运往北岸码头，工程费用由市政府承担。",
    "de": "Der Hafenrat von Selwyn sagte am Dienstag, dass der neue Pier {n} nach dem Sommer geöffnet wird, wenn der"
    " letzte der Kräne an den nördlichen Kai gebracht worden ist.",
    "ru": "Портовый совет Селвина сообщил во вторник, что новый причал {n} откроется после лета, когда последний из"
    " кранов будет перевезён на северную набережную.",
}
TITLES = {
    "en": "Harbour board opens a new pier",
    "fr": "Le conseil du port ouvre une jetée",
    "es": "La junta del puerto abre un muelle",
    "pt": "O conselho do porto abre um cais",
    "zh": "港务局开放新码头",
    "de": "Hafenrat öffnet neuen Pier",
    "ru": "Портовый совет открывает причал",
}
LOREM = "<nav><a href='/'>Home</a> <a href='/sport'>Sport</a> <a href='/about'>About us</a></nav>"


def paragraphs(language: str = "en", count: int = 6, salt: str = "") -> list[str]:
    """Paragraphs of two sentences, no two the same."""
    said = SENTENCES[language]
    tail = f" {salt}" if salt else ""
    return [f"{said.format(n=2 * n + 1)} {said.format(n=2 * n + 2)}{tail}" for n in range(count)]


def article(
    language: str = "en", count: int = 6, *, title: str | None = None, head: str = "", salt: str = "", site: str = ""
) -> str:
    """A page as news sites make them, furniture included."""
    name = title or TITLES[language]
    body = "".join(f"<p>{one}</p>\n" for one in paragraphs(language, count, salt))
    site = f'<meta property="og:site_name" content="{site}">' if site else ""
    return f"""<!DOCTYPE html><html lang="{language}"><head><title>{name}</title>
<meta name="description" content="{name}.">{site}
<meta property="article:published_time" content="2026-03-04T05:06:07Z">{head}</head>
<body>{LOREM}<main><article><h1>{name}</h1>{body}</article></main><footer>Contact, imprint</footer></body></html>"""


def one_of_many(n: int) -> str:
    """A page that tells of an event of its own: no other of them lies within a fortnight of it."""
    day = (date(2005, 1, 4) + timedelta(days=15 * n)).isoformat()
    salt = f"Mira Castellan met Jonas Haugland of Selwyn Shipping in Varna on Tuesday to open pier {n}."
    return article("en", 6, salt=salt).replace("2026-03-04", day)


@dataclass(frozen=True, slots=True)
class Reply:
    """What one path answers."""

    body: bytes | str = b""
    status: int = 200
    kind: str = "text/html; charset=utf-8"
    headers: dict[str, str] = field(default_factory=dict[str, str])

    @property
    def packed(self) -> bytes:
        return self.body.encode() if isinstance(self.body, str) else self.body


Asked = tuple[str, Message]
Answering = Callable[["Site", Message], Reply]


@dataclass
class Site:
    """The running site. `expected` tells by path what a reader should make of it: extracted, low_quality, or the
    failure."""

    port: int = 0
    asked: list[Asked] = field(default_factory=list[Asked])
    lock: Any = field(default_factory=Lock)
    robots: str = "User-agent: *\nDisallow: /private/\n"
    seen: dict[str, int] = field(default_factory=dict[str, int])

    @property
    def place(self) -> str:
        return f"127.0.0.1:{self.port}"

    def url(self, path: str) -> str:
        return f"http://{self.place}{path}"

    def times(self, path: str) -> int:
        """How often a path was asked for."""
        return sum(one == path for one, _ in self.asked)


def _moved(to: str, status: int = 302) -> Reply:
    return Reply(b"", status, headers={"Location": to})


def _like_a_browser(_: Site, headers: Message) -> Reply:
    if headers.get("sec-ch-ua") and "Chrome" in headers.get("user-agent", ""):
        return Reply(article(salt="behind the wall"))
    return Reply(WALL, 403)


def _with_scripts(_: Site, headers: Message) -> Reply:
    if "passed=1" in headers.get("cookie", ""):
        return Reply(article("en", salt="behind the second wall"))
    script = "<script>document.cookie='passed=1; path=/'; setTimeout(() => location.reload(), 50)</script>"
    return Reply(WALL.replace("</body>", f"{script}</body>"), 503)


def _slow(_: Site, __: Message) -> Reply:
    time.sleep(30)
    return Reply(article())


def _slow_once(site: Site, _: Message) -> Reply:
    if site.seen.setdefault("slow-once", 0) == 0:
        site.seen["slow-once"] = 1
        time.sleep(2.5)
    return Reply(article(salt="late"))


def _busy_once(site: Site, _: Message) -> Reply:
    site.seen["busy"] = site.seen.get("busy", 0) + 1
    if site.seen["busy"] == 1:
        return Reply("Too many requests", 429, headers={"Retry-After": "1"})
    return Reply(article(salt="after the rush"))


def _broken_once(site: Site, _: Message) -> Reply:
    site.seen["broken"] = site.seen.get("broken", 0) + 1
    return Reply("oops", 502) if site.seen["broken"] == 1 else Reply(article(salt="mended"))


def _data(_: Site, __: Message) -> Reply:
    text = "".join(f"<p>{one}</p>" for one in paragraphs("en", 6, "by script"))
    return Reply(f"<article><h1>Told by a script</h1>{text}</article>", kind="text/plain; charset=utf-8")


WALL = """<html><head><title>Just a moment...</title></head><body><h1>Checking your browser</h1>
<p>Please verify you are human. Enable JavaScript and cookies to continue.</p></body></html>"""
_TEASER = "".join(f"<p>{one}</p>" for one in paragraphs("en", 1))
_SHELL = """<html><head><title>Pier news</title></head><body><div id="root"></div>
<noscript>You need to enable JavaScript to run this app.</noscript><script src="/app.js"></script></body></html>"""
_APP = """fetch('/data').then(r => r.text()).then(t => { document.title = 'Told by a script';
document.getElementById('root').innerHTML = t })"""

# path -> (what it answers, what should come of it)
PAGES: dict[str, tuple[Reply | Answering, str]] = {
    "/news/en": (Reply(article("en", site="The Selwyn Post")), "extracted"),
    "/news/fr": (Reply(article("fr")), "extracted"),
    "/news/es": (Reply(article("es")), "extracted"),
    "/news/pt": (Reply(article("pt")), "extracted"),
    "/news/zh": (Reply(article("zh", 8)), "extracted"),
    "/news/latin1": (
        Reply(article("fr", salt="accents").encode("cp1252"), kind="text/html; charset=iso-8859-1"),
        "extracted",
    ),
    "/news/gbk": (
        Reply(article("zh", 8, salt="编码").encode("gb18030"), kind="text/html; charset=gb2312"),
        "extracted",
    ),
    "/news/meta": (
        Reply(article("es", head='<meta charset="windows-1252">', salt="metas").encode("cp1252"), kind="text/html"),
        "extracted",
    ),
    "/news/wrong": (Reply(article("pt", salt="errado").encode(), kind="text/html; charset=ascii"), "extracted"),
    "/news/silent": (Reply(article("fr", salt="silence").encode("cp1252"), kind="text/html"), "extracted"),
    "/news/utf16": (Reply(article("en", salt="wide").encode("utf-16"), kind="text/html"), "extracted"),
    "/news/gzip": (
        Reply(gzip.compress(article("en", salt="packed").encode()), headers={"Content-Encoding": "gzip"}),
        "extracted",
    ),
    "/news/plain": (
        Reply("\n\n".join(paragraphs("en", 6, "plainly")), kind="text/plain; charset=utf-8"),
        "extracted",
    ),
    "/news/long": (Reply(article("en", 120, salt="at length")), "extracted"),
    "/news/captchas": (
        Reply(article("en", title="How captchas tell you are human", salt="A captcha is not a robot check.")),
        "extracted",
    ),
    "/moved/1": (_moved("/moved/2", 301), "extracted"),
    "/moved/2": (_moved("/moved/3", 307), "extracted"),
    "/moved/3": (Reply(article("en", salt="elsewhere")), "extracted"),
    "/wall": (_like_a_browser, "extracted"),
    "/wall/scripts": (_with_scripts, "extracted"),
    "/app": (Reply(_SHELL), "extracted"),
    "/slow/once": (_slow_once, "extracted"),
    "/busy": (_busy_once, "extracted"),
    "/broken/once": (_broken_once, "extracted"),
    "/news/de": (Reply(article("de")), "low_quality"),
    "/news/ru": (Reply(article("ru")), "low_quality"),
    "/thin": (
        Reply("<html><title>Brief</title><body><p>The pier opened. More to follow.</p></body></html>"),
        "low_quality",
    ),
    "/one-block": (
        Reply(f"<html><title>T</title><body><article><p>{' '.join(paragraphs('en', 4))}</p></article></body></html>"),
        "low_quality",
    ),
    "/loop": (_moved("/loop"), "unknown"),
    "/loop/a": (_moved("/loop/b"), "unknown"),
    "/loop/b": (_moved("/loop/a"), "unknown"),
    "/inside": (_moved("http://127.0.0.1:1/admin"), "refused"),
    "/metadata": (_moved("http://169.254.169.254/latest/meta-data/"), "refused"),
    "/bomb": (
        Reply(gzip.compress(b"<p>" + b"\0" * 40_000_000, 9), headers={"Content-Encoding": "gzip"}),
        "too_large",
    ),
    "/flood": (Reply(b"<p>" + b"x" * 6_000_000), "too_large"),
    "/wall/hard": (Reply(WALL, 403), "bot_detected"),
    "/wall/200": (Reply(WALL), "bot_detected"),
    "/paywall": (
        Reply(
            '<html><head><title>Pier costs</title><script type=\'application/ld+json\'>{"@type": "NewsArticle",'
            f' "isAccessibleForFree": false}}</script></head><body><article><h1>Pier</h1>{_TEASER}</article></body>'
        ),
        "paywall",
    ),
    "/paywall/words": (
        Reply(f"<html><title>Pier</title><body><article>{_TEASER}<p>Subscribe to continue reading.</p></article>"),
        "paywall",
    ),
    "/paywall/402": (Reply("Payment required", 402), "paywall"),
    "/gone": (Reply("<h1>Gone</h1>", 410), "not_found"),
    "/nowhere": (Reply("<h1>404</h1>", 404), "not_found"),
    "/soft": (
        Reply(
            "<html><title>Page not found</title><body><main><p>Sorry, the page you are looking for does not exist."
            " Try the front page.</p></main></body></html>"
        ),
        "not_found",
    ),
    "/soft/fr": (
        Reply("<html lang='fr'><title>Page introuvable</title><body><p>Cette page n'existe plus.</p></body></html>"),
        "not_found",
    ),
    "/consent": (
        Reply(
            "<html><title>Before you continue</title><body><h1>Before you continue</h1><p>We use cookies and data."
            " <button>Accept all</button> <button>Manage privacy</button></p></body></html>"
        ),
        "consent",
    ),
    "/file.pdf": (Reply(b"%PDF-1.7 ...", kind="application/pdf"), "gate"),
    "/document": (Reply(b"%PDF-1.7 ...", kind="text/html"), "unsupported_type"),
    "/picture": (Reply(b"\x89PNG\r\n", kind="image/png"), "unsupported_type"),
    "/data.json": (Reply("{}", kind="application/json"), "unsupported_type"),
    "/private/page": (Reply(article()), "robots"),
    "/slow": (_slow, "timeout"),
    "/broken": (Reply("oops", 500), "network"),
    "/odd": (Reply("I am a teapot", 418), "unknown"),
}
_PARTS: dict[str, Reply | Answering] = {"/app.js": Reply(_APP, kind="text/javascript"), "/data": _data}


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    site: Site

    def log_message(self, *_: object) -> None:
        """Nothing: `asked` tells."""

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        with self.site.lock:
            self.site.asked.append((path, self.headers))
        self._send(self._reply(path))

    def _reply(self, path: str) -> Reply:
        if path == "/robots.txt":
            return Reply(self.site.robots, kind="text/plain")
        if path.startswith("/many/"):
            time.sleep(0.15)
            return Reply(one_of_many(int(path[6:])))
        found = _PARTS.get(path) or PAGES.get(path, (Reply("nothing here", 404), ""))[0]
        return found if isinstance(found, Reply) else found(self.site, self.headers)

    def _send(self, reply: Reply) -> None:
        try:
            self.send_response(reply.status)
            for name, value in {**reply.headers, "Content-Type": reply.kind}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(reply.packed)))
            self.end_headers()
            self.wfile.write(reply.packed)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Whoever hangs up has read enough."""


@contextmanager
def serving() -> Iterator[Site]:
    """The site, on a free port."""
    site = Site()
    handler = type("Handler", (_Handler,), {"site": site})
    with _Server(("127.0.0.1", 0), handler) as server:
        site.port = server.server_port
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield site
        finally:
            server.shutdown()
