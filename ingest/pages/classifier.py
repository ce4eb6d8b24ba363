"""Whether an answer is the page that was asked for, or what a site shows instead of it.

Signs in the text count only where there is hardly any other text: an article about captchas is an article.
"""

import re

from ingest.pages.answer import Answer
from ingest.pages.failures import Failure, Unread
from ingest.pages.main_text import MainText
from ingest.pages.options import Rung
from ingest.pages.text import Likeness

SHORT = 160
"""Words of a main text below which it may be a notice."""
TEASER = 320
"""Words that a paywall may leave in front of it."""
_HTML = ("text/html", "application/xhtml+xml", "")
_PLAIN = ("text/plain", "text/markdown")
_PAUSE = 120.0


def _signs(lines: str) -> re.Pattern[str]:
    return re.compile("|".join(line.strip() for line in lines.splitlines() if line.strip()), re.IGNORECASE)


_WALL = _signs(
    r"""
    captcha
    are you (?:a )?(?:human|robot)
    verify (?:that )?you(?:'re| are) (?:a )?human
    not a robot
    unusual traffic
    checking your browser
    just a moment
    attention required
    enable javascript and cookies
    bot detection
    pardon our interruption
    access (?:to this page )?(?:has been )?denied
    automated (?:access|requests)
    ddos protection
    cf-chl|cf_chl|challenge-platform|datadome|px-captcha|perimeterx|incapsula|_abck|sucuri_cloudproxy
    überprüfen sie, dass sie ein mensch
    êtes-vous un robot
    no soy un robot
    não sou um robô
    人机验证|验证码|安全验证
    """
)
_WALL_HEADERS = ("cf-mitigated", "x-datadome", "x-px", "x-sucuri-block")
_PAY = _signs(
    r"""
    subscribe (?:now )?to (?:continue|read|unlock)
    already a subscriber|subscribers? only|for subscribers
    to (?:continue|keep) reading,? (?:please )?(?:subscribe|log in|sign in)
    (?:article|content|story) is (?:reserved |exclusive )?(?:for|to) (?:our )?(?:subscribers|members)
    start your (?:free )?trial
    unlock (?:this|the full) (?:article|story)
    réservée? aux abonnés|pour lire la suite|abonnez-vous pour
    suscr[ií]bete para|exclusivo para suscriptores
    conteúdo exclusivo para assinantes|assine para (?:ler|continuar)
    weiterlesen mit|nur für abonnenten
    订阅后|付费阅读|会员专享
    """
)
_MISSING = _signs(
    r"""
    \b404\b
    not found
    (?:page|article|story) (?:you (?:requested|are looking for) )?(?:could not be|cannot be|can't be)
    (?:page|article|story) (?:you (?:requested|are looking for) )?(?:no longer|does not|doesn't)
    no longer available|has been removed
    page introuvable|n'existe (?:pas|plus)
    página no encontrada|no existe
    página não encontrada|não foi encontrada
    seite (?:wurde )?nicht gefunden
    页面不存在|找不到
    """
)
_CONSENT = _signs(
    r"""
    before you continue
    we (?:and our (?:\d+ )?partners )?(?:value|care about) your privacy
    accept all(?: cookies)?
    manage (?:your )?(?:cookie|privacy|consent)
    consent to (?:the use of )?cookies
    we use cookies
    tout accepter|gérer (?:vos|mes) (?:choix|cookies)
    aceptar (?:todo|todas|cookies)
    aceitar (?:todos|cookies)
    alle akzeptieren|zustimmen und weiter
    接受所有
    """
)
_CONSENT_PLACE = re.compile(r"//consent\.|/consent(?:[/?]|$)|guce\.|collectconsent", re.IGNORECASE)
_SCRIPTED = re.compile(
    r"<div[^<>]{0,200}\bid\s*=\s*[\"']?(?:root|app|__next|__nuxt|main-app|react-root)\b|<noscript[^<>]{0,100}>[^<]{0,300}javascript"
    r"|enable javascript|requires javascript|<script[^<>]{0,300}\bsrc=",
    re.IGNORECASE,
)


def unreadable(answer: Answer) -> Unread | None:
    """What the answer's status and kind say before anybody looks at its text."""
    kind = answer.media_type
    if answer.body[:5] == b"%PDF-" or kind == "application/pdf":
        return Unread(Failure.UNSUPPORTED, "it is a PDF, which is not read")
    if answer.status < 400 and kind not in (*_HTML, *_PLAIN):
        return Unread(Failure.UNSUPPORTED, f"it is {kind[:60]}, which is not read")
    if answer.status < 400 and b"\0" in answer.body[:1_000] and answer.body[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        return Unread(Failure.UNSUPPORTED, "it is no text")
    return None


def failure_of(answer: Answer, html: str, page: MainText, like: Likeness) -> Unread | None:
    """What the answer is instead of the page; None where it is the page."""
    status, short = answer.status, like.words < SHORT
    words = f"{page.title or ''} {page.shown[:6_000]}" if short else (page.title or "")
    wall = bool(_WALL.search(f"{words} {html[:20_000] if short else ''}"))
    wall = wall or any(name in answer.headers for name in _WALL_HEADERS)
    if status == 429 and not wall:
        return Unread(Failure.RATE_LIMITED, "the site wants fewer requests", retry_after(answer))
    if status in (404, 410, 451):
        return Unread(Failure.NOT_FOUND, f"the site answers {status}")
    if status in (401, 402) or (status >= 400 and _PAY.search(words)):
        return Unread(Failure.PAYWALL, f"the site answers {status}: it wants a login or payment")
    if status in (403, 429) or (status >= 400 and wall):
        return Unread(Failure.BOT_DETECTED, f"the site answers {status} to programs")
    if status in (408, 504):
        return Unread(Failure.TIMEOUT, f"the site answers {status}")
    if status >= 500:
        return Unread(Failure.NETWORK, f"the site answers {status}", retry_after(answer) if status == 503 else 0.0)
    if status >= 400:
        return Unread(Failure.UNKNOWN, f"the site answers {status}")
    return _of_text(answer, html, page, like, words, wall=wall and short)


def _of_text(answer: Answer, html: str, page: MainText, like: Likeness, words: str, *, wall: bool) -> Unread | None:
    short = like.words < SHORT
    if wall:
        return Unread(Failure.BOT_DETECTED, "the site shows a check for programs in its place")
    if like.words < TEASER and (not page.free or (short and _PAY.search(words))):
        return Unread(Failure.PAYWALL, "the site shows the beginning only: the rest is for subscribers")
    if short and (_CONSENT_PLACE.search(answer.url) or (_CONSENT.search(words) and like.words < SHORT // 2)):
        return Unread(Failure.CONSENT, "the site asks for consent in its place")
    if short and _missing(page, like):
        return Unread(Failure.NOT_FOUND, "the site says that there is no such page, with status 200")
    if like.words < SHORT // 2 and answer.rung is not Rung.BROWSER and _SCRIPTED.search(html):
        return Unread(Failure.THIN, f"{like.words} words: scripts fill the page")
    return None


def _missing(page: MainText, like: Likeness) -> bool:
    """By its title; by its text only where there is hardly any."""
    return bool(_MISSING.search(page.title or "")) or (
        like.words < SHORT // 2 and bool(_MISSING.search(page.text[:300]))
    )


def retry_after(answer: Answer) -> float:
    """Seconds that the site asks to wait, within reason."""
    said = answer.headers.get("retry-after", "").strip()
    return min(_PAUSE, float(said)) if said.isascii() and said.isdigit() else 5.0
