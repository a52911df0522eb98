"""Tables and queries; SQLAlchemy only. Importing this package registers every table on ``Base.metadata``."""

from verkstad.storage.account import Account, EndedSignIn, Membership, OneTimeLink
from verkstad.storage.action import Action
from verkstad.storage.base import Base, begin_write
from verkstad.storage.mutation import MutationRecord
from verkstad.storage.note import Note
from verkstad.storage.participant import Participant, Token
from verkstad.storage.question_set import QuestionSetRow
from verkstad.storage.theme import Theme
from verkstad.storage.workshop import Group, Question, Round, Workshop

__all__ = [
    "Account",
    "Action",
    "Base",
    "EndedSignIn",
    "Group",
    "Membership",
    "MutationRecord",
    "Note",
    "OneTimeLink",
    "Participant",
    "Question",
    "QuestionSetRow",
    "Round",
    "Theme",
    "Token",
    "Workshop",
    "begin_write",
]
