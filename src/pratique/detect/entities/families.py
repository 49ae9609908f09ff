"""Which family a type is in. One table, since whoever writes a policy asks it as a whole: what is a tax number?

Most names say it (``BG_PASSPORT``); those that do not, national abbreviations above all, are listed. A test holds that
every type of the scanner is in one family, and that none is listed that does not exist.
"""

from typing import Final

_OF_COUNTRIES: Final = {
    "PASSPORT": "passport",
    "DRIVER_LICENSE": "driving-licence",
    "IDENTITY_CARD": "identity-card",
    "RESIDENCE_PERMIT": "identity-card",
    "BANK_ACCOUNT": "bank-account",
    "VAT_CODE": "vat-id",
    "TAX_ID": "tax-id",
    "SOCIAL_SECURITY": "social-security",
    "SOCIAL_INSURANCE": "social-security",
    "HEALTH_INSURANCE": "health",
    "HEALTH_PROVIDER": "profession",
    "COMPANY_NUMBER": "organisation",
    "LICENSE_PLATE": "vehicle",
    "VEHICLE_REGISTRATION": "vehicle",
    "POSTCODE": "address",
    "STUDENT_NUMBER": "profession",
}
"""What follows the country in a name, and the family."""

_LISTED: Final = {
    "name": "PERSON",
    "contact": "EMAIL_ADDRESS PHONE_NUMBER CZ_DATA_BOX IT_RECIPIENT_CODE ZA_MOBILE_NUMBER ZA_TELEPHONE_NUMBER",
    "address": "ADDRESS CA_POSTAL_CODE DE_PLZ ES_CADASTRAL_REFERENCE ES_CUPS PL_LAND_REGISTER",
    "place": "LOCATION COORDINATES",
    "date": "DATE_TIME DATE_OF_BIRTH",
    "trait": "AGE NRP",
    "national-id": """
        PERSONAL_NUMBER BE_NATIONAL_NUMBER BG_EGN BG_LNC CZ_BIRTH_NUMBER DK_CPR EE_ISIKUKOOD ES_NIE ES_NIF
        FI_PERSONAL_IDENTITY_CODE GR_PERSONAL_NUMBER HR_MBG HR_OIB HU_PERSONAL_NUMBER IE_PPS IN_AADHAAR IS_KENNITALA
        IT_FISCAL_CODE KR_FRN KR_RRN LI_PEID LT_ASMENS_KODAS LU_MATRICULE LV_PERSONAS_KODS NG_NIN NL_BSN
        NO_FODSELSNUMMER PH_UMID PL_PESEL RO_CNP RS_JMBG SE_PERSONNUMMER SG_NRIC_FIN SI_EMSO SK_BIRTH_NUMBER TH_TNIN
        TR_FOREIGNER_ID TR_NATIONAL_ID UA_UNZR ZA_ID_NUMBER
    """,
    "identity-card": "IDENTITY_DOCUMENT_NUMBER CY_ARC DE_AZR_NUMBER DE_ID_CARD IN_VOTER",
    "driving-licence": "DE_FUEHRERSCHEIN UK_DRIVING_LICENCE",
    "tax-id": """
        AU_TFN DE_TAX_NUMBER GR_AFM HU_ADOSZAM IN_PAN PH_TIN PL_NIP PT_NIF RS_PIB TR_VKN UA_RNOKPP UK_UTR US_ITIN
        ZA_INCOME_TAX_NUMBER
    """,
    "vat-id": "DE_VAT_ID IN_GSTIN ZA_VAT_NUMBER",
    "social-security": "AT_SVNR CA_SIN CH_AHV FR_NIR GR_AMKA HU_TAJ PT_NISS UK_NINO US_SSN",
    "health": """
        EHIC_NUMBER MEDICAL_RECORD_NUMBER AU_MEDICARE IT_HEALTH_CARD UK_CHI UK_NHS US_CLAIM_NUMBER
        US_HEALTH_INSURANCE_MEMBER_ID US_MBI US_PRESCRIPTION_NUMBER US_PRIOR_AUTHORIZATION_NUMBER US_REFERRAL_NUMBER
    """,
    "profession": """
        PROFESSIONAL_LICENSE MEDICAL_LICENSE DE_BSNR DE_LANR GR_BAR_NUMBER HU_SELF_EMPLOYED PL_PWZ US_NPI
        US_PROVIDER_TAX_ID
    """,
    "bank-account": """
        IBAN_CODE BANK_ACCOUNT_NUMBER BIC ABA_ROUTING_NUMBER BE_PAYMENT_REFERENCE NL_GIRO_ACCOUNT US_BANK_NUMBER
    """,
    "payment": "CREDIT_CARD CRYPTO",
    "organisation": """
        ORGANIZATION EORI LEI AU_ABN AU_ACN BG_EIK CH_UID DE_BUSINESS_ID DE_HANDELSREGISTER ES_CIF FI_BUSINESS_ID
        FR_SIREN FR_SIRET KR_BRN PL_KRS PL_REGON RO_CUI SE_ORGANISATIONSNUMMER SG_UEN UA_EDRPOU ZA_COMPANY_REGISTRATION
    """,
    "vehicle": "VIN DE_KFZ ZA_TRAFFIC_REGISTER_NUMBER",
    "device": "ICCID IMEI IMSI MAC_ADDRESS",
    "online": "ADVERTISING_ID COOKIE_ID DOMAIN_NAME IP_ADDRESS URL USERNAME UUID",
    "reference": "ID_CODE NL_FINE_NUMBER",
    "credential": """
        PASSWORD API_KEY AWS_ACCESS_KEY AWS_SECRET_KEY AZURE_KEY CONNECTION_STRING GITHUB_TOKEN GITLAB_TOKEN
        GOOGLE_API_KEY JWT MODEL_API_KEY NPM_TOKEN PRIVATE_KEY PYPI_TOKEN SLACK_TOKEN STRIPE_KEY TWILIO_KEY
    """,
}
_COUNTRY: Final = 2
LISTED: Final = {name: family for family, names in _LISTED.items() for name in names.split()}
"""The types whose names do not say their family, and what only models of language find."""


ONLY_MODELS: Final = ("ID_CODE", "LOCATION", "NRP", "ORGANIZATION", "USERNAME")
"""What models of language find and no pattern does."""


def family_of(entity: str) -> str:
    """The family of an entity type, one of `pratique.model.families.FAMILIES`; empty where it is in none.

    Types of users' recognisers and models are in none, but where they have a name of ours.
    """
    country, _, rest = entity.partition("_")
    return LISTED.get(entity) or (_OF_COUNTRIES.get(rest, "") if len(country) == _COUNTRY else "")
