"""Families of entity types: the words in which a policy speaks of many types at once.

A type is in one family or in none. Which one is data of whoever finds the type (`pratique.detect.entities.families`,
``family:`` of a project's own type); here are the families themselves, as names that stand in project files.
"""

from collections.abc import Mapping
from typing import Final

FAMILIES: Final[Mapping[str, str]] = {
    "name": "names of people",
    "contact": "e-mail addresses, telephone numbers, mailboxes",
    "address": "postal addresses, postcodes, numbers of homes and land",
    "place": "names of places, coordinates",
    "date": "dates, times, dates of birth",
    "trait": "age, nationality, religion, politics",
    "national-id": "personal numbers that a state gives everybody",
    "identity-card": "identity cards, residence permits, voters' cards",
    "passport": "passports",
    "driving-licence": "driving licences",
    "tax-id": "tax numbers",
    "vat-id": "VAT numbers",
    "social-security": "social-security and pension numbers",
    "health": "health insurance, patients, prescriptions, claims",
    "profession": "registers of professions, practices, students",
    "bank-account": "accounts, banks, giro and payment references",
    "payment": "payment cards, crypto wallets",
    "organisation": "names and register numbers of organisations",
    "vehicle": "plates and numbers of vehicles",
    "device": "telephones, SIM cards, network adapters",
    "online": "network addresses, links, accounts, cookies, advertising ids",
    "reference": "numbers of cases, files and fines, and other codes",
    "credential": "passwords, keys, tokens",
}
"""Family to what is in it, for people; from what names somebody to what opens a door."""
