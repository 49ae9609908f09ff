"""Network identifiers: IP and MAC addresses, URLs, domain names."""

# ruff: noqa: E501 - patterns and lists of words, one a line

from pratique.detect.entities.record import EntityType, Pattern

_OCTET = r"(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])"
_HEX = r"[0-9A-Fa-f]{1,4}"
_LABEL = r"[\p{L}0-9](?:[\p{L}0-9-]{0,61}[\p{L}0-9])?"
# Top-level domains that are no common file extension, unit or abbreviation in running text.
_TOP = (
    "com|org|net|edu|gov|int|info|biz|eu|io|app|dev|cloud|online|shop|store|site|tech|blog|news|media|agency|email|"
    "de|at|ch|fr|it|es|pt|nl|be|lu|ie|uk|dk|se|no|fi|pl|cz|sk|hu|ro|bg|gr|hr|si|ee|lv|lt|mt|cy|us|ca|au|nz|jp|cn|in|br|ru|ua|tr"
)
# More of them (ISO 3166-1 and much used generic ones), for what nothing else says is an address.
_MORE_TOP = (
    _TOP
    + "|mil|museum|name|pro|coop|aero|jobs|mobi|travel|tel|xyz|club|live|life|world|today|top|vip|wiki|works|zone|bank|law|"
    "berlin|wien|paris|london|amsterdam|hamburg|koeln|bayern|swiss|cat|scot|wales|"
    "ac|ad|ae|af|ag|al|am|ao|ar|az|ba|bd|bh|bo|by|bz|cl|co|cr|cu|do|dz|ec|eg|fj|fo|ge|gg|gi|gl|gt|hk|hn|id|il|im|iq|ir|is|je|jm|"
    "jo|ke|kg|kh|kr|kw|kz|lb|li|lk|ly|ma|mc|md|me|mk|mn|mo|mx|my|mz|na|ng|ni|np|om|pa|pe|ph|pk|ps|py|qa|rs|rw|sa|sg|sm|sn|sv|"
    "sy|th|tj|tk|tm|tn|to|tv|tw|tz|ug|uy|uz|va|ve|vn|ws|ye|za|zm|zw"
)
_PATH = r"(?::[0-9]{1,5})?(?:[/?#][^\s<>\"'{}|\\^`\x{A0}]*)?"

IP_ADDRESS = EntityType(
    name="IP_ADDRESS",
    patterns=(
        Pattern(
            # What goes on with another number is a version or an object identifier; the validator drops it.
            regex=rf"\b(?:{_OCTET}\.){{3}}{_OCTET}(?:(?:\.[0-9]{{1,6}})+|/(?:3[0-2]|[12]?[0-9]))?\b",
            score=0.45, validated=0.65, context=0.95, validator="ipv4", edges="parts",
            look=".",
        ),
        Pattern(
            regex=rf"(?:(?:{_HEX})?:){{2,20}}(?:{_HEX}(?:\.[0-9]{{1,3}}){{3}}|{_HEX})(?:%[0-9A-Za-z]{{1,16}})?(?:/[0-9]{{1,3}})?"
            rf"|(?:{_HEX}:){{1,7}}:(?:/[0-9]{{1,3}})?|::(?:/[0-9]{{1,3}})?",
            score=0.1, validated=0.7, context=0.95, validator="ipv6", edges="parts", look=":",
        ),
    ),
    context={"*": ("ip", "ipv4", "ipv6", "host", "adresse", "address", "server", "client", "dirección", "indirizzo")},
    against=("version", "v", "ver", "release", "build", "firmware", "section", "chapter", "kapitel", "§"),
    field_names=("ip", "ip address", "ipv4", "ipv6", "client ip", "remote addr", "remote address", "host ip", "ip adresse"),
    source="RFC 791; RFC 4291 and RFC 5952; RFC 4632 (prefix lengths)",
    examples=("192.168.17.42", "2001:db8:85a3::8a2e:370:7334", "203.0.113.9", "192.168.17.0/24", "::ffff:192.0.2.128", "2001:db8::/32",
              "10.20.30.40:8080"),
    not_examples=("1.2.3.4", "27.3.10.6", "version 10.2.13.44", "256.1.1.1", "12:30:45", "std::vector", "::", "1.3.6.1.4.1.311", "192.168.17",
                  "1:2:3:4:5:6:7:8:9"),
)  # fmt: skip

MAC_ADDRESS = EntityType(
    name="MAC_ADDRESS",
    patterns=(
        Pattern(regex=r"\b(?:[0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}\b", score=0.8, context=0.95, validator="mac"),
        Pattern(regex=r"\b(?:[0-9A-Fa-f]{2}-){5}[0-9A-Fa-f]{2}\b", score=0.75, context=0.95, validator="mac"),
        Pattern(regex=r"\b(?:[0-9A-Fa-f]{4}\.){2}[0-9A-Fa-f]{4}\b", score=0.45, context=0.8, validator="mac"),
    ),
    context={"*": ("mac", "ethernet", "wifi", "wlan", "bluetooth", "device", "gerät")},
    field_names=("mac", "mac address", "mac addr", "bssid", "hardware address"),
    source="IEEE 802-2014, EUI-48",
    examples=("00:1A:2b:3c:4D:5e", "00-1A-2B-3C-4D-5E"),
    with_context=("device 001a.2b3c.4d5e",),
    not_examples=("00:00:00:00:00:00", "12-11-10-09-08", "10:20:30", "ff:ff:ff:ff:ff:ff"),
)

URL = EntityType(
    name="URL",
    patterns=(
        Pattern(regex=r"(?i)\b(?:https?|ftp|sftp|wss?)://[^\s<>\"'{}|\\^`\x{A0}]+", score=0.6, context=0.7,
                look="://", validator="url", edges="none", trim=".,;:!?)]'*"),
        Pattern(regex=rf"(?i)\bwww\.(?:{_LABEL}\.)+[\p{{L}}]{{2,24}}{_PATH}",
                score=0.6, context=0.7, look=".", validator="url", edges="none", trim=".,;:!?)]'*"),
        Pattern(regex=rf"(?i)\b(?:{_LABEL}\.)+(?:{_TOP})(?::[0-9]{{1,5}})?[/?#][^\s<>\"'{{}}|\\^`\x{{A0}}]*", score=0.5, context=0.65,
                look=".", validator="bare_url", edges="word", trim=".,;:!?)]'*"),
        # A bare name of a host is a `DOMAIN_NAME` first.
        Pattern(regex=rf"(?i)\b(?:{_LABEL}\.)+(?:{_MORE_TOP})\b{_PATH}", score=0.3, context=0.35,
                look=".", validator="bare_url", edges="word", trim=".,;:!?)]'*"),
    ),
    context={"*": ("url", "website", "link", "webseite", "homepage")},
    field_names=("url", "uri", "link", "href", "referrer", "referer", "profile url", "webpage"),
    source="RFC 3986; RFC 3987",
    examples=("https://example.org/people/42?x=1", "www.example.de", "example.co.uk/people", "http://user.example.com:8080/~anna"),
    not_examples=("http//example", "://", "note: see below", "and/or", "e.g./i.e."),
)  # fmt: skip

DOMAIN_NAME = EntityType(
    name="DOMAIN_NAME",
    patterns=(
        Pattern(regex=rf"(?i)\b(?:[\p{{L}}0-9][\p{{L}}0-9-]*\.)+(?:{_TOP})\b",
                score=0.5, context=0.6, validator="domain", look=".", edges="word"),
    ),
    context={"*": ("domain", "website", "site", "host", "webseite", "sitio", "sito")},
    field_names=("domain", "domain name", "host", "hostname", "website", "site"),
    source="RFC 1035; the root zone's most used top-level domains",
    examples=("example.org", "shop.example.co.uk"),
    not_examples=("report.pdf", "main.py", "e.g", "Node.js", "3.de", "end.In"),
)  # fmt: skip

TYPES = (IP_ADDRESS, MAC_ADDRESS, URL, DOMAIN_NAME)
