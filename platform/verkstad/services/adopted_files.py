"""The files of an adopted summary: made once, beside serving, then handed out as they were stored."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass

import msgspec
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from verkstad.documents import Format, View
from verkstad.domain.errors import N_, NotFound
from verkstad.domain.workshop import State
from verkstad.domain.workshop_file import FileAdopted, WorkshopFile
from verkstad.services.context import lock_context
from verkstad.services.exports import Export, evening_of, export_evening
from verkstad.services.ports import Broadcaster
from verkstad.storage import AdoptedFile, Adoption, Workshop, begin_write
from verkstad.storage.adoption import Failure, adoption_at, adoptions_of, attempt_of, files_of
from verkstad.storage.base import WRITING, now

log = logging.getLogger(__name__)


def make_files(engine: Engine, broadcaster: Broadcaster, workshop_id: int) -> None:
    """Make the files that a workshop waits for, if any, and adopt it with the last of them.

    Killed midway, it goes on with those that are missing the next time.
    """
    with Session(engine, expire_on_commit=False) as session:
        adoption = attempt_of(session, workshop_id)
        if adoption is None or not adoption.is_pending:
            return
        evening = evening_of(session, session.get_one(Workshop, workshop_id))
        if evening.revision != adoption.revision:
            _fail(session, adoption, Failure.CHANGED)
            return
        evening = _as_adopted(evening, adoption)
        there = {(file.fmt, file.view) for file in files_of(session, adoption)}
        for fmt, view in adoption.wanted:
            if (fmt, view) in there:
                continue
            try:
                made = export_evening(evening, fmt, view)
            except Exception:  # whatever it is: she is told, and nothing is adopted
                log.exception("workshop %d has no %s of its summary", workshop_id, fmt)
                _fail(session, adoption, Failure.BROKEN)
                return
            if not _store(session, adoption, fmt, view, made):
                return
    _stand(engine, broadcaster, adoption)


def _as_adopted(evening: WorkshopFile, adoption: Adoption) -> WorkshopFile:
    return msgspec.structs.replace(
        evening,
        state=State.ADOPTED,
        adopted=FileAdopted(adoption.version, adoption.at, adoption.by, adoption.verify),
        exported_at=adoption.at,
    )


def _still(session: Session, adoption: Adoption) -> Adoption | None:
    """The same attempt in a writing transaction, unless somebody has stopped it since, or another worker ended it."""
    begin_write(session)
    found = attempt_of(session, adoption.workshop_id)
    return found if found is not None and found.is_pending and found.address == adoption.address else None


def _fail(session: Session, adoption: Adoption, failure: Failure) -> None:
    attempt = _still(session, adoption)
    if attempt is not None:
        attempt.failure = failure
        for file in files_of(session, attempt):
            session.delete(file)
    session.commit()


def _store(session: Session, adoption: Adoption, fmt: Format, view: View, made: Export) -> bool:
    """Keep a file; whether the others are still wanted."""
    attempt = _still(session, adoption)
    if attempt is not None:
        session.merge(
            AdoptedFile(
                workshop_id=attempt.workshop_id,
                version=attempt.version,
                fmt=fmt,
                view=view,
                name=made.filename,
                size=len(made.content),
                sha256=hashlib.sha256(made.content).hexdigest(),
                warnings=list(made.warnings),
                made_at=now(),
                content=made.content,
            )
        )
    session.commit()
    return attempt is not None


def _stand(engine: Engine, broadcaster: Broadcaster, adoption: Adoption) -> None:
    """Adopt what the files tell of, if the workshop is still so."""
    with engine.execution_options(**WRITING).begin() as connection:
        context = lock_context(connection, adoption.workshop_id, [], None)
        attempt = attempt_of(context.session, adoption.workshop_id) if context else None
        if context is None or attempt is None or not attempt.is_pending or attempt.address != adoption.address:
            return
        if context.revision == attempt.revision:
            attempt.adopted_at = context.at
            context.workshop.state = State.ADOPTED
            context.bump_meta()
        else:
            attempt.failure = Failure.CHANGED
        delta, _ = context.finish()
    if delta is not None:
        broadcaster.publish(delta)


def stored_file(session: Session, workshop_id: int, version: int, name: str) -> AdoptedFile:
    """A file of a version, by its name. Raises NotFound."""
    for adoption in adoptions_of(session, workshop_id):
        for file in files_of(session, adoption) if adoption.version == version else ():
            if file.name == name:
                return file
    raise NotFound("unknown_file", N_("There is no such file."))


@dataclass(frozen=True, slots=True)
class Checked:
    """Which file of which version something is, byte for byte; neither when it is none."""

    adoption: Adoption | None = None
    file: AdoptedFile | None = None


@dataclass(frozen=True, slots=True)
class Verification:
    """What anybody may know of an adopted version: what it is, its files, and what has become of it."""

    adoption: Adoption
    files: list[AdoptedFile]
    replaced_by: Adoption | None


def verification(session: Session, address: str) -> Verification:
    """The version of an address. Raises NotFound."""
    adoption = adoption_at(session, address)
    if adoption is None:
        raise NotFound("unknown_version", N_("No adopted summary has that address. Check every letter and digit."))
    latest = adoptions_of(session, adoption.workshop_id)[0]
    replaced_by = latest if latest.version > adoption.version else None
    return Verification(adoption, files_of(session, adoption), replaced_by)


def checked(session: Session, adoption: Adoption, sha256: str) -> Checked:
    """Whether something with this hash is a file of the version, or else of another one of the same workshop."""
    for each in sorted(adoptions_of(session, adoption.workshop_id), key=lambda it: it.version != adoption.version):
        for file in files_of(session, each):
            if file.sha256 == sha256:
                return Checked(each, file)
    return Checked()
