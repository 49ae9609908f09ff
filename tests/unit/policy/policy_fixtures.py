"""A small project, scan and verdicts that policy tests share."""

from datetime import date

from pratique.model.catalogue import Evidence, Scan, TypeEvidence, Verdict, VerdictState
from pratique.model.classes import DataClass
from pratique.model.data import Dataset, FormatSpec
from pratique.model.paths import parse_path
from pratique.model.policy import (
    DetectionSettings,
    Flow,
    Place,
    Policy,
    Route,
    Rule,
    Settings,
    TransformSpec,
    UserEntity,
)
from pratique.model.schema import Kind, Node, Schema
from pratique.policy import compile_plan
from pratique.transform import registry

TODAY = date(2026, 11, 23)
STRING = frozenset({Kind.STRING})


def rule(spec, line=1, domain=None, **params):
    if spec == "text":
        return Rule(None, Place("pratique.yaml", line), as_text=True)
    return Rule(TransformSpec(spec, domain, params), Place("pratique.yaml", line))


ENTITIES = {
    "PERSON": rule("replace", 11),
    "USER_ID": rule("token", 12, "viewer"),
    "EMAIL_ADDRESS": rule("pseudonym", 13, "mail"),
    "CREDIT_CARD": rule("mask", 14, keep_last=4),
    "DATE_TIME": rule("shift_date", 15),
    "IP_ADDRESS": rule("generalise", 16),
    "IBAN_CODE": rule("redact", 17),
    "US_SSN": rule("drop", 18),
    "URL": rule("keep", 19),
}


def policy(entities=None, fields=None, not_personal=None, otherwise="quarantine"):
    return Policy(
        "default",
        ENTITIES if entities is None else entities,
        fields or {},
        not_personal or rule("keep", 20),
        otherwise,
        Place("pratique.yaml", 10),
    )


def project(
    rules=None, *, subject="user_id", route_class=DataClass.PSEUDONYMISED, until="2027-06-30", shared=(), target="us"
):
    return Settings(
        root="/project",
        name="x",
        regions=("eu", "us"),
        keys={"eu": "file:keys/eu.json"},
        stewards={},
        reidentifiers={},
        datasets={
            "a": Dataset("a", "data/a/", "eu", subject=parse_path(subject) if subject else None),
            "b": Dataset("b", "data/b/", target),
        },
        policies={"default": rules or policy()},
        routes={"eu -> us": Route("eu", "us", route_class, "SCC", until, place=Place("pratique.yaml", 30))},
        flows={"f": Flow("f", "a", "b", "default", shared_domains=shared, place=Place("pratique.yaml", 40))},
        detection=DetectionSettings(entities=(UserEntity("USER_ID"),), guard_score=0.5),
        places={"datasets.a.subject": Place("pratique.yaml", 5)},
    )


def leaf(*kinds, optional=False):
    return Node(frozenset(kinds or {Kind.STRING}), optional=optional)


def schema(fields):
    return Schema(Node(frozenset({Kind.RECORD}), fields=tuple(fields.items())))


def evidence(path, *, distinct=5000, sampled=10000, dates=(), types=()):
    found = tuple(TypeEvidence(t, sampled, 1.0, 0.9, sampled) for t in types)
    return Evidence(parse_path(path), sampled, 0, distinct, 8.0, 1.0, found, dates)


def scan(fields, facts=(), *, name="jsonl", complete=True):
    return Scan(
        "a",
        schema(fields),
        FormatSpec(name),
        tuple(facts),
        10000,
        complete,
        False,
        0,
        {"d": "1"},
        "2026-11-23T00:00:00Z",
    )


def verdict(path, *entities, state=None, **more):
    default = VerdictState.PROPOSED if entities else VerdictState.DECIDED
    return Verdict(parse_path(path), state or default, tuple(entities), **more)


def build(fields, verdicts, *, settings=None, facts=(), name="jsonl", transforms=None, **more):
    look = scan(fields, facts, name=name)
    options = {
        "scan": look,
        "verdicts": {v.path: v for v in verdicts},
        "transforms": registry() if transforms is None else transforms,
        "key_version": lambda domain: 1,
        "components": {"kernel": "1"},
        "decisions_digest": "00",
        "bulk_decisions": 0,
        "target_format": FormatSpec("jsonl"),
        "today": TODAY,
    }
    return compile_plan(settings or project(subject=None), "f", **{**options, **more})


def one(*entities, state=None, kinds=(Kind.STRING,), settings=None, facts=(), path="x", **more):
    """The step of a single field ``x`` (beside the subject)."""
    fields = {"user_id": leaf(), "x": leaf(*kinds)}
    verdicts = [verdict("user_id"), verdict(path, *entities, state=state, **more)]
    return build(fields, verdicts, settings=settings or project(), facts=facts).steps[1]
