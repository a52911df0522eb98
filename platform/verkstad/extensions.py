"""The Flask extensions, made once and bound to an app by the factory."""

from __future__ import annotations

from typing import Any

from verkstad.optional import without

# Socket.IO loads the client of Redis wherever there is one: fifteen megabytes and half a second that most evenings have
# no use for. Our own feed loads it when it is asked for.
with without("redis"):
    from flask_babel import Babel
    from flask_compress import Compress
    from flask_login import LoginManager
    from flask_socketio import SocketIO
    from flask_sqlalchemy import SQLAlchemy
    from flask_wtf import CSRFProtect

# Objects keep their values after commit: they are read, not reloaded, when an answer is built.
db = SQLAlchemy(session_options={"expire_on_commit": False})
login = LoginManager()
csrf = CSRFProtect()
compress = Compress()
babel = Babel()
socketio: Any = SocketIO()
