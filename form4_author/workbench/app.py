"""What the browser may ask of the workbench, as Starlette's routes: each is a few lines over the desk.

Every answer is plain data without a CCC; what is refused is told as findings, as everywhere in the house.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, Response, StreamingResponse
from starlette.routing import Route

from form4_author.files.delivery import Output, deliver
from form4_author.files.reading import read_bytes
from form4_author.findings import Rejected
from form4_author.masking import masked, without_known
from form4_author.report.file_report import findings_data
from form4_author.resources import resource
from form4_author.workbench import beginnings, unsaved
from form4_author.workbench.desk import Desk
from form4_author.workbench.folder import BUILT, FILLS, Changed, Outside, PlanText
from form4_author.workbench.guard import FRAME, POLICY, POLICY_HEADER
from form4_author.workbench.workers import Ended, TooLong

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

#: What a request brings about that is none of this page's.
_NO_REQUEST = (LookupError, TypeError, ValueError, RecursionError, ClientDisconnect)

Handler = Callable[[Request], Awaitable[Response]]


def application(desk: Desk) -> Starlette:
    """The application over a desk; the guard stands before it."""
    static = resource("workbench", "static")
    routes = [
        Route("/", _index),
        Route(FRAME, _shipped(static, _KINDS, "form.html")),
        Route("/static/{name}", _shipped(static, _KINDS)),
        Route("/fonts/{name}", _shipped(resource("fonts"), {".ttf": "font/ttf"})),
        Route("/events", _events(desk)),
        Route("/file/{name:path}", _told(_file, desk)),
        *(
            Route(f"/api/{name}", _told(handler, desk), methods=[method])
            for name, method, handler in (
                ("start", "GET", _start),
                ("folder", "GET", _folder),
                ("plan", "GET", _plan),
                ("check", "POST", _check),
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
        except (Rejected, Changed, Ended, *_NO_REQUEST) as refusal:
            return _refusal(refusal)

    return handle


def _refusal(refusal: Exception) -> Response:
    match refusal:
        case Rejected():
            findings = findings_data(refusal.findings)
            status = 403 if isinstance(refusal, Outside) else 422
            return _answer({"said": refusal.findings[0].message, "findings": findings}, status)
        case Changed():
            return _answer({"said": "The file was changed by another program.", "now": _text(refusal.now)}, 409)
        case TooLong():
            said, status = "It takes too long, and was given up.", 504
        case Ended():
            said, status = "A newer text came.", 409
        case _:
            said, status = "That is no request of this page's.", 400
    return _answer({"said": said}, status)


def _answer(data: Any, status: int = 200) -> Response:
    text = without_known(json.dumps(data, ensure_ascii=False, separators=(",", ":")))
    return Response(text.encode("utf-8", "backslashreplace"), status, media_type="application/json")


def _text(plan: PlanText) -> dict[str, Any]:
    return {"text": plan.text, "mark": plan.mark, "revision": plan.revision}


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


def _events(desk: Desk) -> Handler:
    async def handle(_request: Request) -> Response:
        return StreamingResponse(desk.events(), media_type="text/event-stream")

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


class _Asked:
    """What the page asked, each part of the kind that it must be, or a TypeError or a KeyError."""

    def __init__(self, data: Any) -> None:
        if not isinstance(data, dict):
            raise TypeError
        self._data = data

    def text(self, key: str, default: str | None = None) -> str:
        found = self._data[key] if default is None else self._data.get(key, default)
        if not isinstance(found, str):
            raise TypeError
        found.encode()  # half a character is none: a ValueError
        return found

    def texts(self, key: str) -> list[str]:
        found = self._data[key]
        if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
            raise TypeError
        return found

    def is_set(self, key: str) -> bool:
        return self._data.get(key) is True


async def _asked(request: Request) -> _Asked:
    return _Asked(await request.json())


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
    return _answer({**_text(plan), "unsaved": {"text": left.text, "base": left.base} if left else None})


async def _check(desk: Desk, request: Request) -> Response:
    asked = await _asked(request)
    name, text = asked.text("plan"), asked.text("text")
    against, form = asked.text("against", ""), asked.text("form", "")
    path = desk.folder.path(name)
    if against:
        desk.folder.path(against)
    base, window = asked.text("base"), asked.text("window")
    try:
        found = await desk.typed.ask(window[:64], "look", name, text, against, form)
    finally:
        if asked.is_set("unsaved"):
            desk.unsaved.keep(path, text, base)  # behind the check, which the author waits for
    return Response(found, media_type="application/json")


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
    return _answer(await desk.work("convert", what, name, data))


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
    built = await desk.work("build", names)
    desk.tell("built", {"folder": BUILT})
    return _answer(built)
