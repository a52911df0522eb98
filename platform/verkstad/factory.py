"""Putting the parts together."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from flask import Flask
from flask_babel import get_locale
from sqlalchemy import create_engine
from sqlalchemy.engine import Engine
from whitenoise import WhiteNoise

from verkstad.assets import asset_root
from verkstad.config import Config, read_config
from verkstad.extensions import babel, compress, csrf, db, login, socketio
from verkstad.jobs.queue import Asking
from verkstad.language import choose_language
from verkstad.logs import set_up_logs
from verkstad.realtime.broadcaster import RoomBroadcaster
from verkstad.realtime.door import LiveDoor, read_changes
from verkstad.realtime.events import Tools
from verkstad.realtime.packets import TextPacket
from verkstad.realtime.post import Post
from verkstad.services import handlers  # noqa: F401  (what is pushed finds its handler)
from verkstad.services.accounts import SignIns
from verkstad.services.budgets import Budget, Pace, limiter, live_pace, seat_pace
from verkstad.services.metrics import watch_feed, watch_queue
from verkstad.services.writer import Writer, here
from verkstad.storage.base import prepare_engine
from verkstad.threads import apart, is_cooperative
from verkstad.web import (
    accounts,
    addresses,
    api,
    bundles,
    errors,
    guard,
    headers,
    health,
    library,
    live,
    metrics,
    pages,
    sessions,
    verification,
    workshops,
)
from verkstad.web.headers import LIVE_LIMIT, UPLOAD_LIMIT, BodyLimit

if TYPE_CHECKING:
    from verkstad.realtime.feed import Feed


def _engine_options(config: Config) -> dict[str, Any]:
    # An error in the log must not quote a note; a server's database that was restarted must cost nobody an answer.
    return {"hide_parameters": True, "pool_pre_ping": not config.embedded}


def create_app(config: Config | None = None) -> Flask:
    """The application, ready to serve; the configuration comes from the environment when not given.

    Raises:
        ConfigError: a setting cannot be used.
    """
    config = config or read_config()
    set_up_logs()
    app = Flask("verkstad", template_folder=str(asset_root("templates")), static_folder=None)
    app.config.from_mapping(_flask_settings(config))
    app.extensions["config"] = config
    app.extensions["public_base"] = config.public_base
    _bind_extensions(app)
    _open_doors(app, config)
    app.wsgi_app = BodyLimit(_static_files(app.wsgi_app))  # type: ignore[method-assign]
    return app


def _flask_settings(config: Config) -> dict[str, Any]:
    return {
        "SECRET_KEY": config.secret_key,
        "SQLALCHEMY_DATABASE_URI": config.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": _engine_options(config),
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": bool(config.public_url and config.public_url.startswith("https")),
        "MAX_CONTENT_LENGTH": UPLOAD_LIMIT,
        "BABEL_DEFAULT_LOCALE": "sv",
        "BABEL_TRANSLATION_DIRECTORIES": str(asset_root("translations")),
        "WTF_CSRF_TIME_LIMIT": None,  # as long as the session: an evening is longer than an hour
    }


def _bind_extensions(app: Flask) -> None:
    db.init_app(app)
    with app.app_context():
        prepare_engine(db.engine)
    babel.init_app(app, locale_selector=choose_language)
    login.init_app(app)
    login.user_loader(sessions.load)
    csrf.init_app(app)
    compress.init_app(app)
    app.jinja_env.globals.update(asset=bundles.asset, language=lambda: str(get_locale()))


def _open_doors(app: Flask, config: Config) -> None:
    counters = limiter(config.redis_url, enabled=config.limits)
    app.extensions["guesses"] = Budget("codes", "60/minute", counters)
    app.extensions["sign_ins"] = SignIns(counters)
    app.extensions["pace"] = pace = live_pace(enabled=config.limits)
    app.extensions["seats"] = seat_pace(enabled=config.limits)
    _open_live_door(app, config, pace)
    addresses.install(app)
    errors.install(app)
    headers.install(app)
    guard.install(app)
    for module in (pages, accounts, library, workshops, verification, live, api, health, metrics):
        app.register_blueprint(module.bp)


def _open_live_door(app: Flask, config: Config, pace: Pace) -> None:
    socketio.init_app(
        app,
        async_mode="gevent" if is_cooperative() else "threading",
        async_handlers=False,  # one client's events in the order it sent them
        cors_allowed_origins=config.origins,
        max_http_buffer_size=LIVE_LIMIT,
        serializer=TextPacket,
        manage_session=False,
        ping_interval=20,
    )
    with app.app_context():
        engine = db.engine
    server = socketio.server
    feed = _feed(config)
    post = Post(server)
    broadcaster = RoomBroadcaster(partial(read_changes, engine), post.send, feed)
    writers_engine = _writers_engine(config)
    # SQLite waits for the disk inside C, and would hold the event loop up; psycopg waits as gevent does.
    blocks = is_cooperative() and writers_engine.dialect.name == "sqlite"
    jobs = Asking()
    writer = Writer(writers_engine, broadcaster, apart() if blocks else here, jobs)
    watch_queue(lambda: writer.waiting)
    watch_feed(lambda: feed.silence if feed else 0)
    app.extensions["post"] = post
    app.extensions["broadcaster"] = broadcaster
    app.extensions["writer"] = writer
    app.extensions["jobs"] = jobs
    app.extensions["live"] = LiveDoor(app, server, broadcaster, post, Tools(engine, writer, pace), feed)


def _feed(config: Config) -> Feed | None:
    if config.redis_url is None:
        return None
    from verkstad.realtime.feed import RedisFeed  # and with it a client of some size

    return RedisFeed(config.redis_url, config.installation)


def _writers_engine(config: Config) -> Engine:
    """One connection, used by the writer alone, in whatever thread it writes."""
    engine = create_engine(config.database_url, pool_size=1, max_overflow=0, **_engine_options(config))
    prepare_engine(engine)
    return engine


def _static_files(wsgi: Any) -> WhiteNoise:
    """Our own files under /static; those with a hash in their name may be kept for ever."""
    return WhiteNoise(
        wsgi,
        root=str(asset_root("static")),
        prefix="static/",
        max_age=3600,
        immutable_file_test=lambda path, url: "/static/dist/" in url,
        add_headers_function=_add_headers,
    )


def _add_headers(given: Any, path: str, url: str) -> None:
    for name, value in headers.HEADERS.items():
        given[name] = value
