"""Links in messages lead where they say, or are no links."""

import pytest

from views.messages.links import LinkKind, links_in


@pytest.mark.parametrize(
    ("text", "kind", "url", "shown"),
    [
        ("Se https://borger.dk/a?b=c.", LinkKind.PAGE, "https://borger.dk/a?b=c", "borger.dk"),
        ("(http://aarhus.dk)", LinkKind.PAGE, "http://aarhus.dk", "aarhus.dk"),
        ("www.sundhed.dk, tak", LinkKind.PAGE, "https://www.sundhed.dk", "www.sundhed.dk"),
        ("Ring tel:+4587654321!", LinkKind.PHONE, "tel:+4587654321", "+4587654321"),
        ("mailto:mette@aarhus.dk", LinkKind.MAIL, "mailto:mette@aarhus.dk", "mette@aarhus.dk"),
    ],
)
def test_what_a_link_leads_to(text, kind, url, shown):
    (link,) = links_in(text)
    assert (link.kind, link.url, link.shown) == (kind, url, shown)


def test_a_name_before_the_host_deceives_nobody():
    (link,) = links_in("https://borger.dk@evil.example/login")
    assert link.shown == "evil.example"


def test_letters_that_only_look_like_others_are_shown_as_what_they_are():
    (link,) = links_in("https://bоrger.dk")  # a Cyrillic o
    assert link.shown.startswith("xn--")


def test_a_mail_brings_no_words_of_its_own():
    (link,) = links_in("mailto:a@b.dk?subject=Ja&body=Jeg+siger+ja")
    assert link.url == "mailto:a@b.dk"


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "data:text/html;base64,x",
        "file:///etc/passwd",
        "tel:alert",
        "kl. 10.30",
        "mailto:nobody",
        "https://",
        "https://localhost",
        "http://[::1",
        "ftp://a.dk",
    ],
)
def test_what_is_no_link(text):
    assert links_in(text) == ()


def test_each_link_once_and_not_too_many():
    assert len(links_in("https://a.dk " * 3)) == 1
    assert len(links_in(" ".join(f"https://a{n}.dk" for n in range(20)))) == 5
