"""Short business sentences with every kind of personal data that Presidio names, and with none.

English for the most part, four other languages besides; values in the ways that people and systems write them. Some are
written carelessly: small letters, letters swapped, no marks of punctuation.
"""

# ruff: noqa: E501, SIM905 - lists of words and sentences, one a line

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from random import Random

from benchmarks.documents.checks import digits, fill, grouped, iban, luhn_digit
from benchmarks.documents.page import Document, Page

_SLOT = re.compile(r"\{([a-z_]+)\}")
_CARELESS = 0.15

GIVEN = "Margaret Deshawn Priya Colin Mei Tariq Siobhan Luis Katarina Owen Fatou Brandon Ingrid Rashid Joanne Pedro Yuki Abigail Connor Olga Terrence Amara Vikram Hannah Mateusz Gloria Stuart Leila Rodrigo Beatrix Kwame Noelle Dmitri Shanice Harvey Paulina".split()
FAMILY = "Whitaker Okonkwo Banerjee McAllister Ferreira Lindholm Castellanos Abernathy Nakamura Delgado Rosenthal Vandermeer Petrova Gallagher Osei Thornton Yilmaz Kowalczyk Hargreaves Mbeki Santoro Ostrowski Chaudhary Fairbanks Leclerc Zamora Pritchard Haddad Sorensen Blackwood O'Leary Nguyen".split()
CITIES = "Tulsa Leeds Marseille Boise Galway Stuttgart Halifax Pune Toledo Gothenburg Savannah Cardiff Kraków Perth Reno Antwerp Nairobi Salford Tampa Osaka".split()
COUNTRIES = (
    "Canada, Portugal, Kenya, New Zealand, Norway, Brazil, Ireland, South Korea, Hungary, Mexico, Morocco, Japan".split(
        ", "
    )
)
STATES = "Ohio, Oregon, Bavaria, Texas, Nova Scotia, Kent, Andalusia, Georgia".split(", ")
PEOPLES = "Canadian, Portuguese, Nigerian, Swedish, Brazilian, Catholic, Muslim, Vietnamese, Jewish, Mexican, Croatian, Republican".split(
    ", "
)
FIRMS = "Halberd Logistics, Quillon Software Inc., Brightwater Foods, Tamsin & Co, Larkspur Insurance, Vantico GmbH, Northgate Dental, Ostrava Steel Ltd, Pinecrest Realty LLC, Meridia Bank, Copperline Telecom, Wexley Partners LLP".split(
    ", "
)
TITLES = ("Mr.", "Mrs.", "Ms.", "Dr.", "Miss")
STREETS = "Juniper, Old Mill, Lafayette, Cedar Hollow, Prospect, Harbour View, 14th, Martin Luther King, Sycamore, Kingsway, St. Clair, Orchard".split(
    ", "
)
KINDS_OF_STREETS = "Street, Avenue, Road, Blvd, Lane, Drive, Ct., St., Ave, Terrace, Way, Place".split(", ")
AMERICAN = "Dayton OH 45402, Boulder CO 80302, Macon GA 31201, Duluth MN 55802, Albany NY 12207, Fresno CA 93721, Tulsa OK 74103, Provo UT 84601".split(
    ", "
)
BRITISH = "Norwich NR1 3JU, Leeds LS1 4DY, Bath BA1 1LZ, Glasgow G2 8DN, London SE1 9GF, Hull HU1 2AA".split(", ")
HOSTS = "mailhub.com fastnet.org outbox.co.uk postbox.de brightwater.io corp-mail.net zmail.com".split()

Make = Callable[[Random], str]


def _name(random: Random) -> str:
    given, family = random.choice(GIVEN), random.choice(FAMILY)
    plain = f"{given} {family}"
    shapes = (
        f"{given} {random.choice('ABCDEJKLMRST')}. {family}",
        f"{given[0]}. {family}",
        f"{plain}-{random.choice(FAMILY)}",
        f"{given} {random.choice(GIVEN)} {family}",
    )
    return random.choice((*(plain,) * 6, *shapes))


def _card(random: Random) -> str:
    front = random.choice(("4", "51", "37", "6011", "54"))
    length = 15 if front == "37" else 16
    front += digits(random, length - 1 - len(front))
    number = front + luhn_digit(front)
    if length == 15:
        return random.choice((number, f"{number[:4]} {number[4:10]} {number[10:]}"))
    return random.choice((number, grouped(number), grouped(number, 4, "-")))


def _iban(random: Random) -> str:
    country, pattern = random.choice(
        (
            ("DE", "##################"),
            ("GB", "NWBK##############"),
            ("FR", "##########A##########1#"),
            ("ES", "####################"),
            ("NL", "ABNA0#########"),
            ("IE", "BOFI##############"),
        )
    )
    value = iban(country, "".join(random.choice("0123456789") if c == "#" else c for c in pattern))
    return random.choice((value, grouped(value)))


def _ssn(random: Random) -> str:
    area = random.choice((random.randint(1, 665), random.randint(667, 899)))
    parts = f"{area:03d}", f"{random.randint(1, 99):02d}", f"{random.randint(1, 9999):04d}"
    return random.choice(("-", "-", "-", " ")).join(parts)


def _licence(random: Random) -> str:
    return fill(random, random.choice(("@#######", "@###########", "@###-####-####", "#########", "@@######")))


def _phone(random: Random) -> str:
    return fill(random, random.choice((
        "(2%2) 555-####", "31%-555-####", "+1 415 555 ####", "1-800-###-####", "20%.55%.####", "+44 20 7### ####", "0161 496 0###", "+49 30 90####", "07700 900###",
        "(512) 555-#### ext. %#", "+33 1 42 ## ## ##", "+353 1 67# ####", "646 55% ####", "+91 98### #####", "001-415-555-####", "+1-718-55%-####x%##",
    )))  # fmt: skip


def _american(random: Random) -> str:
    town = random.choice(AMERICAN).rsplit(" ", 2)
    house = f"{random.randint(2, 9899)} {random.choice(('', '', 'N ', 'West '))}{random.choice(STREETS)} {random.choice(KINDS_OF_STREETS)}"
    flat = random.choice(
        ("", "", f"{random.choice(('Apt.', 'Suite', 'Unit', '#'))} {random.randint(1, 990)}".replace("# ", "#"))
    )
    by = random.choice((", ", "\n"))
    return by.join([house, *([flat] if flat else []), f"{town[0]}, {town[1]} {town[2]}"])


def _address(random: Random) -> str:
    if random.random() < 0.65:
        return _american(random)
    if random.random() < 0.5:
        town, _, code = random.choice(BRITISH).partition(" ")
        return f"{random.randint(1, 240)} {random.choice(STREETS)} {random.choice(('Road', 'Street', 'Lane', 'Close'))}, {town} {code}"
    return random.choice((
        f"Lindenstraße {random.randint(1, 99)}, {random.randint(10115, 96052)} Bamberg", f"{random.randint(1, 99)} rue des Tanneurs, 59000 Lille", f"Calle Olivar {random.randint(1, 99)}, 28012 Madrid",
        f"Via Cavour {random.randint(1, 99)}, 50129 Firenze", f"Herengracht {random.randint(1, 599)}, 1017 BS Amsterdam", f"{random.randint(2, 990)} {random.choice(STREETS)} {random.choice(KINDS_OF_STREETS)}",
    ))  # fmt: skip


def _mail(random: Random) -> str:
    given, family = random.choice(GIVEN).lower(), random.choice(FAMILY).lower().replace("'", "")
    return f"{random.choice((f'{given}.{family}', f'{given[0]}{family}', f'{family}_{random.randint(1, 99)}', given + str(random.randint(60, 99))))}@{random.choice(HOSTS)}"


def _ip(random: Random) -> str:
    if random.random() < 0.2:
        return ":".join(f"{random.randint(1, 65535):x}" for _ in range(8))
    return ".".join(str(random.randint(1, 254)) for _ in range(4))


def _url(random: Random) -> str:
    host = random.choice(
        (
            "quillon.com",
            "www.brightwater.io",
            "larkspur-insurance.co.uk",
            "vantico.de",
            "copperline.net",
            "portal.meridia.eu",
        )
    )
    return random.choice(
        (
            f"https://{host}/{random.choice(('login', 'orders', 'help'))}",
            f"http://{host}",
            f"www.{host.removeprefix('www.')}",
            host,
        )
    )


def _when(random: Random) -> str:
    day = date(2026, 1, 1) - timedelta(days=random.randint(0, 9000))
    return day.strftime(
        random.choice(("%Y-%m-%d", "%m/%d/%Y", "%d %B %Y", "%B %d, %Y", "%b %d, %Y", "%d.%m.%Y", "%B %Y", "%d/%m/%y"))
    )


def _stamp(random: Random) -> str:
    moment = datetime(2025, 1, 1) + timedelta(minutes=random.randint(0, 500_000))  # noqa: DTZ001 - a text, no moment
    return moment.strftime(random.choice(("%Y-%m-%d %H:%M", "%d %B %Y %H:%M", "%Y-%m-%dT%H:%M:%S")))


VALUES: Mapping[str, tuple[str, Make]] = {
    "name": ("PERSON", _name),
    "given": ("PERSON", lambda r: r.choice(GIVEN)),
    "family": ("PERSON", lambda r: r.choice(FAMILY)),
    "title": ("TITLE", lambda r: r.choice(TITLES)),
    "address": ("ADDRESS", _address),
    "city": ("LOCATION", lambda r: r.choice(CITIES)),
    "country": ("LOCATION", lambda r: r.choice(COUNTRIES)),
    "state": ("LOCATION", lambda r: r.choice(STATES)),
    "zip": ("US_ZIP_CODE", lambda r: r.choice(AMERICAN).rsplit(" ", 1)[1]),
    "firm": ("ORGANIZATION", lambda r: r.choice(FIRMS)),
    "phone": ("PHONE_NUMBER", _phone),
    "card": ("CREDIT_CARD", _card),
    "iban": ("IBAN_CODE", _iban),
    "ssn": ("US_SSN", _ssn),
    "licence": ("US_DRIVER_LICENSE", _licence),
    "mail": ("EMAIL_ADDRESS", _mail),
    "ip": ("IP_ADDRESS", _ip),
    "url": ("URL", _url),
    "date": ("DATE_TIME", _when),
    "stamp": ("DATE_TIME", _stamp),
    "age": ("AGE", lambda r: str(r.randint(18, 96))),
    "people": ("NRP", lambda r: r.choice(PEOPLES)),
    # Numbers that say nothing of anybody.
    "order": ("", lambda r: fill(r, r.choice(("PO-#####", "#######", "INV-20##-###", "SKU-%###")))),
    "amount": ("", lambda r: fill(r, r.choice(("$%##.##", "€%,###", "%## dollars", "£%#")))),
    "count": ("", lambda r: str(r.randint(2, 400))),
}
"""What a slot is, and how it is written."""

SENTENCES = """
My name is {name} and I would like to change the address on my account to {address}.
Please transfer the outstanding balance to IBAN {iban} before {date}.
I lost my card {card}, can you block it?
{name} called from {phone} about order {order}.
Send the contract to {mail} and copy {mail}.
The applicant's social security number is {ssn}.
SSN: {ssn}, DOB: {date}
Her driver's license number is {licence}, issued in {state}.
We moved from {city} to {city} in {date}.
{title} {family} has been with {firm} for eleven years.
Who is the account manager for {firm}? I think it is {given}.
Login from {ip} was blocked at {stamp}.
The customer at {ip} visited {url} and left.
How do I reset my password on {url}?
You can reach me at {phone} or {phone} after five.
Deliver to {name}, {address}
{name}
{address}
Ship to: {firm}, {address}
Is there a branch in {city}, {country}?
{given} is {age} years old and lives in {city}.
I am {age}, my wife {given} is {age}.
He is a {people} citizen who works in {country}.
The {people} delegation will stay at the hotel until {date}.
My zip code is {zip}.
What is the delivery fee for {zip}?
Charge {amount} to {card}, name on card {name}.
Card number {card} expires soon, holder {name}, phone {phone}.
Dear {title} {family}, your appointment on {date} is confirmed.
Hi {given}, did {given} send you the figures?
Kind regards, {name}, {firm}
{name}, {firm}, {phone}, {mail}
Meeting with {name} and {name} at {firm} on {date}.
I was born on {date} in {city}, {state}.
The package for {name} was left with a neighbour at {address}.
Refund {amount} to account {iban}, beneficiary {name}.
Our new office: {address}. Call {phone}.
{firm} opened a plant in {state} in {date}.
Please update the phone number of {name} to {phone}.
Could you verify that {mail} belongs to {name}?
The witness, {name}, aged {age}, arrived from {country}.
New user {mail} registered from {ip}.
The claim of {name} (SSN {ssn}) was filed on {date}.
Driver license {licence} was checked at {stamp}.
My friend {given} from {country} wants to open an account too.
{title} {name} will be replaced by {title} {name}.
What time does the {city} store open?
I want to increase the limit of my credit card # {card} for a trip to {country}.
For my take on {title} {family}, see {url}
From {name}: the shipment to {city} is late.
As of {date}, {firm} no longer serves {state}.
Employee {name}, license {licence}, vehicle assigned {date}.
{name} was fired from {firm} on {date}; his last address was {address}.
Emergency contact: {name}, {phone}.
Billing address: {address}
Bill to {name}
{address}
Tel. {phone}
She married a {people} engineer from {city} in {date}.
We need {given}'s signature and {given}'s ID by {date}.
Just spoke with {name} ({phone}); wants a callback on {date}.
The {people} branch of {firm} reported a loss.
Ask {family} about it.
{family} v. {family}, decided {date}
cc: {mail}
To: {name} <{mail}>
User {name} logged in from {ip} at {stamp}
customer={name}; phone={phone}; city={city}
name: {name} / tel: {phone} / email: {mail}
{given} said the invoice {order} of {amount} was paid by {firm}.
Visited {city} and {city} last year, {country} is next.
My SSN is {ssn} and my license is {licence}.
The flight from {city} to {city} leaves on {date}.
IBAN: {iban}
Credit card: {card}
Passenger {name}, {age}, seat 14C, {city} - {city}
I'd like to complain about {title} {family} in your {city} branch.
Please remove {mail} from the list, {given} left {firm}.
Report prepared by {name} on {date} for {firm}
Patient {name}, {age} years, seen on {date} by Dr. {family}.
The warehouse at {address} ships to {country}.
""".strip().split("\n")
WITHOUT = """
Can I return the kettle without the box?
The invoice {order} over {amount} is overdue.
We need {count} units of SKU-8812 in blue and {count} in grey.
Please reset the router and wait for the green light.
How many points do I get for {amount}?
The meeting room is booked, use the small one.
Order {order} was shipped and has {count} items.
Version 4.12.1 fixes the crash on start.
What are your opening hours?
I would like to increase my credit limit.
The temperature must stay below 8 degrees.
Where is the nearest cash machine?
It costs {amount} plus tax, delivery is free.
Your ticket {order} is closed, reply to open it again.
Section 4 of the manual explains the error code E-203.
My new mattress is too soft, can I change it?
""".strip().split("\n")
ELSEWHERE = """
Guten Tag, mein Name ist {name}, bitte rufen Sie mich unter {phone} zurück.
Überweisen Sie bitte {amount} auf {iban}.
Herr {family} wohnt jetzt in {city}.
Bonjour, je suis {name}, mon courriel est {mail}.
Veuillez livrer à {name}, {address}
Mme {family} travaille chez {firm} depuis le {date}.
Hola, me llamo {name} y mi teléfono es {phone}.
El señor {family} nació el {date} en {city}.
La tarjeta {card} está bloqueada.
Il cliente {name} ha chiamato dal {phone}.
La signora {family} abita in {address}
Meneer {family} is bereikbaar op {phone}.
Wilt u de factuur naar {mail} sturen?
""".strip().split("\n")


def sentence(number: int, seed: str) -> Document:
    """One of many: three in four English with personal data, the rest in other languages or without any."""
    random = Random(f"{seed} business {number}")
    pool = random.choices((SENTENCES, WITHOUT, ELSEWHERE), (75, 13, 12))[0]
    template = random.choice(pool)
    if template in ("{name}", "Bill to {name}"):
        template += "\n{address}"
    page = Page()
    careless = random.random() < _CARELESS
    at = 0
    for slot in _SLOT.finditer(template):
        page.add(_carelessly(random, template[at : slot.start()]) if careless else template[at : slot.start()])
        kind, make = VALUES[slot[1]]
        value = make(random)
        plain = careless and kind not in ("CREDIT_CARD", "IBAN_CODE", "US_SSN", "PHONE_NUMBER", "IP_ADDRESS")
        page.add(value.lower() if plain else value, kind, slot[1])
        at = slot.end()
    page.add(template[at:].rstrip(".") if careless else template[at:])
    return page.document(f"business {number}")


def _carelessly(random: Random, text: str) -> str:
    small = text.lower()
    if len(small) > 8 and random.random() < 0.5:
        at = random.randrange(2, len(small) - 3)
        if small[at : at + 2].isalpha():
            small = small[:at] + small[at + 1] + small[at] + small[at + 2 :]
    return small.replace(",", "")
