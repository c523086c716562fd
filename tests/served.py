"""A workbench at work: the command itself in a process of its own, spoken to as a browser does."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from websockets.sync.client import ClientConnection, connect

SECONDS = 60


@dataclass(frozen=True)
class Answer:
    """What came back: status, headers in small letters, body."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)

    @property
    def data(self) -> Any:
        return json.loads(self.body)


@dataclass
class Served:
    """A workbench that runs: `url` is the first line that it said."""

    process: subprocess.Popen[str]
    url: str
    said: Path
    cookie: str = ""

    @property
    def port(self) -> int:
        port = urlsplit(self.url).port
        assert port
        return port

    def send(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Answer:
        """One request as it stands, with no cookie but one that is given; `Host` is the server's own by default."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        headers = {"Host": f"127.0.0.1:{self.port}", **headers}
        if body is not None:
            headers["Content-Length"] = str(len(body))
        for name, value in headers.items():
            if value:
                connection.putheader(name, value)
        connection.endheaders(body)
        response = connection.getresponse()
        answer = Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, response.read())
        connection.close()
        return answer

    def enter(self) -> None:
        """Take the cookie that the first URL gives."""
        answer = self.send("GET", self.url.partition(str(self.port))[2])
        assert answer.status == 303, answer
        self.cookie = answer.headers["set-cookie"].partition(";")[0]

    def get(self, path: str, **query: str) -> Answer:
        address = f"{path}?{urlencode(query)}" if query else path
        return self.send("GET", address, Cookie=self.cookie)

    def post(
        self, path: str, body: bytes | None = None, query: Mapping[str, str] | None = None, **asked: Any
    ) -> Answer:
        address = f"{path}?{urlencode(query)}" if query else path
        data = json.dumps(asked).encode() if body is None else body
        return self.send("POST", address, data, Cookie=self.cookie, Origin=f"http://127.0.0.1:{self.port}")

    @contextmanager
    def line(self, path: str = "/line", **headers: str) -> Iterator[ClientConnection]:
        """The line that a window has, with the cookie and the server's own Origin unless others are given."""
        sent = {"Cookie": self.cookie, "Origin": f"http://127.0.0.1:{self.port}", **headers}
        address = f"ws://127.0.0.1:{self.port}{path}"
        given = [(name, value) for name, value in sent.items() if value]
        options: dict[str, Any] = {"max_size": None, "compression": None, "proxy": None, "open_timeout": SECONDS}
        with connect(address, additional_headers=given, **options) as connection:
            yield connection

    def typed(self, plan: str, text: str, **further: Any) -> dict[str, Any]:
        """All that comes for a text: `judged` and `drawn`, or a status and why."""
        with self.line() as line:
            line.send(json.dumps({"number": 1, "plan": plan, "text": text, "base": "", **further}))
            return came_for(line)

    def check(self, plan: str, text: str, **further: Any) -> Any:
        """All there is to say of a text, both parts in one."""
        came = self.typed(plan, text, **further)
        return {**came["judged"], **came["drawn"]}

    def kill(self) -> None:
        """End it at once, as a failing machine does."""
        self.process.kill()
        self.process.wait(SECONDS)


def came_for(line: ClientConnection, number: int = 1) -> dict[str, Any]:
    """All that comes for the text of that number, in one; what is told beside it is passed over."""
    came: dict[str, Any] = {}
    while not came.keys() & {"drawn", "status"}:
        message = json.loads(line.recv(SECONDS))
        if message.get("number") == number:
            came |= message
    return came


@contextmanager
def serving(target: Path, *options: str, data: Path, **environment: str) -> Iterator[Served]:
    """A workbench on a folder or plan, ended afterwards.

    Args:
        target: the folder or plan.
        options: of the command, `--no-browser` and a free port beside them.
        data: the user's data folder, where unsaved texts are kept.
        environment: further variables.
    """
    said = data.parent / f"{data.name}.stderr"
    data.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "form4_author", "workbench", str(target), "--no-browser", *options]
    command += [] if "--port" in options else ["--port", "0"]
    variables = {**os.environ, "FORM4_AUTHOR_DATA": str(data), **environment}
    with (
        said.open("w") as errors,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True, env=variables) as process,
    ):
        assert process.stdout
        url = process.stdout.readline().strip()
        assert url.startswith("http://127.0.0.1:"), said.read_text()
        try:
            yield Served(process, url, said)
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGINT)
                try:
                    process.wait(SECONDS)
                except subprocess.TimeoutExpired:
                    process.kill()
