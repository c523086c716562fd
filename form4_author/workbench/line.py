"""The line to one window, a WebSocket: texts come in as they are typed, and what is found and drawn goes out.

Each part of an answer goes out when it is there, as the worker's process wrote it.
"""

from __future__ import annotations

import asyncio
import json

from starlette.websockets import WebSocket, WebSocketDisconnect

from form4_author.workbench.desk import Desk
from form4_author.workbench.exchange import REFUSALS, Asked, as_json, refusal

_NO_REQUEST = 1003


async def attend(desk: Desk, socket: WebSocket) -> None:
    """Serve one window until it closes; what was typed last is kept even then."""
    await socket.accept()
    runs: set[asyncio.Task[None]] = set()
    with desk.listening() as told:
        sending = asyncio.create_task(_send(socket, told))
        try:
            while True:
                asked = Asked(json.loads(await socket.receive_text()))
                run = asyncio.create_task(_look(desk, told, asked.number("number"), asked))
                runs.add(run)
                run.add_done_callback(runs.discard)
        except WebSocketDisconnect:
            pass
        except REFUSALS:
            await socket.close(_NO_REQUEST)
        finally:
            sending.cancel()
            await asyncio.gather(*runs, sending, return_exceptions=True)


async def _send(socket: WebSocket, told: asyncio.Queue[str]) -> None:
    while True:
        await socket.send_text(await told.get())


async def _look(desk: Desk, told: asyncio.Queue[str], number: int, asked: Asked) -> None:
    """Have one text looked at; each part of what comes of it is told, or in its place why it doesn't come."""

    def tell(part: bytes) -> None:
        told.put_nowait(f'{{"number":{number},{part.decode()[1:]}')

    try:
        name, text, base = (asked.text(key) for key in ("plan", "text", "base"))
        against, form = asked.text("against", ""), asked.text("form", "")
        path = desk.folder.path(name)
        if against:
            desk.folder.path(against)
    except REFUSALS as refused:
        told.put_nowait(_refusal(number, refused))
        return
    try:
        await desk.typed.ask(told, tell, "look", name, text, against, form)
    except REFUSALS as refused:
        told.put_nowait(_refusal(number, refused))
    if asked.is_set("unsaved"):
        desk.unsaved.keep(path, text, base)  # behind the check, which the author waits for


def _refusal(number: int, refused: Exception) -> str:
    status, data = refusal(refused)
    return as_json({"number": number, "status": status, **data})
