import pytest

from graph.errors import InvalidInput
from ingest.fetching import Allowed, Fault, FetchError, Guard
from ingest.fetching.addresses import closed, place_of
from ingest.fetching.client import fresh_headers

CLOSED = """0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.100.100.200 100.127.255.255 127.0.0.1 127.255.255.254
169.254.0.1 169.254.169.254 172.16.0.1 172.31.255.255 192.0.0.1 192.0.0.192 192.0.2.1 192.88.99.1 192.168.0.1 198.18.0.1
198.19.255.255 198.51.100.7 203.0.113.9 224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255 168.63.129.16
:: ::1 ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:8.8.8.8 ::ffff:0:127.0.0.1 64:ff9b::7f00:1 64:ff9b::808:808 64:ff9b:1::1
100::1 2001::1 2001:0:7f00:1::1 2001:10::1 2001:db8::1 2002:7f00:1::1 2002:808:808::1 3fff::1 3ffe::1 5f00::1 fc00::1
fd00:ec2::254 fd12:3456::1 fe80::1 fe80::1%1 fec0::1 ff02::1 ff0e::1""".split()
OPEN = """8.8.8.8 1.1.1.1 9.255.255.255 100.63.255.255 100.128.0.1 172.32.0.1 192.169.0.1 223.255.255.255
2606:4700::1111 2a00:1450:4001::1""".split()


@pytest.mark.parametrize("address", CLOSED)
def test_what_is_not_on_the_public_internet_is_closed(address: str) -> None:
    assert closed(address)


@pytest.mark.parametrize("address", OPEN)
def test_the_public_internet_is_open(address: str) -> None:
    assert not closed(address)


@pytest.mark.parametrize(
    "url",
    """http://2130706433/ http://0x7f000001/ http://017700000001/ http://0177.0.0.1/ http://0x7f.0.0.1/ http://127.1/
    http://127.0.1/ http://127.000.000.001/ http://0x7f.1/ http://1.2.3.4.5/ http://256.0.0.1/ http://a.1/ http://a.0x1/
    http://0/ http://[::1 http://[::1]x/ http://[fe80::1%25eth0]/ http://[::1%1]/ http://[1.2.3.4]/ http://[]/
    http://user@news.example/ http://user:pass@news.example/ http://@news.example/ http://news.example@127.0.0.1/
    ftp://news.example/ file:///etc/passwd gopher://127.0.0.1:6379/_x dict://127.0.0.1/ javascript:1 data:text/html,x
    //news.example/ news.example http:/// http://:80/ http://a..b/ http://-a.example/ http://a%2eexample/
    http://127.0.0.1%2f@x/ http://news.example\\@127.0.0.1/ http://news.example:99999/ http://news.example:x/
    http://a_b.exa$mple/ http:news.example/ http://xn--\ud800/ http://news.example:-80/""".split(),
)
def test_an_odd_address_is_refused_by_its_form(url: str) -> None:
    with pytest.raises(FetchError) as refused:
        place_of(url)
    assert refused.value.fault is Fault.URL


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("http://１２７.０.０.１/", "127.0.0.1"),
        ("http://127。0。0。1/", "127.0.0.1"),
        ("http://①②⑦.⓪.⓪.①/", "127.0.0.1"),
        ("HTTP://EXAMPLE.org./a", "example.org"),
        ("http://bücher.example/", "xn--bcher-kva.example"),
        ("http://[0:0::0:1]/", "::1"),
    ],
)
def test_one_form_stands_for_all_that_mean_the_same(url: str, host: str) -> None:
    assert place_of(url).host == host


def test_an_address_is_put_together_again_without_its_fragment() -> None:
    place = place_of("https://Example.org:443/a b".replace(" ", "%20") + "?q=é&x=1#top")
    assert place.url == "https://example.org/a%20b?q=%C3%A9&x=1"
    assert place_of(place.url) == place


@pytest.mark.parametrize(
    "name", "localhost LOCALHOST. a.localhost metadata.google.internal printer.local x.onion".split()
)
def test_names_of_private_networks_are_not_even_resolved(name: str) -> None:
    def resolve(host: str, port: int) -> list[str]:
        raise AssertionError

    with pytest.raises(FetchError) as refused:
        Guard(resolve=resolve).check(f"http://{name}/")
    assert refused.value.fault is Fault.REFUSED


def test_one_private_answer_among_public_ones_refuses_the_name() -> None:
    guard = Guard(resolve=lambda *_: ["8.8.8.8", "10.0.0.1"])
    with pytest.raises(FetchError) as refused:
        guard.check("http://news.example/")
    assert refused.value.fault is Fault.REFUSED


@pytest.mark.parametrize("port", [0, 22, 25, 81, 6379, 7687, 8080, 8443, 65535])
def test_other_ports_are_refused(port: int) -> None:
    with pytest.raises(FetchError):
        Guard(resolve=lambda *_: ["8.8.8.8"]).check(f"http://news.example:{port}/")


def test_a_checked_name_is_pinned_to_the_numbers_it_was_checked_by() -> None:
    answers = iter([["8.8.8.8"], ["127.0.0.1"]])
    target = Guard(resolve=lambda *_: next(answers)).check("https://news.example/a")
    assert target.numbers == ("8.8.8.8",)


def test_only_the_very_host_and_port_are_allowed() -> None:
    guard = Guard(Allowed.of(["127.0.0.1:8123", " [::1]:80 "]))
    assert guard.check("http://127.0.0.1:8123/").numbers == ("127.0.0.1",)
    assert guard.check("http://[::1]/").numbers == ("::1",)
    for url in ("http://127.0.0.1:8124/", "http://127.0.0.2:8123/", "http://localhost:8123/", "http://127.0.0.1/"):
        with pytest.raises(FetchError):
            guard.check(url)


@pytest.mark.parametrize("written", ["127.0.0.1", "http://127.0.0.1:80", "a:80/x", "*:80", "a:b", "10.0.0.0/8:80"])
def test_what_is_allowed_is_written_exactly(written: str) -> None:
    with pytest.raises(InvalidInput):
        Allowed.of([written])


@pytest.mark.parametrize("name", ["a\r\nb", "a b", "", "a:b"])
def test_a_header_that_smuggles_is_refused(name: str) -> None:
    with pytest.raises(FetchError):
        fresh_headers({name: "x"})
    with pytest.raises(FetchError):
        fresh_headers({"x-a": "one\r\nx-b: two"})
