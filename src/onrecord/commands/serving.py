"""`onrecord serve`: the reading room."""

from __future__ import annotations

from typing import Annotated

import typer

from onrecord.commands.terminal import DEFAULT_RECORD, RecordOption, opened, say
from onrecord.errors import UsageError


def serve(
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="Port; 0 takes a free one.")] = 8080,
    host: Annotated[
        str, typer.Option("--host", help="127.0.0.1, ::1 or localhost.", metavar="HOST")
    ] = "127.0.0.1",
    record: RecordOption = DEFAULT_RECORD,
) -> None:
    """Open a reading room on the record for a browser on this machine: search, statements, events, reports, actors and stories as pages, and as JSON under /api/. It only reads."""
    if host not in ("127.0.0.1", "::1", "localhost"):
        raise UsageError(
            f"--host {host}: the reading room asks nobody for a password, so it answers this machine alone. "
            "Leave --host out, and reach it from elsewhere by an SSH tunnel."
        )
    try:
        import fastapi  # noqa: F401
        import jinja2  # noqa: F401
        import uvicorn
    except ModuleNotFoundError as error:
        raise UsageError(
            "serve: the reading room needs FastAPI, Jinja2 and uvicorn. Install them: pip install 'onrecord[web]'"
        ) from error
    from onrecord.api import Record
    from onrecord.web.app import make_app
    from onrecord.web.listening import listen

    with opened(record) as store, Record.open(record, read_only=True) as asked, listen(host, port) as socket:
        say(f"http://{host if ':' not in host else f'[{host}]'}:{socket.getsockname()[1]}/  (Ctrl-C ends it)")
        config = uvicorn.Config(
            make_app(asked, store), log_level="warning", access_log=False, server_header=False
        )
        uvicorn.Server(config).run(sockets=[socket])
