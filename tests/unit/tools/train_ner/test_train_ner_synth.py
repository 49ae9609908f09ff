# ruff: noqa: RUF001
"""The synthetic text: what every record of every language must hold, and the parts that could get it wrong."""

import random
import re
import unicodedata
from collections import Counter, defaultdict

import pytest

from tools.train_ner import synth
from tools.train_ner.synth import script
from tools.train_ner.synth.documents import FIELDS, PROSE
from tools.train_ner.synth.inflect import Cases
from tools.train_ner.synth.language import Language, load
from tools.train_ner.synth.people import Person, abbreviated, feminine, inflected
from tools.train_ner.synth.slots import BUILT_IN
from tools.train_ner.synth.writer import LABELS, Template, TemplateError, Writer

OFFICIAL = {
    "bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "ga", "hr", "hu", "it", "lt", "lv", "mt", "nl", "pl",
    "pt", "ro", "sk", "sl", "sv",
}  # fmt: skip
OTHERS = {"is", "no", "sr", "tr", "uk"}
EACH = 120


@pytest.fixture(scope="module")
def records():
    return list(synth.generate(7, EACH * len(synth.available())))


@pytest.fixture(scope="module")
def languages():
    return {language.code: language for language in load(synth.available())}


def test_every_official_language_and_five_others_have_a_file():
    assert set(synth.available()) >= OFFICIAL | OTHERS


def test_spans_are_exact_sorted_apart_and_trimmed(records):
    for record in records:
        at = 0
        for start, end, label in record["spans"]:
            mention = record["text"][start:end]
            assert at <= start < end <= len(record["text"]), record["id"]
            assert mention == mention.strip(), record["id"]
            assert label in LABELS
            at = end


def test_records_have_the_form_of_the_labelled_data(records):
    assert len({record["id"] for record in records}) == len(records)
    for record in records:
        assert set(record) == {"id", "source", "lang", "text", "spans", "annotated"}
        assert record["source"] == "synth"
        assert record["annotated"] == list(LABELS)
        assert record["text"] == record["text"].rstrip() != ""


def test_nothing_of_a_template_is_left(records):
    for record in records:
        assert not re.search(r"[{}\ue000-\uf8ff]|\\n", record["text"]), record["id"]


def test_every_language_has_every_label(records):
    found = defaultdict(Counter)
    for record in records:
        found[record["lang"]].update(label for _, _, label in record["spans"])
    for code, labels in found.items():
        assert set(labels) == set(LABELS), code


def test_no_courtesy_title_is_inside_a_person(records, languages):
    for record in records:
        language = languages[record["lang"]]
        titles = {title.casefold() for title in language.words("tm") + language.words("tf")}
        for start, end, label in record["spans"]:
            if label == "PERSON":
                first = record["text"][start:end].split(" ")[0].casefold()
                assert first not in titles, record["id"]


def test_the_same_arguments_give_the_same_records():
    first = list(synth.generate(3, 200))
    assert first == list(synth.generate(3, 200))
    assert [record["text"] for record in first] != [record["text"] for record in synth.generate(4, 200)]


def test_only_the_languages_that_were_asked_for():
    assert [record["lang"] for record in synth.generate(1, 4, ["mt", "de"])] == ["mt", "de", "mt", "de"]
    with pytest.raises(KeyError):
        next(synth.generate(1, 1, ["xx"]))


def test_each_language_has_forty_templates_in_ten_kinds(languages):
    for code, language in languages.items():
        own = Counter(
            {kind: len(parts.openings + parts.bodies + parts.closings) for kind, parts in language.kinds.items()}
        )
        del own["log"]  # shared by all
        assert sum(own.values()) >= 40, code
        assert len(own) + 3 >= 10, code  # and forms, tables and single values
        assert PROSE | {"chat", "neg"} <= set(own), code


def test_what_must_not_be_found_is_unmarked(languages):
    """The sentences of hard negatives mark nothing; no list of goods, jobs, amounts or titles has a label."""
    for code, language in languages.items():
        for body in language.kinds["neg"].bodies:
            writer = Writer(language, random.Random(1))
            body.write(writer)
            assert not writer.spans, code
        for name in ("product", "job", "amount", "show", "version", "tm", "tf", "form_title"):
            assert name not in language.labels, code


def test_forms_have_captions_that_fields_know(languages):
    for code, language in languages.items():
        assert set(language.captions) <= set(FIELDS), code
        assert len(language.captions) > 20, code


def test_lengths_go_from_single_values_to_pages(records):
    words = sorted(len(record["text"].split()) for record in records)
    assert words[0] <= 3
    assert words[-1] >= 150


def test_serbian_is_written_in_both_scripts(records):
    texts = [record["text"] for record in records if record["lang"] == "sr"]
    cyrillic = sum(any("CYRILLIC" in unicodedata.name(char, "") for char in text) for text in texts)
    assert 0.2 * len(texts) < cyrillic < 0.8 * len(texts)


def test_latin_and_cyrillic_serbian():
    assert script.serbian_cyrillic("Ljiljana Đorđević, Džep, Njegoš") == "Љиљана Ђорђевић, Џеп, Његош"
    assert script.serbian_cyrillic("injekcija") == "инјекција"


def test_names_in_latin_letters():
    assert script.latin("Шевченко", "uk") == "Shevchenko"
    assert script.latin("Георгиев", "bg") == "Georgiev"
    assert script.latin("Παπαδόπουλος", "el") == "Papadopoulos"
    assert script.latin("Müller", "de") == "Müller"
    assert script.ascii_letters("Łukasz Øster", "pl") == "lukaszoster"


@pytest.mark.parametrize("code", ["de", "el", "tr", "lt"])
def test_letter_case_keeps_offsets(code):
    text = "Straße İstanbul ışık Άμφισσα ΐ ŉ Žemaitė"
    assert len(script.upper(text, code)) == len(text) == len(script.lower(text, code))


@pytest.mark.parametrize(
    ("code", "case", "gender", "name", "surname", "expected"),
    [
        ("cs", "gen", "m", "Dvořák", True, "Dvořáka"),
        ("cs", "surname", "f", "Novotný", False, "Novotná"),
        ("cs", "voc", "m", "Petr", False, "Petře"),
        ("pl", "ins", "m", "Kowalski", True, "Kowalskim"),
        ("pl", "gen", "f", "Nowak", True, "Nowak"),
        ("fi", "gen", "m", "Virtanen", True, "Virtasen"),
        ("fi", "ade", "f", "Mäkelä", True, "Mäkelällä"),
        ("hu", "dat", "m", "Kovács", True, "Kovácsnak"),
        ("hu", "ins", "f", "Anna", False, "Annával"),
        ("tr", "gen", "m", "Yılmaz", True, "Yılmaz'ın"),
        ("tr", "dat", "f", "Öztürk", True, "Öztürk'e"),
        ("lt", "gen", "m", "Kazlauskas", True, "Kazlausko"),
        ("lt", "surname", "f", "Stankevičius", False, "Stankevičienė"),
        ("lt", "daughter", "f", "Petrauskas", False, "Petrauskaitė"),
        ("lv", "surname", "f", "Bērziņš", False, "Bērziņa"),
        ("el", "gen", "m", "Παπαδόπουλος", True, "Παπαδόπουλου"),
        ("uk", "dat", "m", "Іван", False, "Івану"),
        ("bg", "surname", "f", "Георгиев", False, "Георгиева"),
        ("is", "surname", "f", "Jónsson", False, "Jónsdóttir"),
        ("hr", "ins", "m", "Kovačić", True, "Kovačićem"),
        ("et", "com", "m", "Tamm", True, "Tammega"),
    ],
)
def test_case_forms(languages, code, case, gender, name, surname, expected):
    assert languages[code].cases.form(name, case, gender, surname) == expected


def test_a_hyphenated_name_is_inflected_in_each_part():
    assert Cases("cs", ["gen.f: ová>ové á>é +"]).form("Nováková-Malá", "gen", "f", True) == "Novákové-Malé"


@pytest.mark.parametrize(
    ("code", "case", "person", "alone", "expected"),
    [
        ("fi", "gen", Person("Matti", "Virtanen-Salo", "m", "fi"), False, ("Matti", "Virtanen-Salon")),
        ("hu", "dat", Person("Anna", "Nagy", "f", "hu"), False, ("Annának", "Nagy")),
        ("de", "gen", Person("Anna", "Weber", "f", "de"), True, ("Annas", "Weber")),
        ("pl", "gen", Person("Jan", "Nowak", "m", "pl"), False, ("Jana", "Nowaka")),
        ("pl", "gen", Person("Mary", "Smith", "f", "en"), False, ("Mary", "Smith")),
        ("pl", "gen", Person("John", "Smit", "m", "en"), False, ("Johna", "Smita")),
    ],
)
def test_who_takes_an_ending(languages, code, case, person, alone, expected):
    assert inflected(Writer(languages[code], random.Random(0)), person, case, alone=alone) == expected


def test_an_ending_behind_an_apostrophe_is_outside_the_span(languages):
    writer = Writer(languages["tr"], random.Random(0))
    writer.memo["p"] = Person("Emre", "Demir", "m", "tr")
    Template("{p:s,gen} evi", BUILT_IN).write(writer)
    assert writer.text() == "Demir'in evi"
    assert writer.spans == [[0, 5, "PERSON"]]


def test_an_initial_that_looks_like_a_title_is_not_written(languages):
    assert abbreviated(Writer(languages["fr"], random.Random(0)), Person("Marie", "Petit", "f", "fr")) == "Marie"
    assert abbreviated(Writer(languages["de"], random.Random(0)), Person("Marie", "Petit", "f", "fr")) == "M."


@pytest.mark.parametrize(
    ("surname", "expected"),
    [("Ó Murchú", "Ní Mhurchú"), ("Mac Gabhann", "Nic Gabhann"), ("Ó Flaithearta", "Ní Fhlaithearta")],
)
def test_irish_women(languages, surname, expected):
    assert feminine(languages["ga"], surname) == expected


def test_marks_slots_and_choices(languages):
    writer = Writer(languages["en"], random.Random(0))
    Template(r"<a|a> [LOCATION:Bath {#:#}] \[x\] [y]", BUILT_IN, "PERSON").write(writer)
    assert re.fullmatch(r"a Bath \d \[x\] y", writer.text())
    assert writer.spans == [[2, 8, "LOCATION"], [13, 14, "PERSON"]]


def test_a_text_speaks_of_the_same_person_twice(languages):
    writer = Writer(languages["de"], random.Random(0))
    Template("{m3:s}|{m3:s}|{m4:s}", BUILT_IN).write(writer)
    first, second, other = writer.text().split("|")
    assert first == second != other


def test_a_stop_behind_an_abbreviation_is_one_stop(languages):
    writer = Writer(languages["sl"], random.Random(0))
    Template("[ORGANIZATION:Kos d.o.o.]. Da.", BUILT_IN).write(writer)
    assert writer.text() == "Kos d.o.o. Da."
    assert writer.spans == [[0, 10, "ORGANIZATION"]]


@pytest.mark.parametrize("text", ["{p", "a]", "[no label]", "<a|b"])
def test_a_template_that_does_not_parse_is_refused(text):
    with pytest.raises(TemplateError):
        Template(text, BUILT_IN)


def test_a_file_that_names_a_list_which_is_not_there_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("tools.train_ner.synth.language.FOLDER", tmp_path)
    (tmp_path / "common.txt").write_text("[show]\nX\n", encoding="utf-8")
    (tmp_path / "xx.txt").write_text("[[mail]]\n{nosuch} said so\n", encoding="utf-8")
    with pytest.raises(TemplateError, match="nosuch"):
        Language("xx", Language("common"))
