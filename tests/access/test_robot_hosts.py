"""A robot's address leads to one of three hosts by https and nowhere else, however it is spelled."""

from __future__ import annotations

import contextlib
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from yarl import URL

from crm import robot_addresses
from crm.robot_addresses import AddressRefused

TOKEN = "0123456789abcdef0123456789abcdef"
HOSTS = ("qyapi.weixin.qq.com", "oapi.dingtalk.com", "open.feishu.cn")
TAILS = (
    f"/cgi-bin/webhook/send?key={TOKEN}",
    f"/robot/send?access_token={TOKEN}",
    f"/open-apis/bot/v2/hook/{TOKEN}",
)
GOOD = tuple(f"https://{host}{tail}" for host, tail in zip(HOSTS, TAILS, strict=True))
# {host} and {tail} are a service's own.
TRICKS = (
    "https://{host}@evil.example{tail}",
    "https://{host}:443@evil.example{tail}",
    "https://{host}%40evil.example{tail}",
    "https://evil.example@{host}{tail}",
    "https://user:secret@{host}{tail}",
    "https://@{host}{tail}",
    "https://:@{host}{tail}",
    "https://evil.example\\@{host}{tail}",
    "https://{host}\\@evil.example{tail}",
    "https://evil.example#{host}{tail}",
    "https://evil.example?{host}{tail}",
    "https://evil.example/{host}{tail}",
    "https://{host}.evil.example{tail}",
    "https://evil-{host}{tail}",
    "https://evil.{host}{tail}",
    "https://{host}.{tail}",
    "https://{host}:8443{tail}",
    "https://{host}:80{tail}",
    "https://{host}:99999{tail}",
    "https://{host}:abc{tail}",
    "http://{host}{tail}",
    "http://{host}:443{tail}",
    "ftp://{host}{tail}",
    "//evil.example/{host}{tail}",
    "https://127.0.0.1{tail}",
    "https://localhost{tail}",
    "https://0.0.0.0{tail}",
    "https://[::1]{tail}",
    "https://[::ffff:127.0.0.1]{tail}",
    "https://2130706433{tail}",
    "https://0x7f000001{tail}",
    "https://10.0.0.1{tail}",
    "https://169.254.169.254{tail}",
    "https://xn--{host}{tail}",
    "https://{host}\u3002evil.example{tail}",
    "https://{host}/../..{tail}",
    "https://{host}//evil.example{tail}",
    "https://{host}/redirect?to=https://evil.example{tail}",
    "https://{host}{tail}\u200b/../../evil",
)
LOOKALIKES = {"o": "\u043e", "a": "\u0430", "e": "\u0435", "q": "\uff51", ".": "\uff0e", "c": "\u0441"}


def looks_like(host: str) -> list[str]:
    """The host with one kind of letter put in another script, and as punycode spells that."""
    made = [host.replace(letter, other) for letter, other in LOOKALIKES.items() if letter in host]
    return made + [name.encode("idna").decode() for name in made if name.encode("idna").decode() != host]


def is_ours(address: str) -> bool:
    """Two parsers, ours and the client's, read the same: https, one of the hosts, nothing else."""
    read = [(p.scheme, p.hostname, p.port or 443, p.username, p.password) for p in (urlsplit(address),)]
    url = URL(address, encoded=True)
    read.append((url.scheme, url.host, url.port or 443, url.user, url.password))
    return all(one in [("https", host, 443, None, None) for host in HOSTS] for one in read)


def found_in(typed: str) -> str | None:
    """The address that would be called, if any."""
    with contextlib.suppress(AddressRefused):
        return robot_addresses.find(typed).address
    return None


@pytest.mark.parametrize("address", GOOD)
def test_the_services_own_addresses_are_taken_as_they_are(address: str) -> None:
    assert found_in(address) == address
    assert robot_addresses.check(address) in ("wecom", "dingtalk", "feishu")
    assert found_in(address.replace("https://", "HTTPS://").replace(".com/", ".COM:443/")) == address


@pytest.mark.parametrize("trick", TRICKS)
def test_no_spelling_leads_elsewhere(trick: str) -> None:
    for host, tail in zip(HOSTS, TAILS, strict=True):
        typed = trick.format(host=host, tail=tail)
        with pytest.raises(AddressRefused):
            robot_addresses.check(typed)
        found = found_in(typed)
        assert found is None or is_ours(found), typed


@pytest.mark.parametrize("host", HOSTS)
def test_lookalikes_and_punycode_are_refused(host: str) -> None:
    tail = TAILS[HOSTS.index(host)]
    for name in looks_like(host):
        assert found_in(f"https://{name}{tail}") is None, name
        with pytest.raises(AddressRefused):
            robot_addresses.check(f"https://{name}{tail}")


@pytest.mark.parametrize(
    "host", ["127.0.0.1@evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "evil@127.0.0.1", "10.0.0.1"]
)
def test_even_for_tests_only_this_machine_is_local(host: str) -> None:
    for tail in TAILS:
        with pytest.raises(AddressRefused):
            robot_addresses.check(f"http://{host}{tail}", local=True)


PIECES = st.sampled_from(
    (
        "https://",
        "http://",
        *HOSTS,
        *TAILS,
        "@",
        ":",
        "/",
        "\\",
        "#",
        "?",
        ".",
        "evil.example",
        ":443",
        ":80",
        "%40",
        "..",
    )
)


@settings(max_examples=100, deadline=None)
@given(pieces=st.lists(st.one_of(PIECES, st.text(max_size=3)), min_size=1, max_size=9))
def test_whatever_is_pasted_leads_to_the_services_only(pieces: list[str]) -> None:
    found = found_in("".join(pieces))
    assert found is None or is_ours(found)
