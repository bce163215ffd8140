"""Builds the plan API. Everything that lives as long as the process is made here."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Final

import httpx
import psycopg
import structlog
from asgi_correlation_id import CorrelationIdMiddleware
from fastapi import FastAPI
from psycopg_pool import PoolTimeout

from planapi.attachments import (
    AcceptEverything,
    Attachments,
    AttachmentStorage,
    DatabaseStorage,
    HttpScanner,
    Scanner,
)
from planapi.background import in_background
from planapi.chain import keep_sealing
from planapi.clock import Clock, utc_now
from planapi.database import Database
from planapi.dependencies import Context
from planapi.errors import Unavailable, UnexpectedErrors, install_error_handlers
from planapi.events import EventFeed
from planapi.middleware import BodyLimit
from planapi.oauth import ClientTokens
from planapi.object_storage import Bucket, ObjectStorage
from planapi.openapi import document, operation_name
from planapi.routes import (
    access_log,
    appointments,
    assessments,
    attachments,
    calendar,
    case_workers,
    commitments,
    consents,
    drafts,
    events,
    follow_ups,
    goals,
    handovers,
    health,
    helpers,
    identities,
    integration,
    me,
    memberships,
    minutes,
    oauth,
    pictures,
    plans,
    rights,
    safety,
    sharing,
    threads,
    told_facts,
    work,
)
from planapi.security import ActorTokens, PortalKeys
from planapi.services.attachments import forget_cut_off, forget_unsent
from planapi.services.drafts import forget_old_drafts
from planapi.services.integration import keep_delivering
from planapi.settings import PlanApiSettings
from portal.contract.attachments import LARGEST_ATTACHMENT
from portal.contract.errors import Problem

_ROUTES: Final = (
    plans,
    identities,
    me,
    pictures,
    goals,
    threads,
    attachments,
    assessments,
    follow_ups,
    appointments,
    calendar,
    commitments,
    minutes,
    told_facts,
    drafts,
    consents,
    access_log,
    handovers,
    case_workers,
    helpers,
    memberships,
    rights,
    safety,
    sharing,
    work,
    integration,
    oauth,
    events,
    health,
)
"""The map: each module holds the ``router`` of one resource.

Looked through in this order for every call: what is asked for most stands first.
"""

_DESCRIPTION: Final = """
One plan, the citizen's own goals, who may see what.

Every call acts for one person, by a token that the portal signs (`actorToken`), or for a sector
system (`clientCredentials`). Times are UTC with offset, days are days in Denmark. Within `/v1`
fields and routes are added, never taken away: ignore what you do not know. What you send must be
known here: unknown fields are refused.

Where something exists, a `PUT` or `DELETE` names the version that was seen (`If-Match`), `"0"`
where nothing is there yet. It does not where a mark of what was read only rises, where something
that never changes ends, and where a sector system counts versions itself; it may where a draft
ends, which is then kept if it is newer. Every `POST` has an `Idempotency-Key`: the same again gets
the same answer for 24 hours. The token endpoint has none: an assertion counts once.
Each error is a problem (RFC 9457) whose `type` stays the same.
"""

_LARGEST_BODY: Final = 400_000
"""Bytes. The largest command is a draft: 30 fields of 10,000 characters."""
_LARGEST_BATCH: Final = 40_000_000
"""Bytes. 10,000 items of 4,000."""
_HOUSEKEEPING_SECONDS: Final = 3600.0
_KEYS_TIMEOUT_SECONDS: Final = 5.0
_FILES_TIMEOUT_SECONDS: Final = 30.0
"""A scanner looks into ten megabytes in less."""

_logger = structlog.get_logger(__name__)


def create_app(
    settings: PlanApiSettings,
    *,
    clock: Clock = utc_now,
    http: httpx.AsyncClient | None = None,
    storage: AttachmentStorage | None = None,
    scanner: Scanner | None = None,
) -> FastAPI:
    """Return the application.

    ``http`` fetches the portal's keys; without one the application makes and closes its own.
    Attachments are kept by ``storage`` once ``scanner`` accepts them; without, as the settings say.
    """
    http_client = http or httpx.AsyncClient(timeout=_KEYS_TIMEOUT_SECONDS)
    database = Database(
        settings.database_url.get_secret_value(), pool_size=settings.database_pool_size
    )
    feed = EventFeed(database)
    files_http = httpx.AsyncClient(timeout=_FILES_TIMEOUT_SECONDS)
    attachments_kept = _attachments(settings, files_http, clock, storage, scanner)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        async with AsyncExitStack() as running:
            if http is None:
                await running.enter_async_context(http_client)
            await running.enter_async_context(files_http)
            await running.enter_async_context(database)
            await running.enter_async_context(feed.running())
            await running.enter_async_context(in_background(_keep_house(database)))
            await running.enter_async_context(
                in_background(_keep_tidy(database, attachments_kept, clock))
            )
            await running.enter_async_context(in_background(keep_sealing(database)))
            await running.enter_async_context(in_background(keep_delivering(database, clock)))
            yield

    app = FastAPI(
        title="Én Plan: plan API",
        description=_DESCRIPTION,
        version="1.0.0",
        openapi_url="/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
        generate_unique_id_function=operation_name,
        responses={"default": {"model": Problem, "description": "A problem (RFC 9457)"}},
    )
    app.state.context = Context(
        database=database,
        tokens=ActorTokens(
            PortalKeys(http_client, settings.actor_jwks_url, clock),
            issuer=settings.actor_issuer,
            clock=clock,
        ),
        client_tokens=ClientTokens(
            database,
            url=settings.integration_url,
            secret_key=settings.secret_key.get_secret_value(),
            clock=clock,
        ),
        events=feed,
        attachments=attachments_kept,
        clock=clock,
        secret_key=settings.secret_key,
    )
    for routes in _ROUTES:
        app.include_router(routes.router)
    app.openapi = document(app)  # type: ignore[method-assign]
    install_error_handlers(app)
    app.add_middleware(
        BodyLimit,
        limit=_LARGEST_BODY,
        exceptions={attachments.PATH: LARGEST_ATTACHMENT, integration.PATH: _LARGEST_BATCH},
    )
    app.add_middleware(UnexpectedErrors)
    app.add_middleware(CorrelationIdMiddleware, header_name="X-Request-ID")
    return app


def _attachments(
    settings: PlanApiSettings,
    http: httpx.AsyncClient,
    clock: Clock,
    storage: AttachmentStorage | None,
    scanner: Scanner | None,
) -> Attachments:
    if storage is None and settings.attachment_bucket_url is not None:
        bucket = Bucket(
            settings.attachment_bucket_url,
            settings.attachment_bucket_region,
            settings.attachment_access_key_id,
            settings.attachment_secret_access_key,
        )
        storage = ObjectStorage(http, bucket, clock)
    if scanner is None and settings.scanner_url is not None:
        scanner = HttpScanner(http, settings.scanner_url)
    return Attachments(storage or DatabaseStorage(), scanner or AcceptEverything())


async def _keep_tidy(database: Database, attachments: Attachments, clock: Clock) -> None:
    """Forget, once an hour, files that were never sent, and bytes that no file has."""
    while True:
        try:
            while await forget_unsent(database, attachments, clock()):
                pass
            while await forget_cut_off(database, attachments, clock()):
                pass
        except (psycopg.Error, PoolTimeout, Unavailable) as error:
            _logger.warning("tidying_failed", error=type(error).__name__)
        await asyncio.sleep(_HOUSEKEEPING_SECONDS)


async def _keep_house(database: Database) -> None:
    """Forget, once an hour, what is kept for a day, and old drafts."""
    while True:
        try:
            async with database.service_transaction() as tx:
                await tx.execute("SELECT forget_old_machinery()")
                await forget_old_drafts(tx)
        except (psycopg.Error, PoolTimeout) as error:
            _logger.warning("housekeeping_failed", error=type(error).__name__)
        await asyncio.sleep(_HOUSEKEEPING_SECONDS)
