"""What the browser may ask of the workbench, as Starlette's routes: each is a few lines over the desk.

Every answer is plain data without a CCC; what is refused is told as findings, as everywhere in the house.
"""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

from form4_author.files.delivery import Output, deliver
from form4_author.files.reading import read_bytes
from form4_author.masking import masked
from form4_author.resources import resource
from form4_author.workbench import beginnings, unsaved
from form4_author.workbench.desk import Desk
from form4_author.workbench.exchange import REFUSALS, Asked, as_json, plan_data, refusal
from form4_author.workbench.folder import BUILT, FILLS, Outside
from form4_author.workbench.guard import FRAME, POLICY, POLICY_HEADER
from form4_author.workbench.line import attend

_KINDS = {
    ".css": "text/css",
    ".html": "text/html",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
}
#: What may be looked at, and as what: never as a document of its own that could do something here.
_SHOWN = {".pdf": "application/pdf", **dict.fromkeys((".csv", ".json", ".txt", ".xml"), "text/plain")}
_LARGEST_SHOWN = 64 * 1024 * 1024

Handler = Callable[[Request], Awaitable[Response]]


def application(desk: Desk) -> Starlette:
    """The application over a desk; the guard stands before it."""
    static = resource("workbench", "static")
    routes = [
        Route("/", _index),
        Route(FRAME, _shipped(static, _KINDS, "form.html")),
        Route("/static/{name}", _shipped(static, _KINDS)),
        Route("/fonts/{name}", _shipped(resource("fonts"), {".ttf": "font/ttf"})),
        WebSocketRoute("/line", _line(desk)),
        Route("/file/{name:path}", _told(_file, desk)),
        *(
            Route(f"/api/{name}", _told(handler, desk), methods=[method])
            for name, method, handler in (
                ("start", "GET", _start),
                ("folder", "GET", _folder),
                ("plan", "GET", _plan),
                ("save", "POST", _save),
                ("forget", "POST", _forget),
                ("create", "POST", _create),
                ("begin", "POST", _begin),
                ("convert", "POST", _convert),
                ("fills", "POST", _fills),
                ("build", "POST", _build),
            )
        ),
    ]
    return Starlette(routes=routes, lifespan=lambda _app: desk.open())


def _told(handler: Callable[[Desk, Request], Awaitable[Response]], desk: Desk) -> Handler:
    """A handler whose refusals become answers."""

    async def handle(request: Request) -> Response:
        try:
            return await handler(desk, request)
        except REFUSALS as refused:
            status, data = refusal(refused)
            return _answer(data, status)

    return handle


def _answer(data: Any, status: int = 200) -> Response:
    return Response(as_json(data).encode("utf-8", "backslashreplace"), status, media_type="application/json")


# --- the page itself ----------------------------------------------------------------------------------------------


async def _index(_request: Request) -> Response:
    """The page. The editor's own stylesheets, which it makes as it goes, are let through by a word of this answer's."""
    nonce = secrets.token_urlsafe(18)
    text = resource("workbench", "static", "index.html").read_text("utf-8").replace("NONCE", nonce)
    policy = f"{POLICY}; style-src 'self' 'nonce-{nonce}'"
    return Response(text, media_type="text/html", headers={POLICY_HEADER: policy})


def _shipped(folder: Path, kinds: Mapping[str, str], page: str = "") -> Handler:
    """A file of the package, by the name that is asked for, or always the same one."""

    async def handle(request: Request) -> Response:
        name = page or str(request.path_params["name"])
        path = folder / name
        if PurePosixPath(name).name != name or path.suffix not in kinds or not path.is_file():
            return Response("There is no such file.\n", 404, media_type="text/plain")
        return FileResponse(path, media_type=kinds[path.suffix])

    return handle


def _line(desk: Desk) -> Callable[[WebSocket], Awaitable[None]]:
    async def handle(socket: WebSocket) -> None:
        await attend(desk, socket)

    return handle


async def _file(desk: Desk, request: Request) -> Response:
    """What a build wrote, or a filing of the folder, to look at: as a PDF, or as plain text without its CCCs."""
    name = str(request.path_params["name"])
    path = desk.folder.path(name)
    kind = _SHOWN.get(path.suffix.lower())
    if kind is None:
        raise Outside(name)
    data = read_bytes(path, name, _LARGEST_SHOWN, below=desk.folder.top)
    if kind == "text/plain":
        data = masked(data.decode("utf-8", "replace")).encode()
    return Response(data, media_type=kind, headers={"content-disposition": "inline"})


# --- what it asks -------------------------------------------------------------------------------------------------


async def _asked(request: Request) -> Asked:
    return Asked(await request.json())


async def _start(desk: Desk, _request: Request) -> Response:
    plans = desk.folder.plans()
    return _answer(
        {
            "folder": desk.folder.top.name or str(desk.folder.top),
            "place": str(desk.folder.top),
            "plans": plans,
            "first": desk.first or next(iter(plans), ""),
            "one": bool(desk.first),
            **beginnings.words(),
        }
    )


async def _folder(desk: Desk, _request: Request) -> Response:
    return _answer({"files": await desk.surveys(), "parts": desk.folder.parts()})


async def _plan(desk: Desk, request: Request) -> Response:
    name = request.query_params["plan"]
    plan = desk.folder.read(name)
    await desk.unsaved.settled()
    left = unsaved.kept(desk.folder.path(name))
    if left is not None and left.text == plan.text:
        desk.unsaved.forget(desk.folder.path(name))
        left = None
    return _answer({**plan_data(plan), "unsaved": {"text": left.text, "base": left.base} if left else None})


async def _save(desk: Desk, request: Request) -> Response:
    asked = await _asked(request)
    name = asked.text("plan")
    written = desk.folder.write(name, asked.text("text"), base=asked.text("base"), mark=asked.is_set("mark"))
    desk.unsaved.forget(desk.folder.path(name))
    return _answer({"revision": written})


async def _forget(desk: Desk, request: Request) -> Response:
    asked = await _asked(request)
    desk.unsaved.forget(desk.folder.path(asked.text("plan")))
    return _answer({})


async def _create(desk: Desk, request: Request) -> Response:
    """A new plan of a text; where a file of that name stands already, the new one gets another name."""
    asked = await _asked(request)
    name = desk.folder.free(asked.text("plan"))
    return _answer({"plan": name, "revision": desk.folder.write(name, asked.text("text"), base="")})


async def _begin(_desk: Desk, request: Request) -> Response:
    asked = await _asked(request)
    return _answer({"text": beginnings.text(asked.text("kind"), asked.text("name", ""))})


async def _convert(desk: Desk, request: Request) -> Response:
    """A plan from a filing: one of the folder by its name, or what was dropped as the request's body."""
    what, name = request.query_params["what"], request.query_params["name"]
    if what not in {"import", "amend", "roll"}:
        raise ValueError(what)
    data = await request.body() if request.query_params.get("dropped") else None
    if data is None:
        desk.folder.path(name)
    return _answer(await desk.work("convert", what, name, *([] if data is None else [data])))


async def _fills(desk: Desk, request: Request) -> Response:
    """Keep a broker's file beside a plan, under its own name or one like it, whole."""
    plan, name = request.query_params["plan"], PurePosixPath(request.query_params["name"]).name
    if PurePosixPath(name).suffix.lower() not in FILLS:
        raise Outside(name)
    data = await request.body()
    beside = PurePosixPath(plan).parent
    desk.folder.path(plan)
    path = desk.folder.path(str(beside / name) if str(beside) != "." else name)
    if not (path.is_file() and read_bytes(path, name, below=desk.folder.top) == data):
        path = desk.folder.path(desk.folder.free(desk.folder.name(path)))
        deliver([Output(path, data)])
    return _answer({"name": path.name, "entry": await desk.work("fills", path.name, data)})


async def _build(desk: Desk, request: Request) -> Response:
    asked = await _asked(request)
    names = asked.texts("plans")
    for name in names:
        desk.folder.path(name)
    built = await desk.work("build", names, files=max(1, len(names)))
    desk.tell("built", {"folder": BUILT})
    return _answer(built)
