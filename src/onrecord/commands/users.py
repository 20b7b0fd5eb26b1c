"""`onrecord users`: who may sign in to a reading room."""

from __future__ import annotations

import getpass
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.commands.terminal import JsonOption, say, write_json
from onrecord.errors import UsageError
from onrecord.printing.lines import count

if TYPE_CHECKING:
    from onrecord.web.users import User

FileArgument = Annotated[Path, typer.Argument(help="The users file.", metavar="FILE")]
NameArgument = Annotated[str, typer.Argument(help="Name of a user.", metavar="NAME")]
MakeOption = Annotated[
    bool, typer.Option("--make-password", help="Make a password and print it, instead of asking for one.")
]

users_app = typer.Typer(
    help="Say who may sign in to a reading room: onrecord serve --users FILE.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@users_app.command(epilog="Example: onrecord users add users.json Ana --change")
def add(
    file: FileArgument,
    name: NameArgument,
    change: Annotated[
        bool, typer.Option("--change", help="Who may also correct, watch and add; otherwise they only read.")
    ] = False,
    make_password: MakeOption = False,
    json: JsonOption = False,
) -> None:
    """Add a user; the file is made if there is none. The password is asked for, or read as a line of standard input."""
    from onrecord.web.passwords import hash_password
    from onrecord.web.users import User, check_name, read_users, write_users

    users = read_users(file) if file.exists() else []
    named = check_name(name)
    if any(user.name == named for user in users):
        raise UsageError(
            f"{file}: {named} is there already. Give another password with: onrecord users password"
        )
    password = _password(make=make_password)
    added = User(named, "change" if change else "read", hash_password(password))
    write_users(file, [*users, added])
    _print_set(added, password if make_password else None, json=json)


@users_app.command(epilog="Example: onrecord users remove users.json Ana")
def remove(file: FileArgument, name: NameArgument, json: JsonOption = False) -> None:
    """Remove a user, who is signed out at once."""
    from onrecord.web.users import read_users, write_users

    users = read_users(file)
    gone = _named(users, name, file)
    write_users(file, [user for user in users if user != gone])
    if json:
        write_json({"removed": gone.name})
    else:
        say(f"{gone.name} may not sign in any more")


@users_app.command("list", epilog="Example: onrecord users list users.json")
def list_users(file: FileArgument, json: JsonOption = False) -> None:
    """Print who may sign in, and who of them may change anything."""
    from onrecord.web.users import read_users

    users = read_users(file)
    for user in users:
        if json:
            write_json({"name": user.name, "may": user.may})
        else:
            say(f"{user.may:<6}  {user.name}")
    if not json:
        say(count(len(users), "user"))


@users_app.command(epilog="Example: onrecord users password users.json Ana")
def password(
    file: FileArgument, name: NameArgument, make_password: MakeOption = False, json: JsonOption = False
) -> None:
    """Give a user another password; whoever is signed in with the old one is signed out at once."""
    import msgspec

    from onrecord.web.passwords import hash_password
    from onrecord.web.users import read_users, write_users

    users = read_users(file)
    old = _named(users, name, file)
    given = _password(make=make_password)
    changed = msgspec.structs.replace(old, password=hash_password(given))
    write_users(file, [changed if user == old else user for user in users])
    _print_set(changed, given if make_password else None, json=json)


def _named(users: list[User], name: str, file: Path) -> User:
    from onrecord.web.users import normal_name

    found = next((user for user in users if user.name == normal_name(name)), None)
    if found is None:
        raise UsageError(
            f"{file}: nobody of the name {name!r} is there. See who is: onrecord users list {file}"
        )
    return found


def _password(*, make: bool) -> str:
    """A password: made, asked for on the terminal, or a line of standard input where that is none."""
    from onrecord.web.passwords import check_password, make_secret

    if make:
        return make_secret()
    if sys.stdin.isatty():
        given = getpass.getpass("Password: ")
        check_password(given, "the password")
        if getpass.getpass("Once more: ") != given:
            raise UsageError("these are two passwords. Nothing was changed; begin again.")
        return given
    given = sys.stdin.readline().rstrip("\r\n")
    check_password(given, "the password on standard input")
    return given


def _print_set(user: User, password: str | None, *, json: bool) -> None:
    """Say who may sign in; the password only if it was made here, as nobody knows it otherwise."""
    if json:
        write_json({"name": user.name, "may": user.may} | ({"password": password} if password else {}))
        return
    say(f"{user.name} may sign in, to {'read and change' if user.may == 'change' else 'read'}")
    if password:
        say(f"password: {password}")
