"""`onrecord serve`: the reading room."""

from __future__ import annotations

import ipaddress
import os
import secrets
import ssl
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from onrecord.commands.terminal import DEFAULT_RECORD, RecordOption, complain, opened, say
from onrecord.errors import UsageError

if TYPE_CHECKING:
    from onrecord.web.admission import Admission

TOKEN_VARIABLE: Final = "ONRECORD_TOKEN"
_LEAST_TOKEN_CHARS: Final = 20
_MOST_TOKEN_BYTES: Final = 1_000
_EVERYWHERE: Final = ("0.0.0.0", "::")  # nosec B104  # asked for by who serves, with a password or token
# Requests and connections at a time.
_MOST_AT_A_TIME: Final = 200
_GRACE_S: Final = 5
# Each holds some 120 MB.
_MOST_PROCESSES: Final = 5
# Who looks at a page for longer opens a new connection for the next one.
_KEEP_ALIVE_S: Final = 30


def serve(
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="Port; 0 takes a free one.")] = 8080,
    host: Annotated[
        str,
        typer.Option(
            "--host",
            help="Address on which to listen. Any but this machine's own needs --token, --token-file or --users.",
            metavar="HOST",
        ),
    ] = "127.0.0.1",
    allow_host: Annotated[
        list[str] | None,
        typer.Option(
            "--allow-host", help="A name by which the room is asked for, beside HOST.", metavar="NAME"
        ),
    ] = None,
    token: Annotated[
        bool,
        typer.Option(
            "--token",
            help=f"Let in who has a token: that of the environment variable {TOKEN_VARIABLE}, or one that is made and printed.",
        ),
    ] = False,
    token_file: Annotated[
        Path | None, typer.Option("--token-file", help="The same, with the token in a file.", metavar="FILE")
    ] = None,
    users: Annotated[
        Path | None,
        typer.Option(
            "--users", help="Let in the users of a file: onrecord users add FILE NAME.", metavar="FILE"
        ),
    ] = None,
    read_only: Annotated[bool, typer.Option("--read-only", help="Nobody changes anything.")] = False,
    tls_cert: Annotated[
        Path | None,
        typer.Option("--tls-cert", help="Certificate, with its chain (PEM): serve https.", metavar="FILE"),
    ] = None,
    tls_key: Annotated[Path | None, typer.Option("--tls-key", help="Its key (PEM).", metavar="FILE")] = None,
    behind_proxy: Annotated[
        str | None,
        typer.Option(
            "--behind-proxy",
            help="Address of a proxy that is believed when it says who asks, and whether by https.",
            metavar="ADDRESS",
        ),
    ] = None,
    processes: Annotated[
        int | None,
        typer.Option(
            "--processes",
            min=0,
            max=32,
            help="Processes that answer questions, beside the one that listens; one more than there are cores if it is left out, 0 for none.",
            metavar="NUMBER",
        ),
    ] = None,
    demo: Annotated[
        bool,
        typer.Option("--demo", help="Open on the example reports, in a record that is gone afterwards."),
    ] = False,
    record: RecordOption = DEFAULT_RECORD,
) -> None:
    """Open a reading room on the record for a browser: search, statements, events, reports, actors and stories as pages, and as JSON under /api/. On this machine it asks nobody for a password; on any other address, who may come in must be said."""
    names = allow_host or []
    secured = bool(token or token_file or users)
    _check_alone(host, names, behind_proxy, secured=secured)
    try:
        import fastapi  # noqa: F401
        import jinja2  # noqa: F401
        import uvicorn
    except ModuleNotFoundError as error:
        raise UsageError(
            "serve: the reading room needs FastAPI, Jinja2 and uvicorn. Install them: pip install 'onrecord[web]'"
        ) from error
    from onrecord.api import Record
    from onrecord.scale.cores import usable_cores
    from onrecord.web.app import answer_in_crew, make_app
    from onrecord.web.bounds import MOST_HEAD_BYTES
    from onrecord.web.crew import Crew
    from onrecord.web.listening import ImpatientProtocol, end_quietly, listen

    _check_tls(tls_cert, tls_key)
    admission = _admission(token=token, token_file=token_file, users=users, may_change=not read_only)
    with ExitStack() as held:
        if demo:
            from onrecord.web.demo import demo_record

            if record != DEFAULT_RECORD:
                raise UsageError("--demo: it has a record of its own. Give --demo or --record, not both.")
            say("Reading the example reports ...", err=True)
            record = str(held.enter_context(demo_record()))
        store = None if read_only else held.enter_context(opened(record))
        asked = held.enter_context(Record.open(record, read_only=True))
        socket = held.enter_context(listen(host, port))
        scheme = "https" if tls_cert else "http"
        say(f"{scheme}://{_in_address(host)}:{socket.getsockname()[1]}/  (Ctrl-C ends it)")
        if not (tls_cert or behind_proxy or _is_loopback(host)):
            complain(f"--host {host}: passwords and pages go over the network as plain text. Give --tls-cert and --tls-key, or see docs/serving.md.")  # fmt: skip
        secret = secrets.token_bytes(32)
        number = min(usable_cores() + 1, _MOST_PROCESSES) if processes is None else processes
        crew = held.enter_context(Crew(number, answer_in_crew, str(record), secret)) if number else None
        app = make_app(
            asked,
            store,
            admission=admission,
            hosts=_hosts(host, names),
            any_address=host in _EVERYWHERE,
            crew=crew,
            secret=secret,
        )
        config = uvicorn.Config(
            app,
            http=ImpatientProtocol,
            ws="none",
            log_level="warning",
            access_log=False,
            server_header=False,
            # Whom nobody has named could say that they are somebody else.
            proxy_headers=behind_proxy is not None,
            forwarded_allow_ips=behind_proxy,
            ssl_certfile=tls_cert,
            ssl_keyfile=tls_key,
            h11_max_incomplete_event_size=MOST_HEAD_BYTES,
            limit_concurrency=_MOST_AT_A_TIME,
            timeout_graceful_shutdown=_GRACE_S,
            timeout_keep_alive=_KEEP_ALIVE_S,
        )
        end_quietly()
        uvicorn.Server(config).run(sockets=[socket])


def _check_alone(host: str, names: list[str], proxy: str | None, *, secured: bool) -> None:
    """See that nobody but this machine is let in without being asked who they are.

    Raises:
        UsageError: if others would be, or the proxy is none.
    """
    if proxy is not None and not _is_address(proxy):
        raise UsageError(
            f"--behind-proxy {proxy}: not an address. Name that of the proxy, such as 127.0.0.1."
        )
    if secured:
        return
    mend = "Say who may come in with --token or --users FILE (onrecord users add FILE NAME)"
    if not _is_loopback(host):
        raise UsageError(
            f"--host {host}: the reading room asks nobody for a password, so it answers this machine alone. "
            f"{mend}, or leave --host out."
        )
    if names or proxy:
        option = f"--allow-host {names[0]}" if names else f"--behind-proxy {proxy}"
        raise UsageError(f"{option}: others would be let in, and nobody is asked for a password. {mend}.")


def _check_tls(cert: Path | None, key: Path | None) -> None:
    if (cert is None) != (key is None):
        raise UsageError("--tls-cert and --tls-key belong together. Give both, or neither.")
    if cert is None or key is None:
        return
    for option, path in (("--tls-cert", cert), ("--tls-key", key)):
        if not os.access(path, os.R_OK):
            raise UsageError(f"{option} {path}: cannot be read. Name a PEM file that can.")
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(cert, key)
    except (ssl.SSLError, OSError) as error:
        raise UsageError(
            f"--tls-cert {cert}, --tls-key {key}: no certificate with its key ({error})."
        ) from error


def _admission(*, token: bool, token_file: Path | None, users: Path | None, may_change: bool) -> Admission:
    """Who is let in; a token that is made is printed."""
    from onrecord.record.login import login_name
    from onrecord.web.admission import Admission
    from onrecord.web.passwords import make_secret
    from onrecord.web.users import UsersFile

    if token and token_file:
        raise UsageError("--token and --token-file: there is one token. Give one of them.")
    known = UsersFile(users) if users else None
    secret = _given_token(token_file) if token or token_file else None
    if token and secret is None:
        secret = make_secret()
        say(f"token: {secret}")
    return Admission(local=login_name(), may_change=may_change, users=known, token=secret)


def _given_token(file: Path | None) -> str | None:
    """The token of a file, or of the environment; None if it has none."""
    from onrecord.web.private_files import read_private

    if file is not None:
        data = read_private(
            file, most_bytes=_MOST_TOKEN_BYTES, mend="Name a file that holds the token and nothing else."
        )
        secret, where = data.decode("utf-8", "replace").strip(), str(file)
    else:
        # Not left there for what this process starts.
        secret, where = os.environ.pop(TOKEN_VARIABLE, "").strip(), TOKEN_VARIABLE
        if not secret:
            return None
    is_plain = secret.isascii() and secret.isprintable() and " " not in secret
    if not is_plain or len(secret) < _LEAST_TOKEN_CHARS:
        raise UsageError(
            f"{where}: a token has {_LEAST_TOKEN_CHARS} characters or more, none of them a space. "
            "Make one: python -c 'import secrets; print(secrets.token_urlsafe(32))'"
        )
    return secret


def _hosts(host: str, names: list[str]) -> set[str]:
    """The names by which the room is asked for."""
    from onrecord.web.safety import LOOPBACK

    own = set() if host in _EVERYWHERE else {_in_address(host)}
    return {*LOOPBACK, *own, *map(_in_address, names)}


def _in_address(host: str) -> str:
    """A host as it stands in a web address."""
    return f"[{host}]" if ":" in host and not host.startswith("[") else host


def _is_address(told: str) -> bool:
    try:
        ipaddress.ip_address(told)
    except ValueError:
        return False
    return True


def _is_loopback(host: str) -> bool:
    return host == "localhost" or (_is_address(host) and ipaddress.ip_address(host).is_loopback)
