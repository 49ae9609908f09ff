"""What the word before a number says of it: the labels of people's numbers in the languages of Europe.

A label is known by how its words begin, in plain Latin letters whatever the script (`fold`), so that one beginning
covers a family of languages and inflections. It speaks for the first number after it.
"""

import re
from enum import Enum

from pratique.detect.residue.characters import fold


class Label(Enum):
    """What a number with this label is: the entity type that is told where nothing more is known."""

    NUMBER = "PERSONAL_NUMBER"
    DOCUMENT = "IDENTITY_DOCUMENT_NUMBER"
    PHONE = "PHONE_NUMBER"
    BIRTH = "DATE_OF_BIRTH"
    SECRET = "PASSWORD"  # noqa: S105 (the name of a type)
    OTHER = ""
    """A number of something else: an invoice, a case, a price."""


_STEMS: dict[Label, str] = {
    Label.NUMBER: (
        "personal_n personal_id personnum personnr persnum personenkenn personalnum persoonsnum fodselsn "
        "personal_code sozialvers sozvers rentenvers versichertenn versicherungsn krankenvers krankenkassenn "
        "steuernum steueriden steuer_id steuernr burgerservicen sofinum rijksregister socialeverz sociale_zek "
        "henkilotunn isikukood kennitol kennital matricul national_reg national_id national_n numero_national "
        "identifiant_nat rodne_c rodneho_c rodnym_c adoazonos ado_azonos taj_szam szemelyi_az szemelyi_sz "
        "contribuent contribuinte codice_fisc cod_fisc code_fisc cod_numeric numero_fiscal num_fiscal "
        "numero_de_ident tax_id tax_num tax_n taxpayer asmens_kod personas_kod jedinstvenog_m jedinstveni_m "
        "edinen_mat edinniya_gr edinen_gr edinniy edinen_grazhd poreznib porezni_br osobni_ident davcna_st "
        "davcne_st numer_ident numer_pesel identifik_nomer identifikatsi emso jmbg pesel bsn svnr svn niss insz "
        "ssn nino ppsn pps hetu amka egn lnch lnc oib cpr cnp taj ahv avs nhs rnokpp nip regon ipn tckn tc_kimlik "
        "kimlik_n vergi_kim vergi_n sosyal_guv sigorta_n social_sec securite_soc secu_soc seguridad_soc "
        "seguro_soc seguranca_soc sygesikr national_ins nif nie dni nir utr ehic idnr id_nr id_num vat_n afm "
        "numero_ss health_ins health_card patient_n matricola skattenum socialas_ap sodros soc_draud "
        "socialinio_dr medicare ppk jmb rc pk ak kt fnr pnr adt st_nr steuer_nr abgabenkont zmr nn prosopikos_ar "
        "d_num dnum utente zdravstvena_kn osigurane_os matichen maticni_br jedinstven zavarovane_os pojistenc "
        "poistenc versichertenk verzekerd mbo lbo sgk_n ssk_s mrn member_id subscriber_id forologik mitroou "
        "samordn p_nr patient_id patienten_n kontonum konto_n kontonr account_n bank_account rekeningn rachunku_b "
        "cislo_uct bankszamla numero_de_cuenta numero_cuenta compte_banc unzr tfn aadhaar ni_num dih kvnr azr "
        "sicil_no fin_nr"
    ),
    Label.DOCUMENT: (
        "ausweis personalausw reisepas fuhrersch passport pass passeport passnum passnr pasaport pasaporte "
        "passaport paspoort paszport pasport pasos putovnic cestovni_p cestovny_p utlevel utazasi_ok potni_l "
        "potovn identitetsk identiteitsk identity_c identity_doc id_card carta_d_ident carta_di_ident "
        "carte_d_ident carte_nat documento_de_ident documento_nac legitimation dowod dowodu dowodem obcansk "
        "obciansk osobna_isk osobne_isk osobnu_isk osebna_iz osebne_iz osebno_iz lichna_ka lichnata_ka lichna_ca "
        "buletin carte_de_ident cartao_de_cid cartao_do_cid bilhete_de_ident rijbewij korkort korekort forerkort "
        "ajokort okuskirt vairuotojo_p juhiluba juhiloa jogositv vezetoi_eng vodacsk vodicsk ridicsk ridicak "
        "vozack vozniska_d voznisko_d driving_lic drivers_lic driver_lic permis_de_con permisul_de_con "
        "permiso_de_con permis_de_sej permesso_di_s patente_di_g patente_di_ patente_n carta_de_cond kimlik_kart "
        "nufus_cuz surucu_bel henkilokort passi passin pase pases asmens_tap asmens_tapat personas_apl "
        "isikutunnist id_kaart diavatir tavtotit tautotit taytotit deltio adeia_odig svidetelstvo_za_upr "
        "posvidchenn vegabref residence_perm aufenthaltst verblijfs kart_pobytu karta_pob karte_pob opholds "
        "oppehold uppehallst oleskelul lichtbildausw niederlassungs titre_de_sej carte_de_res permiso_de_res "
        "titulo_de_res autorizacao_de_res permis_de_sed dozvola_bor boravisn dovoljenje_za_pre dovoljenje_za_zac "
        "povoleni_k_pob povolenie_na_pob povoleni_k razreshenie_za_pre karta_za_pre adeia_diam elamislu "
        "leidimas_g leidimas_l uzturesan tartozkodas dvalarley id_kort idkort id_kaar id_kart legitimat ci cni op "
        "szig szemelyazon lk licna_k licnu_k licnom_k licne_k eid_kart pas_nr pas_num pasnum pasas paso pasu "
        "prawo_jaz prawa_jaz nafnskirt skilrik fahrerlaub carne_de_cond diploma_odig identitatsk identitetsb "
        "karta_tal_id licenzja_tas shofiors sumps vadit vaditaja_apl licence_no licence_num license_n ehliyet "
        "seria documento_d_ident brp irp gnib passi_n buletin_de"
    ),
    Label.PHONE: (
        "tel telef telep phone mobil mobiel mob handy fax gsm cell kom komork komor puhel puh matkapuh simi tilef "
        "tilefo stacionar rufn durchwahl nummer_tel fon tlf talrun mobiln telefax call llam kin kinit cellul til "
        "ring anruf movil movel celular tfno tf viber whatsapp"
    ),
    Label.BIRTH: (
        "born geb gebor dob birth date_of_b nee ne naissan nato nata nacid nacim f_nac nascid nascim nasc nascit "
        "urodz ur narozen nar narodil narod nascut fodt fodd fodels syntyn synt sundin gim gimus gimim dzim szul "
        "szulet rojen rojstv roden rodjen rozhd narodzh gennith gennis dogum faedd faeding imtwiel twield rugadh "
        "data_nas data_naro data_ur data_de_na data_di_na date_de_na gimes gimin dzimus dzimsi gen"
    ),
    Label.SECRET: (
        "password passwort passwd pwd passphrase passcode mot_de_pas contrasen wachtwoord losenord kodeord "
        "salasana haslo heslo jelszo parola lozink geslo slaptazod parole parool kodikos sifre pin api_key apikey "
        "secret access_key token client_secret mdp kennwort senha palavra_pas lykilord passord adgangskod"
    ),
    Label.OTHER: (
        "invoice order ticket case faktur rechnung bestell auftrag facture commande bestelling factuur pedido "
        "factura fattura ordine zamowien objednav comand rendeles szamla tilaus lasku bestallning ordre arve "
        "tellimus rekin pasutij uzsakym saskait narudzb racun poracka timolog paragge siparis amount total sum "
        "betrag price preis version build page seite chapter item article artikel sku model batch lot serial isbn"
    ),
}

_LABELS = {stem: label for label, stems in _STEMS.items() for stem in stems.split()}
_WHOLE = 4
"""Letters up to which a label must be the whole word: what is shorter begins too many words."""
_LONGEST = max(map(len, _LABELS))
_SIZES = sorted({len(stem) for stem in _LABELS})

_WORD = re.compile(r"(?<![^\W_])[^\W\d_]+(?:[\u0300-\u036f]+[^\W\d_]*)*")
_REACH = 90
"""Characters before a number in which its label stands."""
_FEW = 10
"""Words before a number among which its label is."""
_TINY, _NEAR = 2, 2
"""A label of so few letters is one only so near: further off it is of a sentence."""


def _of(words: str) -> Label | None:
    """The label with which these words, joined by ``_``, begin."""
    first, _, _ = words.partition("_")
    if len(first) <= _WHOLE and (label := _LABELS.get(first)) is not None:
        return label
    for size in _SIZES:
        if size > len(words):
            break
        if (label := _LABELS.get(words[:size])) is not None and (size > _WHOLE or "_" in words[:size]):
            return label
    return None


def before(text: str, at: int, *, years: bool = False) -> Label | None:
    """The label that speaks for what begins at ``at``: the nearest one before it, with no other number between.

    With ``years``, a year is such a number too.
    """
    window = text[max(0, at - _REACH) : at]
    window = window[window.rfind("\n\n") + 1 :]
    words = _spelt([fold(m[0]) for m in _WORD.finditer(window, _last_number(window, years=years))])
    for first in range(len(words) - 1, max(-1, len(words) - 1 - _FEW), -1):
        label = _of("_".join(words[first : first + 4]))
        if label is not None and (len(words[first]) > _TINY or len(words) - first <= _NEAR):
            return label
    return None


def _spelt(words: list[str]) -> list[str]:
    """Single letters that follow one another are the letters of one abbreviation: ``A. F. M.``."""
    joined: list[str] = []
    single = False
    for word in words:
        if len(word) == 1 and single:
            joined[-1] += word
        else:
            joined.append(word)
        single = len(word) == 1
    return joined


_NUMBER = re.compile(r"(?<![0-9])(?!(?:19|20)[0-9]{2}(?![0-9]))[0-9]{3,}")
_ANY_NUMBER = re.compile("[0-9]{3,}")


def _last_number(window: str, *, years: bool) -> int:
    """Where the last number of three digits or more, a year apart, ends: beyond it no label speaks."""
    return max((m.end() for m in (_ANY_NUMBER if years else _NUMBER).finditer(window)), default=0)


SPELT = r"(?:^|[^a-z0-9])[a-z][^a-z0-9]{1,2}[a-z](?:$|[^a-z])"
"""An RE2 pattern, case-insensitive: the beginning of an abbreviation whose letters are written apart."""


_ENOUGH = 6
"""Letters of a label's first word by which a text is looked at: more would not fit the memory of one automaton."""


def _sign(stem: str) -> str:
    first, _, rest = stem.partition("_")
    if len(first) > _WHOLE:
        return first[:_ENOUGH]
    return f"{first}[^a-z]{{1,3}}{rest[0]}" if rest else f"{first}(?:$|[^a-z])"


def _signs() -> str:
    signs = {_sign(stem) for stem, label in _LABELS.items() if label is not Label.OTHER}
    # What begins with another one that is looked for is found by that.
    signs -= {sign for sign in signs for other in signs if sign != other and sign.startswith(other)}
    return f"(?:^|[^a-z0-9])(?:{'|'.join(sorted(signs))})"


SIGNS = _signs()
"""An RE2 pattern, case-insensitive: every text of ASCII alone in which a label stands that is not of something else."""
