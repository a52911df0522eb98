"""What every mutation has, and how things that are there already are named in one."""

from __future__ import annotations

from typing import Annotated, ClassVar

import msgspec
from msgspec import Meta

from verkstad.domain.note import MAX_ID_LENGTH
from verkstad.domain.roles import Right

# What names something that is there already: as `check_id` says of ids, so that no other text reaches the database.
Key = Annotated[str, Meta(max_length=MAX_ID_LENGTH, pattern=r"^[A-Za-z0-9_.:-]+\Z")]
# A table's number, such as every database can be asked for.
TableNumber = Annotated[int, Meta(ge=0, le=2**31 - 1)]


class Mutation(msgspec.Struct, frozen=True, tag_field="kind"):
    """Base: the id, and the right that the kind asks for."""

    right: ClassVar[Right]
    id: str
