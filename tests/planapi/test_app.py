"""The application as a whole: what is public, and that nothing else is."""

from fastapi.routing import APIRoute, RouteContext, iter_route_contexts

from planapi.dependencies import current_actor, current_client, portal_service

PUBLIC = {"/healthz", "/readyz", "/openapi.json", "/oauth/token"}


def dependencies_of(dependant) -> set:
    found = {dependant.call}
    for part in dependant.dependencies:
        found |= dependencies_of(part)
    return found


def routes_of(app) -> list[RouteContext]:
    return [
        context
        for context in iter_route_contexts(app.routes)
        if isinstance(context.original_route, APIRoute)
    ]


async def test_every_route_asks_who_acts_unless_it_is_one_of_the_public_ones(api):
    unguarded = {
        route.path
        for route in routes_of(api.app)
        if not dependencies_of(route.dependant) & {current_actor, current_client, portal_service}
    }
    assert routes_of(api.app)
    assert unguarded == PUBLIC - {"/openapi.json"}


async def test_the_public_routes_answer_without_a_token(api):
    anyone = await api.client()

    assert (await anyone.get("/healthz")).status_code == 204
    assert (await anyone.get("/readyz")).status_code == 204
    assert (await anyone.get("/openapi.json")).json()["openapi"].startswith("3.1")
