"""Who may speak to the workbench: the browser that was given the first URL, on this machine, and no other page in it.

Every request passes here first. What is refused is refused before anything is read: 403 for a foreign Host or Origin,
for want of the cookie, 413 for more than a plan or a filing can have. Every answer carries the policy that keeps the
page to itself.
"""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import parse_qs

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

MOST_BYTES = 24 * 1024 * 1024
POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
POLICY_HEADER = "content-security-policy"
FRAME_POLICY = (
    "default-src 'none'; style-src 'self' 'unsafe-inline'; font-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'"
)
FRAME = "/form"
_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cache-control", b"no-store"),
)


class Guard:
    """The door, around an application.

    Attributes:
        token: what the first URL carries.
    """

    def __init__(self, app: App, port: int) -> None:
        self.app = app
        self.token = secrets.token_urlsafe(32)
        self._pass = secrets.token_urlsafe(32)
        self._cookie = f"form4-author-{port}"  # browsers keep one jar for all ports of a machine
        self._hosts = {f"{name}:{port}" for name in ("127.0.0.1", "localhost")}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request in, or refuse it."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        if scope["type"] == "websocket":
            await self._connect(scope, receive, send, headers)
        elif not self._is_ours(scope["headers"], headers):
            await _refuse(send, 403, "This is for the browser on this machine alone.")
        elif self._has_token(scope):
            await self._let_in(send)
        elif not self._has_pass(headers):
            await _refuse(send, 403, "Open the address that form4-author workbench printed.")
        elif int(length) > MOST_BYTES if (length := headers.get("content-length", "0")).isdigit() else True:
            await _refuse(send, 413, "This is too large to be a plan or a filing.")
        else:
            await self.app(scope, _bounded(receive), _with_headers(send, scope["path"]))

    async def _connect(self, scope: Scope, receive: Receive, send: Send, headers: dict[str, str]) -> None:
        """Let a WebSocket in, which a browser opens for any page: so its Origin must be there."""
        if "origin" in headers and self._is_ours(scope["headers"], headers) and self._has_pass(headers):
            await self.app(scope, receive, send)
        else:
            await receive()
            await send({"type": "websocket.close", "code": 1008})  # before it is accepted: an answer of 403

    def _is_ours(self, listed: list[tuple[bytes, bytes]], headers: dict[str, str]) -> bool:
        """True for one Host header that names this server, and an Origin, if any, that is its own."""
        if [name for name, _ in listed].count(b"host") != 1 or headers["host"] not in self._hosts:
            return False
        origin = headers.get("origin")
        return origin is None or origin == f"http://{headers['host']}"

    def _has_token(self, scope: Scope) -> bool:
        if scope["method"] != "GET" or scope["path"] != "/":
            return False
        given = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0]
        return bool(given) and secrets.compare_digest(given.encode(), self.token.encode())

    def _has_pass(self, headers: dict[str, str]) -> bool:
        given = [part.strip().encode() for part in headers.get("cookie", "").split(";")]
        known = f"{self._cookie}={self._pass}".encode()
        return any(secrets.compare_digest(one, known) for one in given)

    async def _let_in(self, send: Send) -> None:
        """The cookie, and the page without the token in its address."""
        cookie = f"{self._cookie}={self._pass}; HttpOnly; SameSite=Strict; Path=/"
        headers = [(b"location", b"/"), (b"set-cookie", cookie.encode()), *_HEADERS]
        await send({"type": "http.response.start", "status": 303, "headers": headers})
        await send({"type": "http.response.body", "body": b""})


async def _refuse(send: Send, status: int, words: str) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (POLICY_HEADER.encode(), POLICY.encode()), *_HEADERS]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": f"{words}\n".encode()})


def _bounded(receive: Receive) -> Receive:
    """A request's body up to what is taken; the rest is as if the browser had gone."""
    taken = 0

    async def bounded() -> MutableMapping[str, Any]:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        return message if taken <= MOST_BYTES else {"type": "http.disconnect"}

    return bounded


def _with_headers(send: Send, path: str) -> Send:
    policy = FRAME_POLICY if path == FRAME else POLICY

    async def sending(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            headers = list(message["headers"])
            if POLICY_HEADER.encode() not in dict(headers):
                headers.append((POLICY_HEADER.encode(), policy.encode()))
            message["headers"] = [*headers, *_HEADERS]
        await send(message)

    return sending
