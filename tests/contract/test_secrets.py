"""No file holds a secret: keys of services, private keys, passwords in addresses. Scanned as a scanner would."""

import re
from pathlib import Path

from tests.contract.test_house import ROOT, tracked

FORMS = {
    "a private key": r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----\s+[A-Za-z0-9+/=\s]{40}",
    "a key of Pentad": r"\bpk_[0-9a-f]{12}_[A-Za-z0-9_-]{43}\b",
    "a key of Amazon": r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b",
    "a key of Google": r"\bAIza[0-9A-Za-z_-]{35}\b",
    "a token of GitHub": r"\bgh[pousr]_[A-Za-z0-9]{36,}\b|\bgithub_pat_[A-Za-z0-9_]{60,}\b",
    "a key of a language model": r"\bsk-(?:ant-|proj-)?[A-Za-z0-9_-]{32,}\b",
    "a token of Slack": r"\bxox[abprs]-[A-Za-z0-9-]{20,}",
    "a token (JWT)": r"\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}",
    "a secret of a webhook": r"\bwhsec_[A-Za-z0-9+/=]{30,}",
    "a password in an address": r"\b[a-z][a-z0-9+.-]{2,15}://[^\s:/@\"'{}$<>…]*:(?!…|\$|\{|<)[^\s:/@\"'{}$<>…]{12,}@",
}
TEXTS = {
    ".py",
    ".md",
    ".toml",
    ".yml",
    ".yaml",
    ".json",
    ".jsonl",
    ".txt",
    ".cypher",
    ".js",
    ".mjs",
    ".html",
    ".in",
    "",
}
# Made up, each by the test that needs one of that form.
MADE = {"tests/unit/api/test_tracing.py"}


def found_in(file: Path) -> list[str]:
    text = file.read_text(encoding="utf-8", errors="replace")
    return [f"{file.relative_to(ROOT)}: {what}" for what, form in FORMS.items() if re.search(form, text)]


def test_no_file_holds_a_secret() -> None:
    files = [file for file in tracked() if file.suffix in TEXTS and file.stat().st_size < 3_000_000]
    assert len(files) > 500
    assert [told for file in files if str(file.relative_to(ROOT)) not in MADE for told in found_in(file)] == []


def test_the_scan_knows_secrets_when_it_sees_them(tmp_path: Path) -> None:
    for secret in (
        "pk_" + "0" * 12 + "_" + "A" * 43,
        "AKIA" + "A1B2" * 4,
        "sk-" + "a1" * 20,
        "redis://:" + "correct-horse-battery" + "@cache:6379",
        "ghp_" + "a1b2" * 9,
    ):
        assert any(re.search(form, f'key = "{secret}"') for form in FORMS.values()), secret
