"""The login cookies on https, and where plain http is refused."""

from datetime import timedelta

import pytest
from starlette.responses import Response

from auth.cookies import LoginCookies


def test_on_https_the_cookie_is_bound_to_the_host_and_secure():
    response = Response()
    LoginCookies("https://plan.kommune.dk").session.write(response, "value", timedelta(hours=8))

    [cookie] = response.headers.getlist("set-cookie")
    name, *attributes = cookie.split("; ")
    assert name == "__Host-enplan=value"
    assert set(attributes) == {"HttpOnly", "Max-Age=28800", "Path=/", "SameSite=lax", "Secure"}


def test_on_plain_http_localhost_prefix_and_secure_are_dropped():
    response = Response()
    LoginCookies("http://localhost:8550").session.write(response, "value", timedelta(hours=8))

    [cookie] = response.headers.getlist("set-cookie")
    assert cookie.startswith("enplan=value; ")
    assert "Secure" not in cookie


@pytest.mark.parametrize("url", ["http://plan.kommune.dk", "http://10.0.0.1:8550", "ftp://x", ""])
def test_plain_http_anywhere_else_is_refused(url):
    with pytest.raises(ValueError, match="http"):
        LoginCookies(url)
