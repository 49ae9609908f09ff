"""Geographic coordinates."""

# ruff: noqa: E501, RUF001 - patterns and lists of words, one a line; the marks of minutes and seconds

from pratique.detect.entities.record import EntityType, Pattern

_LAT = r"[+\-−]?(?:90(?:\.0{1,10})?|[0-8]?[0-9]\.[0-9]{3,15})"
_LON = r"[+\-−]?(?:180(?:\.0{1,10})?|(?:1[0-7][0-9]|[0-9]{1,2})\.[0-9]{3,15})"
_BETWEEN = r"(?:, ?| {1,2}|; ?|/)"
_MINUTE = "['’′´]"
_SECOND = "(?:\"|''|”|″|’’|′′)"
_DMS = rf"[0-9]{{1,3}} ?[°º] ?[0-5]?[0-9] ?{_MINUTE} ?(?:[0-5]?[0-9](?:[.,][0-9]{{1,6}})? ?{_SECOND}? ?)?"
_DM = r"[0-9]{1,3}[°º] ?[0-5]?[0-9][.,][0-9]{1,6} ?['’′]? ?"
_DEGREES = r"[0-9]{1,3}[.,][0-9]{2,10} ?[°º]? ?"

COORDINATES = EntityType(
    name="COORDINATES",
    patterns=(
        Pattern(regex=rf"{_LAT}{_BETWEEN}{_LON}\b", score=0.2, validated=0.65, context=0.9, validator="coordinates", edges="parts"),
        Pattern(regex=rf"\b(?:{_DMS}|{_DM}|{_DEGREES})[NSns]{_BETWEEN}?(?:{_DMS}|{_DM}|{_DEGREES})[EWOÖewoö]\b", score=0.85, context=0.95, edges="word"),
        Pattern(regex=rf"\b[NS] ?(?:{_DMS}|{_DM}|{_DEGREES}){_BETWEEN}?[EWO] ?(?:{_DMS}|{_DM}|[0-9]{{1,3}}[.,][0-9]{{2,10}}[°º]?)", score=0.85, context=0.95, edges="word"),
        Pattern(regex=rf"(?i:\blat(?:itude)?[\"']? ?[:=] ?){_LAT}[\"']?[,;]? ?[\"']?(?i:lon(?:g(?:itude)?)?|lng)[\"']? ?[:=] ?{_LON}\b",
                lead=r"(?i:lat(?:itude)?[\"']? ?[:=] ?)", score=0.9, context=0.95),
        Pattern(regex=rf"\bgeo:{_LAT},{_LON}", lead="geo:", score=0.9, context=0.95, edges="none", look="geo:"),
        Pattern(regex=rf"{_LON}\b", score=0.0, context=0.6, validator="unchecked",
                near=("latitude", "longitude", "lat", "lon", "lng", "breitengrad", "längengrad")),
        Pattern(regex=r"\b[23456789CFGHJMPQRVWX]{8}\+[23456789CFGHJMPQRVWX]{2,3}\b", score=0.7, context=0.85, edges="word", look="+"),
    ),
    context={"*": ("gps", "coordinates", "coords", "location", "koordinaten", "standort", "coordonnées", "coordenadas", "coordinate", "coördinaten", "współrzędne",
                   "souřadnice", "súradnice", "koordináták", "coordonate", "координати", "συντεταγμένες", "koordinate", "koordinatės", "koordinātas", "koordinaadid",
                   "koordinaatit", "koordinater", "geo", "wgs84", "latlng", "latlon")},
    field_names=("coordinates", "coords", "gps", "geo", "location", "latlng", "lat lon", "latitude", "longitude", "lat", "lon", "lng"),
    source="ISO 6709; RFC 5870; Open Location Code specification",
    examples=("48.85661, 2.35222", "48°51'24\"N 2°21'08\"E", "48.8566° N, 2.3522° E", "geo:48.2010,16.3695", "lat: 48.856, lon: 2.352", "8FW4V75V+8Q",
              "N 48° 51.396' E 2° 21.132'", "-33.868820, 151.209290"),
    with_context=("GPS: 48.856, 2.352",),
    not_examples=("12.50, 13.75", "1.234, 5.678", "3.14159 2.71828", "98.1234, 2.3522", "20 °C", "v1.1234.5678"),
)  # fmt: skip

TYPES = (COORDINATES,)
