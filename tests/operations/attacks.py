"""What comes to a server from the internet, sent through the real nginx of a `Machine`.

No check here measures time: each waits for something that must happen, as long as that may take on
a busy machine, and asks meanwhile whether an ordinary reader is still answered.
"""

from __future__ import annotations

import json
import re
import select
import socket
import ssl
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from typing import Final

import pytest

from tests.operations.client import (
    GET,
    PATIENCE,
    all_of,
    answered,
    connected,
    first_of,
    over_tls,
    status,
    trusting,
    until,
)
from tests.operations.machine import Machine
from tests.operations.malformed import MALFORMED
from tests.operations.server import HOST

IDLE: Final = 1000
SLOW: Final = 200
GIGABYTE: Final = 1024**3
CASES: Final = f"GET /cases/ HTTP/1.1\r\nHost: {HOST}\r\nConnection: close\r\n\r\n"


def assert_readers_are_served(machine: Machine) -> None:
    assert status(answered(machine, CASES)) == 200


def slow_and_idle_clients(machine: Machine) -> None:
    """200 that send a header byte by byte and 1,000 that send nothing: an ordinary reader is
    answered meanwhile, and all of them are put out."""
    with ExitStack() as stack:
        idle = [stack.enter_context(connected(machine)) for _ in range(IDLE)]
        slow = [stack.enter_context(connected(machine, 80)) for _ in range(SLOW)]
        for sock in slow:
            sock.sendall(GET.encode())
        assert_readers_are_served(machine)
        open_ones = {sock.fileno(): sock for sock in (*idle, *slow)}
        trickling, deadline = set(slow), time.monotonic() + PATIENCE
        while open_ones and time.monotonic() < deadline:
            for sock in list(trickling):
                with suppress(OSError):
                    sock.sendall(b"X")
            _forget_closed(open_ones, trickling)
            time.sleep(0.5)
        assert len(open_ones) == 0, f"{len(open_ones)} of {IDLE + SLOW} were not put out"
    assert_readers_are_served(machine)


def _forget_closed(open_ones: dict[int, socket.socket], trickling: set[socket.socket]) -> None:
    poller = select.poll()
    for number in open_ones:
        poller.register(number, select.POLLIN | select.POLLHUP | select.POLLERR)
    for number, _ in poller.poll(0):
        sock = open_ones[number]
        try:
            ended = not sock.recv(65536)
        except OSError:
            ended = True
        if ended:
            trickling.discard(open_ones.pop(number))


def a_slow_body(machine: Machine) -> None:
    """A body that stops in the middle never reaches Casebase: the proxy gives up."""
    head = f"POST /api/v1/auth/login/ HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: 1000\r\n\r\n{{"
    with over_tls(machine) as sock:
        sock.sendall(head.encode())
        assert_readers_are_served(machine)
        assert status(all_of(sock)) in (0, 408)
    log = machine.run("grep /api/v1/auth/login/ /var/log/casebase/access.log")
    assert '"status":408' in log
    assert '"upstream_seconds":""' in log


def a_gigabyte(machine: Machine) -> None:
    """Refused by what it says of its length, before any of it is sent; and where it says nothing,
    as soon as it is more than the address takes."""
    for path, kind in (("/references/add/", b"text/html"), ("/api/v1/imports/", b"problem+json")):
        head = f"POST {path} HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: {GIGABYTE}\r\n"
        answer = answered(machine, head + "\r\n", first_of)
        assert status(answer) == 413, answer[:300]
        assert kind in answer
        assert b"nosniff" in answer
    chunk = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
    head = f"POST /api/v1/cases/ HTTP/1.1\r\nHost: {HOST}\r\nTransfer-Encoding: chunked\r\n\r\n"
    answer = answered(machine, head.encode() + chunk * 48 + b"0\r\n\r\n", first_of)
    assert status(answer) in (0, 413), answer[:300]
    free = machine.run("du -s /var/lib/nginx/body | cut -f1")
    assert int(free) < 1000, "Nothing of it is kept"


def pipelined(machine: Machine) -> None:
    """Several requests at once are answered one after the other, each with its own answer."""
    paths = ("/healthz", "/api/v1/cases/", "/nothing-here/", "/healthz")
    sent = "".join(f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\n\r\n" for path in paths)
    answer = answered(machine, sent + CASES)
    codes = [int(code) for code in re.findall(rb"HTTP/1\.1 (\d{3}) ", answer)]
    assert codes == [200, 200, 404, 200, 200]
    bodies = [answer.index(text) for text in (b'"status"', b'"results"', b"<title")]
    assert bodies == sorted(bodies)


def malformed(machine: Machine) -> None:
    """Refused, or closed without a word; never answered as if it were right, and nothing breaks."""
    wrong = {}
    for name, sent in MALFORMED.items():
        code = status(answered(machine, sent))
        # nginx knows no such version (505) and no such coding (501).
        if not (code in (0, 501, 505) or 400 <= code < 500):
            wrong[name] = code
    assert wrong == {}
    assert_readers_are_served(machine)


def from_outside(machine: Machine) -> None:
    """Plain HTTP leads to HTTPS, under the site's own name and no other; nothing else is there."""
    with connected(machine, 80) as sock:
        sock.sendall(
            f"GET /cases/?q=a HTTP/1.1\r\nHost: {HOST}\r\nConnection: close\r\n\r\n".encode()
        )
        answer = all_of(sock)
    assert status(answer) == 301
    assert f"Location: https://{HOST}/cases/?q=a\r\n".encode() in answer
    with connected(machine, 80) as sock:
        sock.sendall(b"GET / HTTP/1.1\r\nHost: elsewhere.example.org\r\n\r\n")
        assert all_of(sock) == b""
    with connected(machine) as sock:
        context = trusting(machine)
        context.check_hostname = False
        with pytest.raises(ssl.SSLError, match="UNRECOGNIZED_NAME"):
            context.wrap_socket(sock, server_hostname="elsewhere.example.org")
    proofs = machine.root / "var/www/casebase-acme/.well-known/acme-challenge"
    proofs.mkdir(parents=True, exist_ok=True)
    (proofs / "token").write_text("proof")
    asked = f"curl -fsS http://{HOST}/.well-known/acme-challenge/token"
    assert machine.run(asked) == "proof", "A certificate authority finds its proof"
    old = "openssl s_client -tls1_1 -cipher DEFAULT:@SECLEVEL=0 -connect 127.0.0.1:443"
    said = machine.run(f"{old} -servername {HOST} </dev/null 2>&1 || true")
    assert "alert protocol version" in said


def too_often(machine: Machine) -> None:
    """Whoever asks hundreds of times at once is asked to wait, and told so in words."""
    asked = f"GET /api/v1/ HTTP/1.1\r\nHost: {HOST}\r\n\r\n" * 400
    answer = answered(machine, asked + CASES)
    assert answer.count(b"HTTP/1.1 200 ") > 100
    refused = answer.count(b"HTTP/1.1 429 ")
    assert refused > 0
    assert b"Retry-After: 10" in answer
    body = re.search(rb"\{[^{}]*\"status\": ?429[^{}]*\}", answer)
    assert body, answer[-500:]
    assert json.loads(body[0])["title"] == "Too Many Requests"
    machine.run("sleep 11")
    assert_readers_are_served(machine)


def without_casebase(machine: Machine) -> None:
    """While Casebase is away the proxy says so, to people and to programs, and it comes back."""
    machine.run("systemctl stop casebase-web")
    for path, kind in (("/cases/", b"text/html"), ("/api/v1/cases/", b"application/problem+json")):
        answer = answered(
            machine, f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\nConnection: close\r\n\r\n"
        )
        assert status(answer) == 503, answer[:300]
        assert kind in answer
        assert b"Retry-After: 30" in answer
    machine.run("systemctl start casebase-web")
    deadline = time.monotonic() + PATIENCE
    while status(answered(machine, CASES)) != 200:
        assert time.monotonic() < deadline, "Casebase did not come back"
        time.sleep(0.5)


ENDED = """
cd /root
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1 -subj /CN={host} \\
    -addext subjectAltName=DNS:{host} -keyout ended.key -out young.pem 2>/dev/null
openssl req -new -key ended.key -subj /CN={host} -addext subjectAltName=DNS:{host} -out ended.csr
mkdir -p ca/new && : > ca/index && echo 01 > ca/serial
printf '[ca]\\ndefault_ca=c\\n[c]\\ndatabase=ca/index\\nserial=ca/serial\\nnew_certs_dir=ca/new\\n\\
default_md=sha256\\npolicy=p\\ncopy_extensions=copy\\n[p]\\ncommonName=supplied\\n' > ca/conf
openssl ca -batch -notext -config ca/conf -selfsign -keyfile ended.key -in ended.csr \\
    -startdate 20200101000000Z -enddate 20200201000000Z -out ended.pem 2>/dev/null
"""


def a_certificate_that_has_ended(machine: Machine) -> None:
    """A client refuses it, the metrics say when it ended, and a new one is taken into use while the
    site runs; `casebase-certificate` itself would not have taken it."""
    machine.run(ENDED.format(host=HOST))
    refused = machine.run("! casebase-certificate ended.pem ended.key 2>&1")
    assert "ended.pem has ended. Nothing was changed." in refused
    assert "is not the key" in machine.run("! casebase-certificate young.pem /root/other.key 2>&1")
    machine.run(
        "openssl pkey -in /etc/casebase/tls/key.pem -out good.key; "
        "cp /etc/casebase/tls/fullchain.pem good.pem; "
        "cp ended.pem /etc/casebase/tls/fullchain.pem; "
        "cp ended.key /etc/casebase/tls/key.pem; systemctl reload nginx"
    )
    until(lambda: "certificate has expired" in _refusal(machine), "It was still taken")
    assert metric(machine, "casebase_certificate_ends_timestamp_seconds") == 1580515200
    # As certbot calls it.
    machine.run(
        "mkdir lineage; mv good.pem lineage/fullchain.pem; mv good.key lineage/privkey.pem; "
        "RENEWED_LINEAGE=/root/lineage casebase-certificate"
    )
    until(lambda: _refusal(machine) == "", "The new one was not taken into use")


def _refusal(machine: Machine) -> str:
    """What a client says of the server's certificate; empty where it takes it."""
    with connected(machine) as sock:
        try:
            trusting(machine).wrap_socket(sock, server_hostname=HOST).close()
        except ssl.SSLCertVerificationError as error:
            return error.verify_message
    return ""


def scraped(machine: Machine) -> str:
    return machine.run(
        "token=$(sed -n 's/^CASEBASE_METRICS_TOKEN=//p' /etc/casebase/casebase.env)\n"
        'curl -fsS -H "Authorization: Bearer $token" http://127.0.0.1:8000/metrics'
    )


def metric(machine: Machine, name: str) -> float:
    found = re.search(rf"^{re.escape(name)} (\S+)$", scraped(machine), re.M)
    assert found, f"{name} is not said"
    return float(found[1])


ALL: Final[tuple[Callable[[Machine], None], ...]] = (
    from_outside,
    pipelined,
    malformed,
    a_gigabyte,
    slow_and_idle_clients,
    a_slow_body,
    a_certificate_that_has_ended,
    too_often,
    without_casebase,
)
