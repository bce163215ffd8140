"""For whoever watches the process: is it alive, is it ready, a few numbers."""

from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus

import structlog
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

logger = structlog.get_logger(__name__)

Probe = Callable[[], Awaitable[None]]
Gauge = Callable[[], float]


def health_routes(
    *,
    needed: Mapping[str, Probe],
    helpful: Mapping[str, Probe],
    gauges: Mapping[str, tuple[str, Gauge]],
) -> list[Route]:
    """`/healthz`, `/readyz` and `/metrics`.

    A probe raises when its part is away. Without the `needed` ones the process is not ready;
    the `helpful` ones are reported alone. `gauges` maps a Prometheus name to help and value.
    """

    async def alive(_request: Request) -> Response:
        return PlainTextResponse("ok\n")

    async def ready(_request: Request) -> Response:
        states = {name: await _is_up(name, probe) for name, probe in {**needed, **helpful}.items()}
        is_ready = all(states[name] for name in needed)
        return JSONResponse(
            {name: "up" if up else "down" for name, up in states.items()},
            HTTPStatus.OK if is_ready else HTTPStatus.SERVICE_UNAVAILABLE,
        )

    async def metrics(_request: Request) -> Response:
        lines = [
            f"# HELP {name} {text}\n# TYPE {name} gauge\n{name} {gauge():g}\n"
            for name, (text, gauge) in gauges.items()
        ]
        return PlainTextResponse(
            "".join(lines), media_type="text/plain; version=0.0.4; charset=utf-8"
        )

    return [Route("/healthz", alive), Route("/readyz", ready), Route("/metrics", metrics)]


async def _is_up(name: str, probe: Probe) -> bool:
    try:
        await probe()
    except Exception as error:  # noqa: BLE001 - whatever it is, the part is away
        logger.warning("part_away", part=name, error=type(error).__name__)
        return False
    return True
