"""An identifier is found whatever the language around it: thirty languages, with labels and without."""

# ruff: noqa: RUF001 - letters of all of Europe

import pytest

from pratique.detect import Detector

DETECTOR = Detector(model=None)
SENTENCES = {
    "bg": "Моля, пишете на {} преди края на седмицата.",
    "cs": "Prosíme, napište na {} do konce týdne.",
    "da": "Skriv venligst til {} inden ugens udgang.",
    "de": "Bitte schreiben Sie bis Ende der Woche an {} zurück.",
    "el": "Παρακαλούμε γράψτε στο {} μέχρι το τέλος της εβδομάδας.",
    "en": "Please write to {} before the end of the week.",
    "es": "Por favor, escriba a {} antes del fin de semana.",
    "et": "Palun kirjutage {} enne nädala lõppu.",
    "fi": "Kirjoittakaa {} ennen viikon loppua.",
    "fr": "Merci d'écrire à {} avant la fin de la semaine.",
    "ga": "Scríobh chuig {} roimh dheireadh na seachtaine, le do thoil.",
    "hr": "Molimo pišite na {} prije kraja tjedna.",
    "hu": "Kérjük, írjon a {} címre a hét vége előtt.",
    "is": "Vinsamlegast skrifið til {} fyrir lok vikunnar.",
    "it": "Si prega di scrivere a {} entro la fine della settimana.",
    "lb": "Schreift w.e.g. un {} virum Enn vun der Woch.",
    "lt": "Prašome rašyti {} iki savaitės pabaigos.",
    "lv": "Lūdzu, rakstiet uz {} līdz nedēļas beigām.",
    "mk": "Ве молиме пишете на {} пред крајот на неделата.",
    "mt": "Jekk jogħġbok ikteb lil {} qabel tmiem il-ġimgħa.",
    "nl": "Schrijf alstublieft naar {} voor het einde van de week.",
    "no": "Vennligst skriv til {} før ukens slutt.",
    "pl": "Prosimy pisać na {} przed końcem tygodnia.",
    "pt": "Por favor, escreva para {} antes do fim da semana.",
    "ro": "Vă rugăm să scrieți la {} până la sfârșitul săptămânii.",
    "sk": "Prosíme, napíšte na {} do konca týždňa.",
    "sl": "Prosimo, pišite na {} pred koncem tedna.",
    "sq": "Ju lutemi shkruani te {} para fundit të javës.",
    "sr": "Молимо пишите на {} пре краја недеље.",
    "sv": "Skriv till {} före veckans slut.",
    "tr": "Lütfen hafta sonundan önce {} adresine yazın.",
    "uk": "Будь ласка, пишіть на {} до кінця тижня.",
}
EVIDENT = {
    "anna.kern@example.org": "EMAIL_ADDRESS",
    "DE89 3704 0044 0532 0130 00": "IBAN_CODE",
    "BG80 BNBG 9661 1020 3456 78": "IBAN_CODE",
    "4111 1111 1111 1111": "CREDIT_CARD",
    "+49 171 5550123": "PHONE_NUMBER",
    "RCCMNL83S18D969H": "IT_FISCAL_CODE",
    "756.9217.0769.85": "CH_AHV",
    "2001:db8::8a2e:370:7334": "IP_ADDRESS",
    "1BoatSLRHtKNngkdXEeobR76b53LETtpyT": "CRYPTO",
}
LABELLED = {
    "bg": ("Лицето с ЕГН {} подписа договора.", "8001011370"),
    "cs": ("Pan s rodným číslem {} podepsal smlouvu.", "710319/2745"),
    "da": ("Personen med CPR-nummer {} underskrev aftalen.", "150437-3068"),
    "de": ("Die Person mit der Steuer-ID {} unterschrieb den Vertrag.", "86095742719"),
    "el": ("Το πρόσωπο με ΑΜΚΑ {} υπέγραψε τη σύμβαση.", "01013099997"),
    "en": ("The person with NHS number {} signed the contract.", "943 476 5919"),
    "es": ("La persona con DNI {} firmó el contrato.", "54362315K"),
    "et": ("Isik isikukoodiga {} allkirjastas lepingu.", "37605030299"),
    "fi": ("Henkilö, jonka henkilötunnus on {}, allekirjoitti sopimuksen.", "131052-308T"),
    "fr": ("La personne au numéro de sécurité sociale {} a signé le contrat.", "2 95 10 99 126 111 93"),
    "ga": ("Shínigh an duine le PPSN {} an conradh.", "6433435F"),
    "hr": ("Osoba s OIB-om {} potpisala je ugovor.", "33392005961"),
    "hu": ("A {} TAJ-számú személy aláírta a szerződést.", "111 111 110"),
    "is": ("Einstaklingur með kennitölu {} undirritaði samninginn.", "120174-3399"),
    "it": ("La persona con codice fiscale {} ha firmato il contratto.", "RCCMNL83S18D969H"),
    "lt": ("Asmuo, kurio asmens kodas {}, pasirašė sutartį.", "33309240064"),
    "lv": ("Persona ar personas kodu {} parakstīja līgumu.", "161175-19997"),
    "mt": ("Il-persuna bil-karta tal-identità {} iffirmat il-kuntratt.", "0123456M"),
    "nl": ("De persoon met BSN {} tekende het contract.", "111222333"),
    "no": ("Personen med fødselsnummer {} signerte avtalen.", "15108695088"),
    "pl": ("Osoba o numerze PESEL {} podpisała umowę.", "44051401359"),
    "pt": ("A pessoa com o NIF {} assinou o contrato.", "501964843"),
    "ro": ("Persoana cu CNP {} a semnat contractul.", "1630615123457"),
    "sk": ("Osoba s rodným číslom {} podpísala zmluvu.", "710319/2745"),
    "sl": ("Oseba z EMŠO {} je podpisala pogodbo.", "0101006500006"),
    "sr": ("Лице са ЈМБГ {} потписало је уговор.", "0101006500006"),
    "sv": ("Personen med personnummer {} undertecknade avtalet.", "811228-9874"),
    "tr": ("T.C. kimlik numarası {} olan kişi sözleşmeyi imzaladı.", "10000000146"),
    "uk": ("Особа з РНОКПП {} підписала договір.", "2646453607"),
}


@pytest.mark.parametrize("language", sorted(SENTENCES))
def test_what_is_evident_is_found_in_the_sentences_of_any_language(language: str) -> None:
    for value, entity in EVIDENT.items():
        text = SENTENCES[language].format(value)
        at = text.index(value)
        covering = [
            f.entity for f in DETECTOR.find(text) if f.start <= at and at + len(value) <= f.end and f.score >= 0.5
        ]
        assert covering == [entity], text


@pytest.mark.parametrize("home", sorted(LABELLED))
def test_a_labelled_number_is_found_in_its_own_language_and_among_others(home: str) -> None:
    sentence, value = LABELLED[home]
    labelled = sentence.format(value)
    for language in (home, "en", "fr", "el", "uk"):
        text = f"{SENTENCES.get(language, SENTENCES['en']).format('X')} {labelled}"
        at = text.index(value)
        covered = {place for f in DETECTOR.find(text) if f.score >= 0.5 for place in range(f.start, f.end)}
        assert covered >= set(range(at, at + len(value))), text
