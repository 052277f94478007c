"""What the program itself holds: read from its source, so that a new line of the kind is seen."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
OWN_SCRIPTS = ROOT / "static" / "js"
APPS = ("casebase", "literature", "patients")
EVALUATED = {"eval", "exec", "compile", "__import__"}
INSECURE = {"pickle", "marshal", "shelve", "dill", "jsonpickle", "xmlrpc", "telnetlib"}
NETWORK = {"httpx", "requests", "urllib3", "aiohttp", "ftplib", "http.client", "smtplib"}
WEAK = {"md5", "sha1", "DES", "ARC4", "ECB", "random"}


@cache
def modules() -> tuple[tuple[str, ast.Module], ...]:
    found = []
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            if "migrations" not in path.parts:
                found.append((str(path.relative_to(ROOT)), ast.parse(path.read_text())))
    return tuple(found)


def calls() -> Iterator[tuple[str, str, ast.Call]]:
    """File, name as written, and call."""
    for path, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                yield path, ast.unparse(node.func), node


def imports() -> Iterator[tuple[str, str]]:
    """File and what it imports, with dots."""
    for path, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                yield from ((path, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                yield path, node.module
                yield from ((path, f"{node.module}.{alias.name}") for alias in node.names)


def test_no_shell_and_no_evaluation():
    """Nor a template or a format made of what was sent."""
    wrong = [f"{path}: {name}" for path, name, _ in calls() if name in EVALUATED]
    wrong += [
        f"{path}: {name}"
        for path, name, _ in calls()
        if name in ("os.system", "os.popen", "Template", "engines.from_string", "yaml.load")
    ]
    wrong += [
        f"{path}: {name} with a shell"
        for path, name, call in calls()
        for word in call.keywords
        if word.arg == "shell" and ast.unparse(word.value) != "False"
    ]
    wrong += [f"{path}: {name}" for path, name in imports() if name.split(".")[0] in INSECURE]
    assert wrong == []


def test_sql_is_put_together_from_constants_alone():
    """No `%`, and no `format` but psycopg2's; the parts of an f-string are constants of ours."""
    wrong = []
    for path, name, call in calls():
        if name.rpartition(".")[2] not in ("execute", "raw", "RawSQL", "extra", "executemany"):
            continue
        first = call.args[0] if call.args else None
        if isinstance(first, ast.BinOp) and isinstance(first.op, ast.Mod):
            wrong.append(f"{path}: {ast.unparse(first)[:80]}")
        made = ast.unparse(first.func) if isinstance(first, ast.Call) else ""
        if made.endswith(".format") and not made.startswith(FORMATTED_SQL):
            wrong.append(f"{path}: {made}")
        if isinstance(first, ast.JoinedStr):
            parts = [part.value for part in first.values if isinstance(part, ast.FormattedValue)]
            wrong += [
                f"{path}: {ast.unparse(part)}" for part in parts if not is_constant(path, part)
            ]
    assert wrong == []


def is_constant(path: str, part: ast.expr) -> bool:
    """A name in capitals, a quoted name, or a number that is formatted as one."""
    text = ast.unparse(part)
    root = text.split(".")[-1].split("(")[0]
    return root.isupper() or root in ("quote_name", "int", "db_table") or text in ALLOWED_IN_SQL


FORMATTED_SQL = ("sql.SQL", "rename", "DROP")
"""`sql.SQL` of psycopg2, which quotes; and a migration's own constant."""
ALLOWED_IN_SQL = {"name", "function", "arguments", "fires.format(table)"}
"""Names of the program's own functions and tables, in migrations and lookups of them."""


def test_patterns_hold_no_unescaped_input():
    """A pattern is put together from constants, or from words that `re.escape` has seen."""
    wrong = set()
    for path, name, call in calls():
        first = call.args[0] if call.args else None
        if name.startswith("re.") and isinstance(first, ast.JoinedStr):
            parts = [part.value for part in first.values if isinstance(part, ast.FormattedValue)]
            wrong |= {f"{path}: {ast.unparse(part)}" for part in parts if is_raw(ast.unparse(part))}
    assert wrong == set()


def is_raw(text: str) -> bool:
    constant = re.fullmatch(r"([a-z_]+\.)?[A-Z_0-9]+(\.strip\('\^\$'\))?", text)
    return not (constant or "re.escape(" in text or text in PATTERNS_OF_OURS)


PATTERNS_OF_OURS = {"DASHES.replace('—', '')", "'|'.join(patterns)", "sign", "whole", "places"}
"""Put together from the program's own words and numbers."""


def test_only_the_look_up_speaks_to_other_hosts():
    """And mail and ORCID, which libraries do; nobody who uses the site names a host."""
    found = {
        path
        for path, name in imports()
        if name in NETWORK or name.startswith(("httpx.", "urllib.request"))
    }
    beside = {path for path in found if not path.startswith("literature/lookup/")}
    assert beside == {
        "casebase/demo_server.py",  # asks its own server whether it is there
        "casebase/accounts/adapters.py",  # the names of errors of mail
    }


def test_nobody_switches_certificates_off():
    wrong = [
        f"{path}: {name}"
        for path, name, call in calls()
        for word in call.keywords
        if word.arg in ("verify", "check_hostname", "verify_mode")
        and isinstance(word.value, ast.Constant)
        and not word.value.value
    ]
    wrong += [f"{path}: {name}" for path, name, _ in calls() if "unverified" in name]
    assert wrong == []


def test_cryptography_is_that_of_libraries():
    """Ciphers are `cryptography`'s: Fernet, and for cursors one that seals the same words alike.
    Hashes are SHA-2 at least."""
    ciphers = {each for each in imports() if each[1].startswith("cryptography.")}
    beside = {each for each in ciphers if not each[1].startswith("cryptography.fernet")}
    cursors, reads_certificates = "patients/searching/cursors.py", "casebase/metrics/standing.py"
    assert beside == {
        (reads_certificates, "cryptography.x509"),
        (cursors, "cryptography.exceptions"),
        (cursors, "cryptography.exceptions.InvalidTag"),
        (cursors, "cryptography.hazmat.primitives.ciphers.aead"),
        (cursors, "cryptography.hazmat.primitives.ciphers.aead.AESSIV"),
    }
    weak = [
        f"{path}: {name}"
        for path, name, call in calls()
        if name in ("hashlib.md5", "hashlib.sha1", "md5", "sha1")
        and not any(word.arg == "usedforsecurity" for word in call.keywords)
    ]
    assert weak == []


def test_secrets_come_from_the_operating_system():
    """The seeded generator makes synthetic cases, and pauses of different lengths."""
    users = {path for path, name in imports() if name == "random" or name.startswith("random.")}
    allowed = ("patients/corpus/", "literature/lookup/retrying.py")
    assert {path for path in users if not path.startswith(allowed)} == set()


def test_no_archive_is_unpacked():
    wrong = [
        f"{path}: {name}"
        for path, name, _ in calls()
        if name.rpartition(".")[2] in ("extractall", "extract", "unpack_archive", "ZipExtFile")
    ]
    wrong += [f"{path}: {name}" for path, name in imports() if name.split(".")[0] == "tarfile"]
    wrong.remove("patients/searching/events_named.py: process.extract")  # rapidfuzz's, of names
    assert [each for each in wrong if not each.startswith("casebase/backups/")] == []


@pytest.mark.parametrize("name", sorted(path.name for path in OWN_SCRIPTS.glob("*.js")))
def test_scripts_listen_to_no_messages_and_keep_nothing(name):
    """But for one setting: whether the figure is walked through by keys."""
    text = (OWN_SCRIPTS / name).read_text()
    if name == "figure.js":
        for kept in ("localStorage.getItem(SETTING)", "localStorage.setItem(SETTING,"):
            text = text.replace(kept, "")
    for word in ("postMessage", "onmessage", "'message'", '"message"', "localStorage",
                 "sessionStorage", "indexedDB", "document.cookie", "eval(", "new Function",
                 "document.write", "__proto__"):  # fmt: skip
        assert word not in text, word


def test_every_library_has_a_version_and_a_checksum():
    text = (ROOT / "requirements.txt").read_text().replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]
    assert len(lines) > 30
    for line in lines:
        assert re.match(r"[\w.\[\],-]+==\S+ ", line), line[:80]
        assert "--hash=sha256:" in line, line[:80]
