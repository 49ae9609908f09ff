"""A whole project file: what it becomes, and every mistake as one line with its place."""

from datetime import date
from pathlib import Path

import pytest

from pratique.config import FILE_NAME, load, template
from pratique.errors import ConfigError
from pratique.model.classes import DataClass
from pratique.model.data import FormatSpec
from pratique.model.policy import Place, TransformSpec

SKETCH = """\
regions: {eu: {}, us: {}}
keys: {eu: file:keys/eu.json}
stewards: {privacy-office: keys/privacy-office.pub}
datasets:
  channel: {uri: data/eu/channel/*.jsonl, region: eu, subject: user_id, purpose: audience statistics, retention: 2y}
  channel-us: {uri: data/us/channel/, format: jsonl, region: us}
policies:
  default:
    entities: {PERSON: replace, USER_ID: {token: viewer}, CREDIT_CARD: {mask: {keep_last: 4}}, DATE_TIME: shift_date}
    not_personal: keep            # a field that a person held to be free of personal data
    otherwise: quarantine
routes:
  eu -> us: {class: pseudonymised, basis: SCC 2021/914 module 2, until: 2027-06-30, residue: 0, residue_score: 0.6}
flows:
  channel: {from: channel, to: channel-us, policy: default}
"""


def read(tmp_path: Path, text: str):
    (tmp_path / FILE_NAME).write_text(text)
    return load(tmp_path / FILE_NAME)


def error(tmp_path: Path, text: str) -> str:
    with pytest.raises(ConfigError) as caught:
        read(tmp_path, text)
    line = str(caught.value)
    assert "\n" not in line
    assert caught.value.what
    assert caught.value.do
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__ or caught.value.__context__ is None
    return line


def test_the_sketch_becomes_settings(tmp_path):
    found = read(tmp_path, SKETCH)
    assert found.root == str(tmp_path.resolve())
    assert found.name == "unnamed"
    assert found.regions == ("eu", "us")
    assert found.keys == {"eu": "file:keys/eu.json"}
    assert found.stewards["privacy-office"].public_key == "keys/privacy-office.pub"
    channel = found.datasets["channel"]
    assert (channel.uri, channel.region, channel.subject) == ("data/eu/channel/*.jsonl", "eu", ("user_id",))
    assert (channel.purpose, channel.retention, channel.format) == ("audience statistics", "2y", None)
    assert found.datasets["channel-us"].format == FormatSpec("jsonl")
    policy = found.policies["default"]
    assert policy.entities["PERSON"].transform == TransformSpec("replace")
    assert policy.entities["USER_ID"].transform == TransformSpec("token", "viewer")
    assert policy.entities["CREDIT_CARD"].transform == TransformSpec("mask", None, {"keep_last": 4})
    assert policy.entities["CREDIT_CARD"].place == Place(FILE_NAME, 9)
    assert (policy.not_personal.transform, policy.otherwise) == (TransformSpec("keep"), "quarantine")
    route = found.routes["eu -> us"]
    assert (route.data_class, route.until, route.residue, route.residue_score) == (
        DataClass.PSEUDONYMISED,
        "2027-06-30",
        0,
        0.6,
    )
    flow = found.flows["channel"]
    assert (flow.source, flow.target, flow.policy, flow.max_quarantine) == ("channel", "channel-us", "default", 0.05)
    assert flow.place == Place(FILE_NAME, 15)
    assert found.state == ".pratique"
    for name, line in {
        "datasets.channel": 5,
        "datasets.channel.subject": 5,
        "flows.channel": 15,
        "routes.eu -> us": 13,
        "policies.default.entities.PERSON": 9,
        "regions.us": 1,
    }.items():
        assert found.places[name] == Place(FILE_NAME, line)


def test_a_folder_is_as_good_as_its_file(tmp_path):
    read(tmp_path, SKETCH)
    assert load(tmp_path).flows.keys() == {"channel"}


def test_every_section(tmp_path):
    found = read(
        tmp_path,
        SKETCH.replace(
            "flows:",
            """\
  us→eu: {class: personal, basis: adequacy decision, until: "2030-01-01"}
reidentifiers:
  fraud: {key: keys/fraud.pub, flows: [channel]}
detection:
  entities:
    USER_ID: {pattern: 'user-[0-9]{5}', context: [viewer, user], score: 0.7, field_names: user_id, validator: luhn}
    CODE: {patterns: [a+, b+], deny: [no, 012, 12]}
  recognizers: [recognizers/card.py]
  allow: [Andi Mack, 2026-01-01]
  guard_score: 0.4
  proposal_share: 0.1
name: "Example & Sons"
state: work/state
flows:""",
        )
        .replace(
            "    not_personal: keep ",
            """\
    fields:
      channel.tv_show: drop
      "*.remarks": {as: text}
      channel.tags[].name: {token: {domain: viewer}}
      'channel."odd name".x': redact
    not_personal: keep """,
        )
        .replace("policy: default", "policy: default, max_quarantine: 1, shared_domains: [viewer]"),
    )
    assert found.name == "Example & Sons"
    assert found.state == "work/state"
    assert found.routes["us -> eu"].data_class is DataClass.PERSONAL
    assert found.reidentifiers["fraud"].flows == ("channel",)
    user, code = found.detection.entities
    assert (user.patterns, user.context, user.field_names) == (("user-[0-9]{5}",), ("viewer", "user"), ("user_id",))
    assert (user.score, user.validator) == (0.7, "luhn")
    assert (code.patterns, code.deny, code.score) == (("a+", "b+"), ("no", "012", "12"), 0.6)
    assert found.detection.allow == ("Andi Mack", "2026-01-01")
    assert (found.detection.guard_score, found.detection.proposal_share) == (0.4, 0.1)
    fields = found.policies["default"].fields
    assert list(fields) == ["channel.tv_show", "*.remarks", "channel.tags[].name", 'channel."odd name".x']
    assert fields["*.remarks"].as_text
    assert fields["*.remarks"].transform is None
    assert fields["channel.tags[].name"].transform == TransformSpec("token", "viewer")
    assert found.flows["channel"].shared_domains == ("viewer",)
    assert found.flows["channel"].max_quarantine == 1.0


def test_a_region_called_no_and_format_options(tmp_path):
    found = read(
        tmp_path,
        """\
regions: [no, se]
datasets:
  a: {uri: a/, region: no, format: {name: csv, delimiter: ';', quote: "'", null: "", tab: "\\t", digit: 012}}
""",
    )
    assert found.regions == ("no", "se")
    spec = found.datasets["a"].format
    assert spec == FormatSpec("csv", {"delimiter": ";", "quote": "'", "null": "", "tab": "\t", "digit": "012"})


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        # unknown keys and names
        ("regions:", "regoins:", 1, ['unknown key "regoins"', 'did you mean "regions"?']),
        ("subject: user_id", "subjetc: user_id", 5, ['"subjetc"', '"subject"']),
        ("otherwise:", "otherwize:", 11, ['"otherwise"']),
        ("residue_score:", "residue_scor:", 13, ['"residue_score"']),
        ("to: channel-us", "to: chanel-us", 15, ['no dataset "chanel-us"', '"channel-us"']),
        ("policy: default", "policy: defualt", 15, ['"default"']),
        ("region: eu", "region: ue", 5, ['no region "ue"']),
        ("{eu: file:keys", "{ue: file:keys", 2, ['no region "ue"']),
        ("eu -> us:", "eu -> uk:", 13, ['no region "uk"']),
        # shapes
        ("regions: {eu: {}, us: {}}", "regions: {}", 1, ["no region"]),
        ("regions: {eu: {}, us: {}}", "regions: {eu: {a: 1}, us: {}}", 1, ['unknown key "a"']),
        ("regions: {eu: {}, us: {}}", "regions: eu", 1, ["mapping"]),
        ("region: eu, ", "", 5, ['lacks "region"']),
        ("uri: data/us/channel/, ", "", 6, ['lacks "uri"']),
        ("region: us}", "region: us, restricted: yes}", 6, ["true or false"]),
        ("retention: 2y", "retention: 2 years", 5, ["span of time"]),
        ("retention: 2y", "retention: 0d", 5, ["span of time"]),
        ("subject: user_id", "subject: a..b", 5, ["field path"]),
        ("subject: user_id", "subject: '\"\\q\"'", 5, ["field path"]),
        ("  channel: {uri", "  'ch annel': {uri", 5, ["cannot be the name"]),
        ("  channel: {uri", "  ../x: {uri", 5, ["cannot be the name"]),
        ("format: jsonl", "format: {delimiter: x}", 6, ['lacks "name"']),
        ("file:keys/eu.json", "keys/eu.json", 2, ["file:keys/eu.json"]),
        # rules
        ("PERSON: replace", "PERSON: [replace]", 9, ["one transform"]),
        ("PERSON: replace", "PERSON: {replace: {}, mask: {}}", 9, ["one transform"]),
        ("PERSON: replace", "PERSON: ", 9, ["must be text"]),
        ("PERSON: replace", "PERSON: {as: text}", 9, ["fields"]),
        ("PERSON: replace", "PERSON: {mask: 4}", 9, ["bare value"]),
        ("PERSON: replace", "PERSON: {token: 'a b'}", 9, ["pseudonym domain"]),
        ("PERSON: replace", "PERSON: Replace!", 9, ["cannot be a transform"]),
        ("PERSON: replace", "PERSON: {mask: {keep_last: [1]}}", 9, ['"keep_last"']),
        ("PERSON: replace", "PERSON: {mask: {keep_last: }}", 9, ['"keep_last"']),
        ("PERSON: replace", "PER SON: replace", 9, ["entity type"]),
        ("not_personal: keep ", "fields: {tv_show: keep} #", 10, ['"*.tv_show"']),
        ("not_personal: keep ", "fields: {chanel.x: keep} #", 10, ['"channel"']),
        ("not_personal: keep ", "fields: {channel.x: text} #", 10, ["{as: text}"]),
        ("not_personal: keep ", "fields: {channel.x: {as: texts}} #", 10, ['"text"']),
        ("not_personal: keep ", "fields: {channel.x: keep, 'channel.\"x\"': drop} #", 10, ["two rules"]),
        ("otherwise: quarantine", "otherwise: keep", 11, ["quarantine"]),
        # routes
        ("eu -> us:", "eu us:", 13, ["FROM -> TO"]),
        ("eu -> us:", "eu -> eu:", 13, ["itself"]),
        ("class: pseudonymised", "class: pseudonymized", 13, ['"pseudonymised"']),
        ("class: pseudonymised", "class: none", 13, ["class"]),
        ("until: 2027-06-30", "until: 30-06-2027", 13, ["calendar"]),
        ("until: 2027-06-30", "until: 2027-02-30", 13, ["calendar"]),
        ("until: 2027-06-30", "until: 20270630", 13, ["calendar"]),
        ("until: 2027-06-30, ", "", 13, ['lacks "until"']),
        ("basis: SCC 2021/914 module 2", "basis: ' '", 13, ["empty"]),
        ("residue: 0,", "residue: -1,", 13, ["0 or more"]),
        ("residue: 0,", "residue: 0.5,", 13, ["whole number"]),
        ("residue: 0,", "residue: true,", 13, ["whole number"]),
        ("residue_score: 0.6", "residue_score: 0", 13, ["above 0"]),
        ("residue_score: 0.6", "residue_score: 60", 13, ["0 to 1"]),
        ("residue_score: 0.6", "residue_score: true", 13, ["0 to 1"]),
        # flows
        ("policy: default}", "policy: default, max_quarantine: 5}", 15, ["0 to 1"]),
        ("policy: default}", "policy: default, shared_domains: [viewr]}", 15, ['"viewer"']),
        ("to: channel-us", "to: channel", 15, ["its own source"]),
        (
            "    entities: {PERSON",
            "    families: {nationl-id: drop}\n    entities: {PERSON",
            9,
            ['did you mean "national-id"'],
        ),
        (
            "    entities: {PERSON",
            "    families: {date: keep}\n    entities: {PERSON",
            9,
            ["single types, under entities"],
        ),
        ("    entities: {PERSON", "    families: {date: {as: text}}\n    entities: {PERSON", 9, ["under fields"]),
        ("    entities: {PERSON", "    families: [date]\n    entities: {PERSON", 9, ["must be a mapping"]),
        ("data/us/channel/,", "data/us/*.jsonl,", 6, ["pattern"]),
        ("data/us/channel/,", "data/eu/channel/out.jsonl/../,", 15, ["a folder of its own"]),
        ("keys: {eu:", "keys: {us:", 15, ["no keys"]),
        ("eu -> us:", "us -> eu:", 15, ["no route"]),
        # paths
        ("file:keys/eu.json", "file:../eu.json", 2, ["leaves the project"]),
        ("keys/privacy-office.pub", "keys/../../x.pub", 3, ["leaves the project"]),
        ("keys/privacy-office.pub", "~/x.pub", 3, ["~"]),
        ("uri: data/us/channel/", "uri: ../us/", 6, ["leaves the project"]),
        ("uri: data/us/channel/", "uri: 's3://me:secret@host/x/'", 6, ["password"]),
        ("uri: data/us/channel/", "uri: .pratique/out/", 6, ["state folder"]),
        ("uri: data/us/channel/", "uri: keys/", 6, ["key file"]),
        ("uri: data/us/channel/", "uri: ./", 15, ["a folder of its own"]),
    ],
)
def test_each_mistake_is_one_line_with_its_place(tmp_path, old, new, line, words):
    assert SKETCH.count(old) >= 1
    message = error(tmp_path, SKETCH.replace(old, new, 1))
    assert message.startswith(f"{FILE_NAME}:{line}: "), message
    for word in words:
        assert word in message


@pytest.mark.parametrize(
    ("section", "words"),
    [
        ("detection: {entities: {X: {}}}", ["can find nothing"]),
        ("detection: {entities: {X: {pattern: a, patterns: [b]}}}", ["both"]),
        ("detection: {entities: {X: {pattern: a, score: 0}}}", ["above 0"]),
        ("detection: {entities: {X: {pattern: a, family: vehicles}}}", ['did you mean "vehicle"']),
        ("detection: {entities: {X: {family: vehicle}}}", ["can find nothing"]),
        ("detection: {entities: {X: {pattern: {a: b}}}}", ["list"]),
        ("detection: {recognizers: [x.txt]}", ["not Python"]),
        ("detection: {recognizers: [/etc/x.py]}", ["relative"]),
        ("detection: {recognizers: [a/../../x.py]}", ["leaves the project"]),
        ("detection: {model: large}", ["detection.model", "give default, none, or a .py or .yaml file"]),
        ("detection: {model: /etc/nlp.yaml}", ["relative"]),
        ("detection: {model: ../nlp.yaml}", ["leaves the project"]),
        ("detection: {model: [none]}", ["detection.model"]),
        ("detection: {allow: [[a]]}", ["must be text"]),
        ("detection: {allow: [null]}", ["must be text"]),
        ("detection: {guard_scor: 1}", ['"guard_score"']),
        ("state: ../x", ["leaves the project"]),
        ("state: /var/x", ["relative"]),
        ("state: .", ["project's folder"]),
        ("name: ''", ["empty"]),
        ('name: "a\\nb"', ["line break"]),
        ('name: "a\\x9bb"', ["line break"]),
        ('name: "a\\u202eb"', ["line break"]),
        ("reidentifiers: {x: {key: keys/x.pub, flows: []}}", ["no flow"]),
        ("reidentifiers: {x: {key: keys/x.pub, flows: [chanel]}}", ['"channel"']),
        ("reidentifiers: {x: {flows: [channel]}}", ['lacks "key"']),
        ("reidentifiers: {x: {key: keys/privacy-office.pub, flows: [channel]}}", ["one public key"]),
        ("reidentifiers: {privacy-office: {key: keys/x.pub, flows: [channel]}}", ["also a steward"]),
    ],
)
def test_mistakes_in_the_optional_sections(tmp_path, section, words):
    message = error(tmp_path, SKETCH + section + "\n")
    assert message.startswith(f"{FILE_NAME}:16: ")
    for word in words:
        assert word in message


def test_values_of_lists_are_never_echoed(tmp_path):
    message = error(tmp_path, SKETCH + "detection: {allow: [Jane Roe, Jane Roe]}\n")
    assert "Jane" not in message


def test_credentials_are_never_echoed(tmp_path):
    assert "hunter2" not in error(tmp_path, SKETCH.replace("data/us/channel/", "s3://me:hunter2@host/x/"))


@pytest.mark.parametrize("uri", ["data/eu/channel/out/", "data/eu/channel", "file:///"])
def test_a_flow_never_reads_back_what_it_writes(tmp_path, uri):
    text = SKETCH.replace("data/eu/channel/*.jsonl", "data/eu/channel/**/*.jsonl").replace("data/us/channel/", uri)
    assert FILE_NAME in error(tmp_path, text)


def test_a_target_beside_a_shallow_pattern_is_fine(tmp_path):
    assert read(tmp_path, SKETCH.replace("data/us/channel/", "data/eu/channel/out/")).flows


def test_absolute_datasets_and_keys_are_fine(tmp_path):
    text = SKETCH.replace("data/us/channel/", "/srv/us/").replace("file:keys/eu.json", "file:/run/secrets/eu.json")
    found = read(tmp_path, text)
    assert found.keys["eu"] == "file:/run/secrets/eu.json"


def test_no_file(tmp_path):
    with pytest.raises(ConfigError, match="pratique init"):
        load(tmp_path / FILE_NAME)
    with pytest.raises(ConfigError, match="pratique init"):
        load(tmp_path)


def test_regions_and_datasets_are_needed(tmp_path):
    assert "regions" in error(tmp_path, "name: x\n")


def test_the_template_loads_and_says_what_it_was_told(tmp_path):
    text = template('A "quoted" näme', source="ch", target="no", steward="dpo", until=date(2030, 2, 28))
    found = read(tmp_path, text)
    assert found.name == 'A "quoted" näme'
    assert found.regions == ("ch", "no")
    assert found.routes["ch -> no"].until == "2030-02-28"
    assert found.stewards["dpo"].public_key == "keys/dpo.pub"
    assert found.datasets["customers-no"].region == "no"
    assert all(len(line) <= 120 for line in text.splitlines())


def test_the_template_names_every_section(tmp_path):
    from pratique.config.load import SECTIONS

    text = template()
    for section in SECTIONS:
        assert f"\n{section}:" in text or f"\n# {section}:" in text
    read(tmp_path, text)


@pytest.mark.parametrize("bad", [{"source": "e u"}, {"steward": "../x"}, {"name": "a\nb"}, {"name": ""}])
def test_the_template_refuses_what_it_cannot_hold(bad):
    with pytest.raises(ConfigError):
        template(**bad)


def test_rules_for_families_and_the_family_of_a_type_of_ones_own(tmp_path):
    rules = "    families: {national-id: redact, contact: {token: mail}}\n    entities: {PERSON"
    own = "detection: {entities: {BADGE: {pattern: 'B[0-9]+', family: profession}}}\n"
    found = read(tmp_path, SKETCH.replace("    entities: {PERSON", rules) + own)
    families = found.policies["default"].families
    assert {name: rule.transform.name for name, rule in families.items()} == {
        "national-id": "redact",
        "contact": "token",
    }
    assert families["contact"].place == Place(FILE_NAME, 9)
    assert [(one.name, one.family) for one in found.detection.entities] == [("BADGE", "profession")]
    # A domain that only a family's rule uses can be shared.
    shared = SKETCH.replace("    entities: {PERSON", rules).replace(
        "policy: default}", "policy: default, shared_domains: [mail]}"
    )
    assert read(tmp_path, shared).flows["channel"].shared_domains == ("mail",)


@pytest.mark.parametrize(
    ("said", "model"),
    [("", "default"), ("model: none", "none"), ("model: nlp.yaml", "nlp.yaml"), ("model: m/own.py", "m/own.py")],
)
def test_the_model_of_language_is_said_or_the_packages_own(tmp_path: Path, said: str, model: str) -> None:
    found = read(tmp_path, f"{SKETCH}\ndetection: {{guard_score: 0.4, {said}}}\n")
    assert found.detection.model == model
