"""What English says of somebody in words that no label of the model is for: an age, a job, whose national one is."""

import re
from collections.abc import Iterator
from typing import Final

AGE, NRP, JOB = "AGE", "NRP", "OCCUPATION"
SCORE: Final = 0.75
"""As of the patterns for ages (`pratique.detect.entities.dates`)."""
_ONES = "one|two|three|four|five|six|seven|eight|nine"
_TEENS = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_NUMBER = rf"(?:(?:{_TENS})(?:[ -](?:{_ONES}))?|{_TEENS}|{_ONES})"
_AGED = re.compile(
    rf"\b(?:aged (?P<words>{_NUMBER})|(?:his|her|their|my) age (?:is|was) (?P<number>{_NUMBER}|[1-9][0-9]))"
    r"(?![\w-]| (?:to|and|or|hundred)\b|\.[0-9]|[,/][0-9])",
    re.IGNORECASE,
)
_STATES = (
    "United Kingdom|United States|United Arab Emirates|Netherlands|Czech Republic|Slovak Republic|Dominican Republic|"
    "Hong Kong|New Zealand|South Africa|Costa Rica|El Salvador|Bosnia and Herzegovina|European Union|EU|UK|US|"
    "U\\.S\\.|U\\.K\\."
)
_OF_STATE = re.compile(rf"(?<![\w.])({_STATES})(?= (?:national|citizen|subject|passport holder|resident)s?\b)")
"""States whose names stand for an adjective that English lacks."""

_JOBS = """
accountant actor actress adviser advisor analyst architect artist assistant attendant auditor author baker banker barber
bookkeeper broker builder butcher captain caretaker carpenter cashier chairman chairwoman chauffeur chef chemist clerk
cleaner clergyman coach colonel columnist commander composer conductor constable consultant cook corporal councillor
craftsman dancer dean dentist designer detective director doctor draughtsman driver economist editor electrician
engineer entrepreneur executive farmer firefighter fireman fisherman foreman gardener general geologist governor guard
gunner hairdresser headmaster headmistress headteacher historian housekeeper imam inspector instructor interpreter
janitor jeweller journalist labourer lecturer librarian lieutenant machinist magistrate maid major manager mathematician
mayor mechanic merchant midwife miner minister musician nanny notary nurse officer operator optician orderly
paediatrician painter paramedic pastor pharmacist philosopher photographer physician physicist pilot plumber poet
policeman policewoman politician porter postman priest principal printer producer professor programmer psychiatrist
psychologist publisher rabbi radiologist receptionist rector referee reporter researcher sailor salesman saleswoman
scholar scientist sculptor seamstress secretary senator sergeant servant shepherd shoemaker shopkeeper singer soldier
spokesman spokeswoman steward stewardess student superintendent supervisor surgeon surveyor tailor teacher technician
trader trainee trainer translator treasurer tutor veterinarian waiter waitress warden warehouseman watchman weaver
welder worker writer
"""
_SMALL = "and|or|of|in|at|the|an?|to|by|for|with|on|was|is|were|had|who|which|that"
_MORE = rf"(?:(?!(?:{_SMALL})\b)[A-Za-z][\w’'-]{{0,30}}[ -]){{0,3}}"  # noqa: RUF001 - either apostrophe
_JOB = rf"(?P<job>{_MORE}(?:{'|'.join(_JOBS.split())})s?)\b"
_AS = (
    r"(?:works?|worked|working|employed|serves?|served|serving|practised|practises|appointed|hired|recruited|trained|"
    r"qualified)"
)
_HAS_JOB = tuple(
    re.compile(before + _JOB, re.IGNORECASE)
    for before in (
        rf"\b{_AS} (?:\w{{1,20}} )?as (?:an? |the )?",
        r"\b(?:post|position|job|profession|occupation|career|rank) (?:of|as) (?:an? |the )?",
        (
            r"\b(?:he|she|applicant|claimant|plaintiff|defendant),? (?:who )?(?:is|was|had been|became|has been) "
            r"(?:also |then |now |formerly |currently )?(?:an? |the )(?:former |retired )?"
        ),
        r"\bthe (?:applicant|claimant|plaintiff|defendant), (?:an?|the) (?:former |retired )?",
        r"\b(?:profession|occupation|job title): ",
    )
)
"""What says that a job follows, and the job; lawyers and judges of a case are none of these, for they act in it."""


def worded(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and type of such mentions, in no order; they may overlap. Linear in the text's length."""
    for found in _AGED.finditer(text):
        yield *found.span("words" if found["words"] else "number"), AGE
    for found in _OF_STATE.finditer(text):
        yield *found.span(1), NRP
    for jobs in _HAS_JOB:
        for found in jobs.finditer(text):
            yield *found.span("job"), JOB
