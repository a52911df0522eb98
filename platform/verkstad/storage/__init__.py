"""Tables and queries; SQLAlchemy only. Importing this package registers every table on ``Base.metadata``."""

from verkstad.storage.account import Account, EndedSignIn, Membership, OneTimeLink
from verkstad.storage.action import Action
from verkstad.storage.adoption import AdoptedFile, Adoption
from verkstad.storage.base import Base, begin_write
from verkstad.storage.finding import DecidedFinding
from verkstad.storage.line import SummaryLine
from verkstad.storage.minutes import MinutesRow
from verkstad.storage.mutation import MutationRecord
from verkstad.storage.note import Note
from verkstad.storage.note_vector import NoteVector
from verkstad.storage.participant import Participant, Token
from verkstad.storage.question_set import QuestionSetRow
from verkstad.storage.suggestion import Sorting, Suggestion
from verkstad.storage.theme import Theme
from verkstad.storage.vote import Ballot, Voting
from verkstad.storage.workshop import Group, Question, Round, Workshop

__all__ = [
    "Account",
    "Action",
    "AdoptedFile",
    "Adoption",
    "Ballot",
    "Base",
    "DecidedFinding",
    "EndedSignIn",
    "Group",
    "Membership",
    "MinutesRow",
    "MutationRecord",
    "Note",
    "NoteVector",
    "OneTimeLink",
    "Participant",
    "Question",
    "QuestionSetRow",
    "Round",
    "Sorting",
    "Suggestion",
    "SummaryLine",
    "Theme",
    "Token",
    "Voting",
    "Workshop",
    "begin_write",
]
