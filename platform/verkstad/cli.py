"""The command line."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import click
import gevent
import msgspec
from flask import current_app
from flask.cli import FlaskGroup, with_appcontext
from sqlalchemy.exc import OperationalError

from verkstad import documents
from verkstad.cluster import cluster
from verkstad.config import Config, ConfigError, read_config
from verkstad.domain.errors import N_, NotFound
from verkstad.domain.join_code import parse_join_code
from verkstad.domain.roles import Role
from verkstad.domain.workshop_file import WorkshopFile
from verkstad.extensions import db
from verkstad.factory import create_app
from verkstad.rehearse import play
from verkstad.services import account_links, accounts, exports, joining, question_sets
from verkstad.services.groups import check_name
from verkstad.services.imports import read_workshop_file
from verkstad.services.workshop_import import create_from_file
from verkstad.serving import listen, start_work
from verkstad.serving import serve as run_server
from verkstad.storage import Account, Workshop
from verkstad.storage.migrate import is_current, migrate
from verkstad.storage.sole import Place, Taken, take_place
from verkstad.storage.workshop import workshop_by_code
from verkstad.work import work

TOKENS = {"screen": Role.SCREEN, "studio": Role.STUDIO, "themes": Role.THEME_TEAM}
KEEP = 5  # seconds between looks at whether the database still knows that we serve it
SHIPPED_EVENING = Path(__file__).parent / "evenings" / "evening.json"


@click.group(cls=FlaskGroup, create_app=create_app, add_default_commands=False)
def cli() -> None:
    """Verkstad: workshops with live notes, and the compiled summary the same evening."""


@cli.command()
@click.option("--host", help="The address to listen on; 0.0.0.0 lets phones in the same network in.")
@click.option("--port", type=click.IntRange(1, 65535), help="The port to listen on.")
def serve(host: str | None, port: int | None) -> None:
    """Serve the application."""
    config = read_config()
    config = replace(config, host=host or config.host, port=port or config.port)
    sock = listen(config)
    app = create_app(config)
    with app.app_context():
        place = _take_place(config)
        _prepare_database(config)
        question_sets.seed_shipped(db.session())
        setup = account_links.setup_link(db.session())
    gevent.spawn(_keep, place)

    def started() -> None:
        start_work(app, config)
        _greet(config, setup)

    run_server(app, sock, started)


def _take_place(config: Config) -> Place:
    """The right to serve the database.

    Raises:
        ConfigError: another process has it, or the database is not there.
    """
    try:
        return take_place(db.engine, with_others=config.redis_url is not None, installation=config.installation)
    except Taken as error:
        raise ConfigError(str(error)) from error
    except OSError as error:
        raise ConfigError(f"{error.filename} cannot be written: {error.strerror}.") from error
    except OperationalError as error:
        where = db.engine.url.render_as_string(hide_password=True)
        raise ConfigError(f"The database {where} cannot be opened. Is it running, and is the address right?") from error


def _keep(place: Place) -> None:
    while True:
        gevent.sleep(KEEP)
        place.keep()


def _greet(config: Config, setup: str | None) -> None:
    click.echo(f"Verkstad is served at {config.public_base}")
    if setup:
        click.echo(f"First admin (works once, for an hour): {config.public_base}/setup/{setup}")
    if not config.everywhere and not config.public_url:
        click.echo(
            "Only this computer can reach it. To let phones in the same network in: VERKSTAD_HOST=0.0.0.0 make run"
        )
    click.echo("How an evening is run: README.md. Stop with Ctrl+C.")


@cli.group()
def account() -> None:
    """Accounts of those who run evenings."""


@account.command("create")
@click.option("--email", required=True)
@click.option("--name", required=True)
@click.option("--role", required=True, type=click.Choice(["admin", "facilitator", "secretary"]))
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@with_appcontext
def create_account(email: str, name: str, role: str, password_stdin: bool) -> None:
    """Create an account; without a password it prints a one-time link to choose one."""
    _prepare_database(_config())
    password = sys.stdin.readline().rstrip("\r\n") if password_stdin else None
    made = accounts.create_account(db.session(), email, name, Role(role), password)
    if password is None:
        link, _ = account_links.password_link(db.session(), made.id)
        click.echo(f"{_config().public_base}/link/{link}")
    else:
        click.echo(made.email)


@cli.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--open", "opened", is_flag=True, help="Open the workshop and its first question.")
@click.option("--owner", help="The e-mail address of the account whose workshop it becomes.")
@with_appcontext
def import_file(file: Path, opened: bool, owner: str | None) -> None:
    """Import a workshop file, or a hand-made compilation (txt, md, docx); prints the join code last."""
    _prepare_database(_config())
    evening = read_workshop_file(file.read_bytes(), file.name)
    workshop = create_from_file(db.session(), evening, owner=_owner(owner), open=opened)
    groups, notes = len(evening.groups), len(evening.notes)
    click.echo(f"{evening.title}: {groups} groups, {len(evening.questions)} questions, {notes} notes", err=True)
    click.echo(workshop.code)


def _owner(email: str | None) -> Account | None:
    if email is None:
        return None
    found = db.session.query(Account).filter_by(email=email.strip().lower()).one_or_none()
    if found is None:
        raise NotFound("unknown_account", N_("No account has that e-mail address."))
    return found


@cli.command("export")
@click.argument("code")
@click.option("--as", "fmt", required=True, type=click.Choice([f.value for f in documents.Format]))
@click.option("--view", type=click.Choice([v.value for v in documents.View]), default="full", show_default=True)
@click.option("-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path))
@with_appcontext
def export_file(code: str, fmt: str, view: str, output: Path) -> None:
    """Write the summary of a workshop to a file."""
    _prepare_database(_config())
    made = exports.export_of(db.session(), _workshop(code), documents.Format(fmt), documents.View(view))
    try:
        output.write_bytes(made.content)
    except OSError as error:
        raise ConfigError(f"{output} cannot be written: {error.strerror}.") from error
    for warning in made.warnings:
        click.echo(warning, err=True)
    click.echo(str(output))


@cli.command()
@click.argument("code")
@click.option("--as", "kind", required=True, type=click.Choice(list(TOKENS)))
@click.option("--name", default="", help="Who is to have it; those who sort themes see it in their log.")
@with_appcontext
def token(code: str, kind: str, name: str) -> None:
    """Print a token for a projector, a script, or somebody who may sort themes and nothing else."""
    _prepare_database(_config())
    click.echo(joining.issue_token(db.session(), _workshop(code), TOKENS[kind], check_name(name)))


@cli.command()
@click.argument("source", required=False)
@click.option("--speed", type=click.FloatRange(min=0.1), default=1.0, show_default=True, help="2 is twice as fast.")
@click.option("--export-to", type=click.Path(file_okay=False, path_type=Path), help="Write the summary's files there.")
@with_appcontext
def rehearse(source: str | None, speed: float, export_to: Path | None) -> None:
    """Play an evening (a workshop's CODE, a FILE, or the shipped one) through real clients on the running server."""
    _prepare_database(_config())
    evening = _evening(source)
    bare = create_from_file(db.session(), _without_notes(evening))
    studio = joining.issue_token(db.session(), bare, Role.STUDIO)
    screen = joining.issue_token(db.session(), bare, Role.SCREEN)
    base = _config().public_base
    for label, path in (
        ("Phone", f"w/{bare.code}"),
        ("Studio", f"studio/{bare.code}#{studio}"),
        ("Screen", f"screen?language={bare.language}#{screen}"),
    ):
        click.echo(f"{label + ':':8} {base}/{path}")
    result = play(
        evening, base_url=_config().address, code=bare.code, studio_token=studio, speed=speed, report=click.echo
    )
    click.echo(str(result))
    if export_to:
        _export_all(bare.code, export_to)
    if not result.complete:
        sys.exit(1)


def _evening(source: str | None) -> WorkshopFile:
    if source is None:
        return read_workshop_file(SHIPPED_EVENING.read_bytes(), SHIPPED_EVENING.name)
    if Path(source).is_file():
        return read_workshop_file(Path(source).read_bytes(), source)
    return exports.evening_of(db.session(), _workshop(source))


def _without_notes(evening: WorkshopFile) -> WorkshopFile:
    """The same evening before anyone has written."""
    questions = tuple(
        msgspec.structs.replace(q, opened_at=None, closed_at=None, shared=False) for q in evening.questions
    )
    return msgspec.structs.replace(evening, questions=questions, notes=(), themes=(), participants=None, state=None)


def _export_all(code: str, folder: Path) -> None:
    """Every format of the full summary, and the groups' own in Word."""
    folder.mkdir(parents=True, exist_ok=True)
    evening = exports.evening_of(db.session(), _workshop(code))
    for fmt in documents.Format:
        made = exports.export_evening(evening, fmt, documents.View.FULL)
        (folder / made.filename).write_bytes(made.content)
        click.echo(str((folder / made.filename).resolve()))


def _workshop(code: str) -> Workshop:
    found = workshop_by_code(db.session(), parse_join_code(code))
    if found is None:
        raise NotFound("unknown_code", N_("No workshop has that code. Check the sign on the table."))
    return found


def _config() -> Config:
    config: Config = current_app.extensions["config"]
    return config


def _prepare_database(config: Config) -> None:
    """Migrate the embedded database, which is ours; never a server's, whose owner chooses when.

    Raises:
        ConfigError: a server's database is not at this version's tables.
    """
    if is_current(db.engine):
        return
    if config.embedded:
        migrate(db.engine)
    else:
        raise ConfigError("The database has not been migrated to this version. Run: verkstad migrate")


@cli.command("migrate")
@with_appcontext
def migrate_database() -> None:
    """Bring the database to this version's tables."""
    migrate(db.engine)


cli.add_command(cluster)
cli.add_command(work)
