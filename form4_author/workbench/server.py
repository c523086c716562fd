"""The workbench's server: on the loopback alone, from the first URL to the last request."""

from __future__ import annotations

import logging
import socket
import webbrowser
from collections.abc import Callable
from pathlib import Path

import uvicorn

from form4_author.edgar.ccc import Keyring
from form4_author.files.reading import reason
from form4_author.findings import Origin, Position, Rejected, error
from form4_author.workbench.app import application
from form4_author.workbench.desk import Desk
from form4_author.workbench.folder import Folder
from form4_author.workbench.guard import MOST_BYTES, Guard
from form4_author.workbench.workers import prepare

ADDRESS = "127.0.0.1"
PORT = 4404
"""Asked for first, so that what a browser keeps for this address is found again; any free one where it is taken."""


def run(
    folder: Path,
    plan: Path | None,
    keyring: Keyring,
    *,
    profiles: Path | None,
    port: int | None,
    browser: bool,
    say: Callable[[str], None],
) -> None:
    """Serve until interrupted.

    Args:
        folder: the folder, links resolved.
        plan: the plan to open first, inside it.
        keyring: the CCCs at hand.
        profiles: a folder of insiders' profiles to look in before all others.
        port: the port; `PORT` or any free one where None.
        browser: open the system's browser.
        say: is given the URL, once.

    Raises:
        Rejected: the port can't be had (WEB004).
    """
    prepare()
    with _listening(port) as listener:
        number = listener.getsockname()[1]
        top = Folder(folder)
        desk = Desk(top, keyring.handed_on(), top.name(plan) if plan else "", profiles)
        guard = Guard(application(desk), number)
        url = f"http://{ADDRESS}:{number}/?token={guard.token}"
        logging.disable(logging.CRITICAL)  # a log might keep what was typed
        settings = uvicorn.Config(
            guard, log_config=None, access_log=False, server_header=False, lifespan="on", timeout_graceful_shutdown=1,
            ws="websockets-sansio", ws_max_size=MOST_BYTES, ws_per_message_deflate=False,
        )  # fmt: skip
        server = _Server(settings, lambda: _opened(url, say, browser=browser))
        server.run(sockets=[listener])


class _Server(uvicorn.Server):
    """Says where it is once it listens."""

    def __init__(self, settings: uvicorn.Config, listens: Callable[[], None]) -> None:
        super().__init__(settings)
        self._listens = listens

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to listen; see uvicorn's own."""
        await super().startup(sockets)
        self._listens()


def _opened(url: str, say: Callable[[str], None], *, browser: bool) -> None:
    say(url)
    if browser:
        webbrowser.open(url)


def _listening(port: int | None) -> socket.socket:
    for number in (PORT, 0) if port is None else (port,):
        try:
            return socket.create_server((ADDRESS, number))
        except OSError as problem:
            why = reason(problem)
    raise Rejected(
        [
            error(
                "WEB004",
                f"port {port} can't be listened on: {why}",
                Origin(Position("form4-author workbench", 1, 1)),
                hint="Name another with --port, or leave it out.",
            )
        ],
        unreadable=True,
    )
