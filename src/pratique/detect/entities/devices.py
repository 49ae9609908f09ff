"""Identifiers of devices, subscriptions, browsers and vehicles."""

# ruff: noqa: E501 - patterns and lists of words, one a line

from pratique.detect.entities.record import EntityType, Pattern

_HEX = "[0-9A-Fa-f]"
_UUID = rf"\b{_HEX}{{8}}-{_HEX}{{4}}-[1-8]{_HEX}{{3}}-[89ABab]{_HEX}{{3}}-{_HEX}{{12}}\b"

UUID = EntityType(
    name="UUID",
    patterns=(Pattern(regex=_UUID, score=0.6, context=0.7, edges="word", look="-"),),
    context={"*": ("uuid", "guid", "device", "session", "user")},
    field_names=("uuid", "guid"),
    source="RFC 9562",
    examples=(
        "833e9297-e73b-12d2-a752-156861151793",
        "123e4567-e89b-42d3-a456-426614174000",
    ),
    validator="uuid",
    not_examples=("00000000-0000-0000-0000-000000000000", "123e4567-e89b"),
)

ADVERTISING_ID = EntityType(
    name="ADVERTISING_ID",
    patterns=(Pattern(regex=_UUID, score=0.0, context=0.9, edges="word", look="-"),),
    context={"*": ("idfa", "idfv", "gaid", "aaid", "adid", "advertising id", "advertising identifier", "ad id", "gps adid", "maid", "oaid",
                   "werbe id", "identifiant publicitaire", "id de publicidad", "id reklamowy")},
    validator="uuid",
    field_names=("idfa", "idfv", "gaid", "aaid", "adid", "advertising id", "gps adid", "maid", "oaid"),
    source="Apple AdSupport (IDFA); Google Play services advertising ID",
    with_context=("IDFA: 236A005B-700F-4889-B9CE-999EAB2B605D", "gaid=123e4567-e89b-42d3-a456-426614174000"),
    not_examples=("123e4567-e89b-42d3-a456-426614174000", "idfa 00000000-0000-0000-0000-000000000000"),
)  # fmt: skip

COOKIE_ID = EntityType(
    name="COOKIE_ID",
    patterns=(
        Pattern(regex=r"\bGA1\.[0-9]\.[0-9]{5,10}\.[0-9]{9,10}\b", score=0.9, context=0.95, edges="word", look="GA1."),
        Pattern(regex=r"\bGS[12]\.[0-9]\.[0-9]{10}[.$][0-9A-Za-z.$]{4,60}", score=0.85, context=0.9, edges="word", look="GS"),
        Pattern(regex=r"\bfb\.[0-2]\.[0-9]{13}\.[0-9A-Za-z_\-]{6,120}", score=0.9, context=0.95, edges="word", look="fb."),
        Pattern(regex=r"\b[0-9]{5,10}\.[0-9]{10}\b", score=0.05, context=0.75, edges="word"),
        Pattern(regex=r"(?i:\b(?:jsessionid|phpsessid|asp\.net_sessionid|connect\.sid|sessionid|session_id|sid|_gid|_ga|_fbp|_gcl_au|muid|anonymousid))=[A-Za-z0-9_%.:\-]{8,200}",
                lead=r"[^=]{1,40}=", score=0.75, context=0.85, edges="none", look="="),
    ),
    context={"*": ("ga", "client id", "clientid", "cookie", "google analytics", "cid")},
    field_names=("cookie", "cookie id", "ga client id", "client id", "session cookie"),
    source="Google Analytics and Meta Pixel: first-party cookies; RFC 6265",
    examples=("GA1.2.1033501218.1368477899", "fb.1.1554763741205.1098115397", "JSESSIONID=0A1B2C3D4E5F60718293A4B5C6D7E8F9"),
    with_context=("_ga client id 1033501218.1368477899",),
    not_examples=("1033501218.1368477899", "GA1.2", "sid=1"),
)  # fmt: skip

IMEI = EntityType(
    name="IMEI",
    patterns=(
        Pattern(regex=r"\b[0-9]{2}[ \-][0-9]{6}[ \-][0-9]{6}[ \-][0-9]\b", score=0.1, validated=0.75, context=0.95),
        Pattern(regex=r"\b[0-9]{15}\b", score=0.0, validated=0.3, context=0.95),
        # A label says enough even where the check digit is wrong: slips of the pen, numbers made up.
        Pattern(regex=r"\b[0-9]{15}\b", score=0.0, context=0.55, validator="unchecked"),
        Pattern(
            regex=r"\b[0-9]{8}[ \-]?[0-9]{6}[ \-]?[0-9]{2}\b",
            score=0.0,
            context=0.75,
            validator="unchecked",
            near=("imeisv",),
        ),
    ),
    context={"*": ("imei", "imeisv", "imei nr", "imei number", "gerätenummer")},
    validator="luhn",
    checks_digits=True,
    field_names=("imei", "imei number", "device imei", "imeisv"),
    source="3GPP TS 23.003: International Mobile Equipment Identity, Luhn",
    examples=("35-209900-176148-1",),
    with_context=("IMEI 352099001761481", "IMEI: 35 209900 176148 1"),
    not_examples=("352099001761481", "35-209900-176148-2", "IMEI 35209900176148"),
)

IMSI = EntityType(
    name="IMSI",
    patterns=(Pattern(regex=r"\b[2-7][0-9]{2}[ \-]?[0-9]{2,3}[ \-]?[0-9]{9,10}\b", score=0.0, context=0.85),),
    context={"*": ("imsi", "subscriber identity", "mobile subscriber")},
    validator="imsi",
    field_names=("imsi",),
    source="ITU-T E.212: mobile country code, network, subscriber",
    with_context=("IMSI 262011234567890", "imsi: 262-01-1234567890"),
    not_examples=("262011234567890", "IMSI 902011234567890"),
)

ICCID = EntityType(
    name="ICCID",
    patterns=(
        Pattern(regex=r"\b89[0-9]{17}[0-9Ff]?\b", score=0.1, validated=0.6, context=0.9),
        Pattern(regex=r"\b89[0-9]{17}[0-9Ff]?\b", score=0.0, context=0.55, validator="unchecked"),
        Pattern(regex=r"\b89[0-9]{2}(?:[ \-][0-9]{4}){3}[ \-][0-9]{3,4}\b", score=0.1, validated=0.6, context=0.9),
    ),
    context={"*": ("iccid", "sim", "esim", "sim card", "sim karte", "carte sim", "tarjeta sim", "karta sim")},
    validator="iccid",
    checks_digits=True,
    field_names=("iccid", "sim", "sim number", "sim card number"),
    source="ITU-T E.118: issuer prefix 89, Luhn",
    examples=("8949020000012345670",),
    with_context=("SIM 8949 0200 0001 2345 670",),
    not_examples=("8949020000012345671", "7949020000012345672"),
)

VIN = EntityType(
    name="VIN",
    patterns=(Pattern(regex=r"\b[A-HJ-NPR-Za-hj-npr-z0-9]{17}\b", score=0.2, validated=0.65, context=0.9, needs_digit=True),),
    context={
        "*": ("vin", "vin number", "chassis", "frame number"), "en": ("vehicle identification", "vehicle identification number"),
        "de": ("fahrgestellnummer", "fahrzeugidentifizierungsnummer", "fin", "fahrzeug identifizierungsnummer", "fahrzeug ident"),
        "fr": ("châssis", "numéro de série", "numéro de châssis"), "es": ("bastidor", "chasis"), "it": ("telaio",), "pt": ("quadro", "chassi"),
        "nl": ("chassisnummer", "voertuigidentificatienummer"), "pl": ("nadwozia", "podwozia"), "cs": ("podvozku",), "sk": ("podvozku", "karosérie"),
        "hu": ("alvázszám", "alvázszáma"), "ro": ("șasiu", "serie șasiu", "sasiu", "șasiului"), "bg": ("рама", "шаси"), "el": ("πλαισίου",), "hr": ("šasije",), "sl": ("šasije",),
        "lt": ("kėbulo",), "lv": ("šasijas",), "et": ("tehasetähis",), "fi": ("valmistenumero", "alustanumero"), "sv": ("chassinummer",),
        "da": ("stelnummer",), "no": ("understellsnummer",), "tr": ("şasi",), "uk": ("кузова",), "sr": ("шасије",),
    },
    validator="vin",
    field_names=("vin", "vehicle identification number", "chassis number", "fahrgestellnummer", "bastidor", "telaio", "alvázszám"),
    source="ISO 3779; ISO 3780; 49 CFR 565.15 (check digit of North America)",
    examples=("1M8GDM9AXKP042788",),
    with_context=("VIN: WVWZZZ1JZXW000001", "Fahrgestellnummer WDB9634031L123456"),
    not_examples=("1M8GDM9AIKP042788", "WVWZZZ1JZXW000001", "12345678901234567", "VIN 12345678901234567"),
)  # fmt: skip

TYPES = (UUID, ADVERTISING_ID, COOKIE_ID, IMEI, IMSI, ICCID, VIN)
