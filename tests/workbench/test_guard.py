"""From outside: who is let in, and what each answer carries."""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from form4_author.workbench import guard
from form4_author.workbench.guard import Guard, Receive, Scope, Send
from tests.plans import plan_text
from tests.served import Served, came_for, serving


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("folder")
    (folder / "sale.yaml").write_text(plan_text())
    with serving(folder, data=tmp_path_factory.mktemp("data")) as bench:
        bench.enter()
        yield bench


PATHS = ("/", "/form", "/static/workbench.js", "/api/start", "/api/plan?plan=sale.yaml", "/file/sale.xml")


def test_the_first_line_is_the_address_and_nothing_else(served: Served) -> None:
    assert served.url == f"http://127.0.0.1:{served.port}/?token={served.url.partition('=')[2]}"
    assert len(served.url.partition("=")[2]) >= 40


def test_the_token_becomes_a_cookie_and_leaves_the_address(served: Served) -> None:
    answer = served.send("GET", served.url.partition(str(served.port))[2])
    assert (answer.status, answer.headers["location"]) == (303, "/")
    name, *marks = answer.headers["set-cookie"].split("; ")
    assert set(marks) == {"HttpOnly", "SameSite=Strict", "Path=/"}
    assert served.url.partition("=")[2] not in name
    assert served.get("/").status == 200


@pytest.mark.parametrize("path", PATHS)
def test_no_one_without_the_cookie(served: Served, path: str) -> None:
    for cookie in ("", f"form4-author-{served.port}=guessed", "other=1", served.cookie + "x", served.cookie.upper()):
        assert served.send("GET", path, Cookie=cookie).status == 403


@pytest.mark.parametrize("token", ["", "guessed", "%00", "x" * 5000])
def test_no_other_token(served: Served, token: str) -> None:
    answer = served.send("GET", f"/?token={token}")
    assert answer.status == 403
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("path", PATHS)
def test_no_foreign_host(served: Served, path: str) -> None:
    """As a page on another name does whose name was made to mean this machine."""
    own = f"127.0.0.1:{served.port}"
    for host in ("evil.example", f"evil.example:{served.port}", "127.0.0.1", f"{own}.evil.example", f"x{own}"):
        assert served.send("GET", path, Host=host, Cookie=served.cookie).status == 403, host
    token = served.url.partition(str(served.port))[2]
    assert served.send("GET", token, Host="evil.example").status == 403


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "http://127.0.0.1", "https://127.0.0.1:{port}", "file://"]
)
def test_no_foreign_origin(served: Served, origin: str) -> None:
    origin = origin.format(port=served.port)
    for method in ("GET", "POST"):
        answer = served.send(method, "/api/start", b"", Cookie=served.cookie, Origin=origin)
        assert answer.status == 403
    assert (
        served.send("GET", "/api/start", Cookie=served.cookie, Origin=f"http://127.0.0.1:{served.port}").status == 200
    )


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": ""},
        *(
            {"Origin": origin}
            for origin in ("http://evil.example", "null", "http://127.0.0.1", "ws://127.0.0.1:{port}")
        ),
        *({"Origin": f"http://{name}:{{port}}"} for name in ("localhost", "[::1]", "127.0.0.1.evil.example")),
        *({"Cookie": cookie} for cookie in ("", "form4-author-{port}=guessed", "other=1")),
    ],
    ids=str,
)
def test_no_line_to_another_page(served: Served, headers: dict[str, str]) -> None:
    """Any page can open a WebSocket to this machine, and the browser asks no one: Origin and cookie say who it is."""
    with served.line():
        pass
    given = {name: value.format(port=served.port) for name, value in headers.items()}
    with pytest.raises(InvalidStatus, match="403"), served.line(**given):
        pass


def test_no_other_line(served: Served) -> None:
    for path in ("/", "/api/start", "/line/", "/events"):
        with pytest.raises(InvalidStatus, match="403"), served.line(path):
            pass


def test_a_line_is_for_requests_of_the_page(served: Served) -> None:
    """What is none ends the line, and nothing else; too much is not read to its end."""
    for message in ("", "{", "[]", "null", '{"number": "1"}', '{"number": true}', "[" * 100_000, b"\xff"):
        with served.line() as line:
            line.send(message)
            with pytest.raises(ConnectionClosed) as closed:
                line.recv(30)
            assert closed.value.rcvd
            assert closed.value.rcvd.code == 1003
    with served.line() as line:
        with contextlib.suppress(ConnectionClosed):
            line.send(" " * (guard.MOST_BYTES + 1))
        with pytest.raises(ConnectionClosed):
            line.recv(30)
    for asked in ({"number": 1}, {"number": 1, "plan": 1, "text": "", "base": ""}, {"number": 1, "plan": "\ud800"}):
        with served.line() as line:
            line.send(json.dumps(asked))
            assert came_for(line)["status"] == 400
    assert served.check("sale.yaml", plan_text())["accepted"] is True


def test_localhost_is_this_machine_too(served: Served) -> None:
    assert served.send("GET", "/", Host=f"localhost:{served.port}", Cookie=served.cookie).status == 200


def test_every_answer_carries_the_policy(served: Served) -> None:
    for path in PATHS:
        headers = served.get(path).headers
        assert headers["content-security-policy"].startswith(
            "default-src 'none';" if path == "/form" else "default-src 'self';"
        )
        assert "unsafe-inline" not in headers["content-security-policy"] or path == "/form"
        assert "script-src" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cache-control"] == "no-store"
        assert "access-control-allow-origin" not in headers
        assert "server" not in headers


def test_it_listens_on_the_loopback_alone(served: Served) -> None:
    listed = Path("/proc/net/tcp")
    if not listed.exists():
        pytest.skip("this system does not list who listens in /proc/net/tcp")
    where = {line.split()[1] for line in listed.read_text().splitlines()[1:] if line.split()[3] == "0A"}
    assert {one.partition(":")[0] for one in where if int(one.partition(":")[2], 16) == served.port} == {"0100007F"}
    six = Path("/proc/net/tcp6")
    if six.exists():
        assert not [line for line in six.read_text().splitlines() if f":{served.port:04X} " in line.split("0A")[0]]


def test_too_much_is_refused(served: Served) -> None:
    with socket.create_connection(("127.0.0.1", served.port), 30) as connection:
        head = f"POST /api/save HTTP/1.1\r\nHost: 127.0.0.1:{served.port}\r\nCookie: {served.cookie}\r\n"
        connection.sendall(f"{head}Content-Length: 999999999999\r\n\r\n".encode())
        assert b" 413 " in connection.recv(200)


NO_REQUESTS = (
    *(b"", b"{", b'{"plan": "\\ud800"}', b"[]", b"null", b'{"plan": 1, "kind": 1, "plans": [1]}', b"\xff\xfe"),
    b"[" * 100_000,
)


@pytest.mark.parametrize("body", NO_REQUESTS, ids=range(len(NO_REQUESTS)))
@pytest.mark.parametrize("path", ["/api/save", "/api/create", "/api/begin", "/api/build", "/api/forget"])
def test_what_is_no_request_of_the_page_is_refused(served: Served, path: str, body: bytes) -> None:
    answer = served.post(path, body)
    assert answer.status in {400, 403}
    assert b"Traceback" not in answer.body


def test_a_port_that_is_taken_is_told(served: Served, tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "form4_author",
        "workbench",
        str(tmp_path),
        "--no-browser",
        "--port",
        str(served.port),
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "WEB004" in done.stderr


# --- the guard by itself: what a server would not let through ------------------------------------------------------


OWN = b"127.0.0.1:4404"


def asked(*hosts: bytes, body: Sequence[bytes] = ()) -> tuple[int, list[str]]:
    """The status of the answer to one who was let in, and the kinds of messages that the application has read."""
    read: list[str] = []

    async def app(_scope: Scope, receive: Receive, send: Send) -> None:
        read.extend([(await receive())["type"] for _ in body])
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def run() -> int:
        door, sent = Guard(app, 4404), []
        parts = iter(body)

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": next(parts)}

        async def send(message: Any) -> None:
            sent.append(message)

        def scope(path: str, *headers: tuple[bytes, bytes]) -> dict[str, Any]:
            what, _, query = path.partition("?")
            listed = [*((b"host", host) for host in hosts), *headers]
            return {"type": "http", "method": "GET", "path": what, "query_string": query.encode(), "headers": listed}

        first = [(b"host", OWN)]
        await door({**scope(f"/?token={door.token}"), "headers": first}, receive, send)
        cookie = dict(sent.pop(0)["headers"])[b"set-cookie"].partition(b";")[0]
        sent.clear()
        await door(scope("/api/start", (b"cookie", cookie)), receive, send)
        return int(sent[0]["status"])

    return asyncio.run(run()), read


def test_one_host_and_no_second_one() -> None:
    assert asked(OWN)[0] == 200
    assert asked(b"evil.example", OWN)[0] == 403
    assert asked(OWN, OWN)[0] == 403
    assert asked()[0] == 403


def test_a_body_whose_length_was_not_told_ends_where_it_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "MOST_BYTES", 5)
    assert asked(OWN, body=[b"abc", b"de", b"f"])[1] == ["http.request", "http.request", "http.disconnect"]
