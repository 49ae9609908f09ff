"""The first ``pratique.yaml``: loads as it stands, and explains each section to who edits it."""

import json
from datetime import UTC, date, datetime

from pratique.config.values import name as check_name
from pratique.errors import ConfigError
from pratique.model.policy import Place

_TEMPLATE = """\
# Pratique: what may leave, and how. Run "pratique doctor" after every change.
# In every error the number behind the colon is a line of this file. Every key: docs/reference/project-file.md

# Who you are; this name stands in every release.
name: {exporter}

# The jurisdictions in which you keep data.
regions: {{{source}: {{}}, {target}: {{}}}}

# Where the keys of a region are. They never leave it. "pratique keys create" makes them.
keys:
  {source}: file:keys/{source}.json

# Whose signature counts where a decision loosens something: saying that a type is not in a field,
# or that a field holds no personal data. The private half stays with the person.
stewards:
  {steward}: keys/{steward}.pub

# Who may turn released data back into the original, and of which flows.
# reidentifiers:
#   fraud-team: {{key: keys/fraud-team.pub, flows: [customers]}}

# What you have, and what you want to have. A dataset in a region lies in that region.
#   uri        a file, a folder or a pattern; relative to this file
#   format     jsonl, csv, parquet or text; the extension tells it if left out. Options: {{name: csv, delimiter: ";"}}
#   subject    the field that says whom a record is about; needed by shift_date
#   retention  how long it may be kept: 90d, 6w, 18m, 2y
#   restricted true where re-identified data may be written
datasets:
  customers:
    uri: data/{source}/customers/*.jsonl
    region: {source}
    subject: customer_id
    purpose: customer service
    retention: 2y
  customers-{target}:
    uri: data/{target}/customers/
    format: jsonl
    region: {target}

# Where topics are; a dataset then has the uri kafka://local/TOPIC. Guide: docs/guide/streams.md
# clusters:
#   local: {{bootstrap: "127.0.0.1:9092", registry: "http://127.0.0.1:8081"}}

# What to do with personal data. Where several types are found in one field, the strictest rule counts:
# drop, redact, replace, generalise, shift_date, mask, pseudonym, token, keep.
#   token      an encrypted stand-in; equal values join inside the domain, and it can be reversed under your key
#   pseudonym  a keyed stand-in that joins and cannot be reversed
policies:
  default:
    # By family of types; "pratique detect --list" shows which types there are, and in which family each is.
    families:
      name: replace
      contact: {{token: customer}}        # e-mail addresses, telephone numbers
      address: replace
      place: replace
      date: shift_date
      trait: redact                     # age, nationality, religion, politics
      national-id: redact
      identity-card: redact
      passport: redact
      driving-licence: redact
      tax-id: redact
      vat-id: redact
      social-security: redact
      health: redact
      profession: redact
      bank-account: redact
      payment: redact
      organisation: replace
      vehicle: redact
      device: redact
      online: redact                    # network addresses, links, accounts
      reference: replace                # numbers of cases and files, other codes
      credential: redact                # passwords, keys, tokens
    # By type. A rule for a type wins over its family's.
    entities:
      CUSTOMER_ID: {{token: customer}}
      CREDIT_CARD: {{mask: {{keep_last: 4}}}}
      IP_ADDRESS: generalise
    # A rule for one field wins over the rules for types. "*." stands for every dataset, and needs the quotes.
    fields:
      customers.remarks: {{as: text}}     # free text: find what is personal in it, and treat each by its type
    not_personal: keep                  # a field that a person held to be free of personal data
    otherwise: quarantine               # personal data without a rule: quarantine, drop, redact or replace

# Leave to go from one region to another: for which class of data, on what legal basis, until which day.
#   class  personal or pseudonymised: the weakest that may pass
routes:
  {source} -> {target}:
    class: pseudonymised
    basis: SCC 2021/914 module 2
    until: {until}
    residue: 0                          # how many findings a release may still hold
    residue_score: 0.6                  # from which score on a finding counts

# What moves: from where, to where, under which policy.
flows:
  customers:
    from: customers
    to: customers-{target}
    policy: default
    max_quarantine: 0.05                # more than this share of records held back, and nothing is released

# What only you know about your data.
detection:
  entities:
    CUSTOMER_ID:
      pattern: '\\bC-[0-9]{{6}}\\b'
      context: [customer, account]
      field_names: [customer_id]
      score: 0.7
  # recognizers: [recognizers/loyalty_card.py]    # Presidio recognisers, as they are
  # model: none                                   # no model of language: patterns and lists only, and faster
  # allow: [Example Ltd]                          # exact values that are never a finding

# Where the catalogue, staged files, quarantine and the audit log are kept; one folder per region in it.
state: .pratique
"""


def template(
    name: str = "Example Ltd",
    *,
    source: str = "eu",
    target: str = "us",
    steward: str = "privacy-office",
    until: date | None = None,
) -> str:
    """The text of a first project file for one flow from region ``source`` to ``target``.

    ``until`` is the route's last day; a year from today (UTC) if not given. Raises `ConfigError` for a name that the
    file could not hold.
    """
    for value, kind in ((source, "a region"), (target, "a region"), (steward, "a steward")):
        check_name(value, Place("template"), kind)
    day = until or next_year(datetime.now(UTC).date())
    if not name.strip() or not name.isprintable():
        raise ConfigError("the exporter's name is empty or does not print", do="give a name such as Example Ltd")
    exporter = json.dumps(name, ensure_ascii=False)
    return _TEMPLATE.format(exporter=exporter, source=source, target=target, steward=steward, until=day.isoformat())


def next_year(day: date) -> date:
    """The same day a year later; the 28th of February for a leap day."""
    leap_day = (day.month, day.day) == (2, 29)
    return date(day.year + 1, day.month, 28) if leap_day else day.replace(year=day.year + 1)
