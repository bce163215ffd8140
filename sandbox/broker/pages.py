"""The simulator's pages: plain HTML that says clearly that this is not MitID."""

from collections.abc import Sequence

from jinja2 import DictLoader, Environment, select_autoescape
from starlette.responses import HTMLResponse

from sandbox.broker.claims import age
from sandbox.broker.identities import SimulatedIdentity

_LAYOUT = """<!doctype html>
<html lang="da">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{% block title %}{% endblock %} · MitID-simulator</title>
<link rel="icon" href="data:,">
<style>
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0; background: #f3f5f9; color: #14213a; font: 1.0625rem/1.5 system-ui, sans-serif; }
.notice { background: #ffe08a; color: #3a2a00; padding: .75rem 1rem; font-weight: 600; }
.notice p { max-width: 34rem; margin: 0 auto; }
main { max-width: 36rem; margin: 0 auto; padding: 1rem 1rem 3rem; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: .75rem 0 .5rem; }
h2 { font-size: 1.125rem; margin: 1.75rem 0 .5rem; }
ul { list-style: none; margin: 0; padding: 0; display: grid; gap: .5rem; }
button { width: 100%; min-height: 3rem; padding: .625rem 1rem; border-radius: .5rem; font: inherit;
  text-align: left; cursor: pointer; border: 1px solid #5b6b8a; background: #fff; color: inherit;
  overflow-wrap: anywhere; }
button:hover { background: #e4ebfa; }
button:focus-visible, a:focus-visible { outline: 3px solid #0b5bd3; outline-offset: 2px; }
button .about { display: block; font-size: .9375rem; color: #45526b; }
button.quiet { margin-top: 1.75rem; text-align: center; background: transparent; }
a { color: #0b4cae; }
</style>
</head>
<body>
<header class="notice">
<p>Dette er ikke MitID. Det er en simulator med opdigtede personer.</p>
</header>
<main>{% block main %}{% endblock %}</main>
</body>
</html>
"""

_LOGIN = """{% extends "layout" %}
{% block title %}Vælg person{% endblock %}
{% block main %}
<h1>Hvem vil du logge ind som?</h1>
<p>Alle på listen er opdigtede. Vælg en for at prøve portalen.</p>
<form method="post" action="/op/login">
<input type="hidden" name="request" value="{{ request_name }}">
{% for heading, people in groups %}
<h2 id="group-{{ loop.index }}">{{ heading }}</h2>
<ul aria-labelledby="group-{{ loop.index }}">
{% for person in people %}
<li><button name="identity" value="{{ person.slug }}"><bdi>{{ person.name }}</bdi>
<span class="about">{{ about(person) }}</span></button></li>
{% endfor %}
</ul>
{% else %}
<p>Der er ingen at vælge.</p>
{% endfor %}
<button class="quiet" name="abort" value="1">Afbryd</button>
</form>
{% endblock %}
"""

_ERROR = """{% extends "layout" %}
{% block title %}Fejl{% endblock %}
{% block main %}
<h1>Noget gik galt</h1>
<p>Forespørgslen kunne ikke behandles, og du er ikke logget ind.</p>
<p lang="en">{{ what }}</p>
{% endblock %}
"""

_LOGGED_OUT = """{% extends "layout" %}
{% block title %}Logget ud{% endblock %}
{% block main %}
<h1>Du er logget ud</h1>
<p>Du kan lukke siden.</p>
{% endblock %}
"""

_START = """{% extends "layout" %}
{% block title %}Om simulatoren{% endblock %}
{% block main %}
<h1>MitID-simulator</h1>
<p>Den taler OpenID Connect som en rigtig MitID-broker, men kender kun opdigtede personer.
Begynd i portalen, og tryk på »Log ind med MitID«.</p>
{% endblock %}
"""

_environment = Environment(
    loader=DictLoader(
        {
            "layout": _LAYOUT,
            "login": _LOGIN,
            "error": _ERROR,
            "logged_out": _LOGGED_OUT,
            "start": _START,
        }
    ),
    autoescape=select_autoescape(default=True, default_for_string=True),
    trim_blocks=True,
)

_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
    "base-uri 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def login_page(
    request_name: str, groups: Sequence[tuple[str, Sequence[SimulatedIdentity]]]
) -> HTMLResponse:
    """The choice of test identities, under one heading for each group."""
    return _page("login", request_name=request_name, groups=groups, about=_about)


def error_page(what: str) -> HTMLResponse:
    """What the client never hears about."""
    return _page("error", what=what)


def logged_out_page() -> HTMLResponse:
    """Where a logout ends that names no way back."""
    return _page("logged_out")


def start_page() -> HTMLResponse:
    """For somebody who opens the simulator itself."""
    return _page("start")


def _about(person: SimulatedIdentity) -> str:
    if person.professional is not None:
        return person.professional.organisation
    return f"{age(person)} år"


def _page(name: str, **values: object) -> HTMLResponse:
    return HTMLResponse(_environment.get_template(name).render(**values), headers=_HEADERS)
