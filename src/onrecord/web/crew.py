"""Several processes that answer questions, since one interpreter keeps one core busy.

The process that listens lets in, signs in, changes and adds; whoever only asks is answered by one of a crew, each with the record open for
reading and the same rooms. One that is not ready yet, or has ended, is nobody's loss: the process that listens answers itself.
"""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
import signal
import threading
from collections.abc import Callable
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from queue import Empty, SimpleQueue
from typing import Any, Final, NamedTuple
from urllib.parse import parse_qs

from anyio import CapacityLimiter, to_thread
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_LOG: Final = logging.getLogger("uvicorn.error")
# What only reads, and is done when the record is asked.
_ASKS: Final = (
    "/search", "/said", "/events", "/timeline", "/predictions", "/contradictions", "/sources", "/place", "/names", "/pictures",
    "/stories", "/story", "/report", "/actor", "/api",
)  # fmt: skip
_TOLD: Final = (
    "type", "asgi", "http_version", "method", "path", "raw_path", "root_path", "query_string", "headers", "scheme", "server", "client",
    "state",
)  # fmt: skip
_READY: Final = "ready"
_END_S: Final = 2.0

MakeRooms = Callable[..., Any]


class Answer(NamedTuple):
    """What one of the crew answers."""

    status: int
    headers: list[tuple[bytes, bytes]]
    body: bytes


class _Worker(NamedTuple):
    """A process, and the way to it."""

    process: Any
    connection: Connection


class Crew:
    """Processes that answer. Use as a context manager.

    Args:
        number: how many.
        run: what each runs: called with `given` and a function that makes a connection ready, see `answer_all`. It is imported by its
            name in the new process.
        given: what it is given; it must be possible to pickle it.
    """

    def __init__(self, number: int, run: Callable[..., None], *given: Any) -> None:
        self.number = number
        self._run, self._given = run, given
        self._idle: SimpleQueue[_Worker] = SimpleQueue()
        self._workers: list[_Worker] = []
        self._beginning: list[threading.Thread] = []
        self._lock = threading.Lock()
        self._is_over = False
        self._turns: CapacityLimiter | None = None

    def __enter__(self) -> Crew:
        for _ in range(self.number):
            self._begin()
        return self

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._is_over = True
            workers = list(self._workers)
            beginning = list(self._beginning)
        for worker in workers:
            # They only read. Whoever waits for one of them is told by the end of its connection.
            worker.process.terminate()
        for worker in workers:
            worker.process.join(_END_S)
        for thread in beginning:
            thread.join(_END_S)
        for worker in workers:
            worker.connection.close()

    async def answer(self, scope: Scope) -> Answer | None:
        """The answer to a request; None if nobody of the crew is there to give one."""
        # It belongs to the loop in which it is first used.
        self._turns = self._turns or CapacityLimiter(self.number)
        asked = {name: scope[name] for name in _TOLD if name in scope}
        return await to_thread.run_sync(self._ask, asked, limiter=self._turns)

    @property
    def ready(self) -> int:
        """How many wait for a question."""
        return self._idle.qsize()

    def _ask(self, asked: dict[str, Any]) -> Answer | None:
        try:
            worker = self._idle.get_nowait()
        except Empty:
            return None
        try:
            worker.connection.send(asked)
            answer: Answer = worker.connection.recv()
        except (OSError, EOFError):
            if not self._is_over:
                _LOG.error("A process that answers questions has ended; another takes its place.")
                self._begin()
            return None
        self._idle.put(worker)
        return answer

    def _begin(self) -> None:
        """Let one more begin, and take its place among the others when it is ready."""
        thread = threading.Thread(target=self._prepare, daemon=True)
        self._beginning.append(thread)
        thread.start()

    def _prepare(self) -> None:
        if hasattr(signal, "pthread_sigmask"):
            # A process begins with the mask of the thread that starts it: Ctrl-C is for the process that listens alone, from the first
            # moment on. What tracks its resources would let it through again when it is started itself.
            resource_tracker.ensure_running()
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=self._run, args=(theirs, *self._given), daemon=True)
        with self._lock:
            if self._is_over:
                return
            process.start()
            worker = _Worker(process, ours)
            self._workers.append(worker)
        theirs.close()
        try:
            if ours.recv() == _READY:
                self._idle.put(worker)
        except (OSError, EOFError):
            if not self._is_over:
                _LOG.error(
                    "A process that was to answer questions could not begin; the others do without it."
                )


class Shared:
    """Lets a crew answer what only asks; all else, and what nobody of the crew can take, is answered here (ASGI 3)."""

    def __init__(self, app: ASGIApp, crew: Crew) -> None:
        self._app = app
        self._crew = crew

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        answer = await self._crew.answer(scope) if _only_asks(scope) else None
        if answer is None:
            await self._app(scope, receive, send)
            return
        await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
        await send({"type": "http.response.body", "body": answer.body})


def _only_asks(scope: Scope) -> bool:
    if scope["type"] != "http" or scope["method"] != "GET":
        return False
    path = scope["path"]
    if path != "/" and not any(path == room or path.startswith(f"{room}/") for room in _ASKS):
        return False
    # A whole answer as a file is sent while it is found, and may be longer than memory.
    form = parse_qs(scope["query_string"].decode("latin-1"), max_num_fields=None).get("as", [""])
    return path.startswith("/api/") or form[-1] not in ("csv", "json")


def answer_all(connection: Connection, app: ASGIApp) -> None:
    """Answer what comes over a connection, one request after the other, until it is closed."""
    loop = asyncio.new_event_loop()
    connection.send(_READY)
    try:
        while True:
            connection.send(loop.run_until_complete(_answer(app, connection.recv())))
    except (EOFError, OSError):
        return
    finally:
        loop.close()


def leave_interrupts_alone() -> None:
    """Ctrl-C is for the process that listens, also where no process can be started with it blocked (Windows)."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


async def _answer(app: ASGIApp, scope: dict[str, Any]) -> Answer:
    status, headers, body = 500, list[tuple[bytes, bytes]](), list[bytes]()

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        nonlocal status, headers
        if message["type"] == "http.response.start":
            status, headers = message["status"], list(message["headers"])
        else:
            body.append(message.get("body", b""))

    try:
        await app(scope, receive, send)
    except Exception:
        # The page that says so has been sent; this is for whoever keeps the log.
        _LOG.exception("A question could not be answered.")
    return Answer(status, headers, b"".join(body))
