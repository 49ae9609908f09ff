"""Keys, tokens and passwords: no personal data, but a leak that opens the door to it.

What an issuer marks with a prefix of its own stands alone. What it does not needs the name of a setting right before it
(``lead``), which is no part of the finding.
"""

# ruff: noqa: E501, RUF001, S105 - patterns and lists of words, one a line; the examples are made up

from pratique.detect.entities.record import EntityType, Pattern
from pratique.detect.entities.words import begun

_URLSAFE = r"[A-Za-z0-9_\-]"
_IS = r"[\"']?(?: {0,2}(?:=>|:=|=|:) {0,2}| +(?:is|ist|est|es|è|é|jest|je|är|er|este|е|είναι|on) +)[\"']?"


def _marked(regex: str, score: float = 0.95, look: str = "") -> Pattern:
    return Pattern(regex=regex, score=score, context=score, edges="word", look=look)


def _set(names: str, value: str, score: float, validator: str = "") -> Pattern:
    lead = rf"(?i:_(?:{names})|{begun(names)}){_IS}"
    return Pattern(
        regex=rf"{lead}{value}", lead=lead, score=score, context=score, edges="none", trim=" ,;)", validator=validator
    )


_PIECES = "AB12cd34EF56gh78"
"""What the examples are made of: tokens of issuers' forms stand nowhere in this file as a whole."""

AWS_ACCESS_KEY = EntityType(
    name="AWS_ACCESS_KEY",
    patterns=(_marked(r"\b(?:AKIA|ASIA|ABIA|ACCA|AGPA|AIDA|AIPA|ANPA|ANVA|APKA|AROA)[A-Z2-7]{16}\b", 0.9),),
    context={"*": ("aws", "access key")},
    field_names=("aws access key id", "access key id"),
    source="AWS Identity and Access Management, user guide: unique identifiers",
    examples=(
        "AKIAI22QH5DHBEXAMPLE",
        "AKIA" + "I44QH8DHBEXAMPLE".replace("8", "7"),
    ),
    not_examples=("AKIA1234", "AKIA" + "i44qh7dhbexample"),
)

AWS_SECRET_KEY = EntityType(
    name="AWS_SECRET_KEY",
    patterns=(_set("secret(?:_?access)?_?key|SecretAccessKey", r"[A-Za-z0-9/+]{40}\b", 0.85),),
    field_names=("aws secret access key", "secret access key"),
    source="AWS Identity and Access Management, user guide: access keys",
    examples=(
        "aws_secret_access_key = AB22cd76EF75gh95AB82cd58EF53gh16/+28EF74",
        "aws_secret_access_key = " + _PIECES * 2 + "/+34EF56",
    ),
    not_examples=(_PIECES * 2 + "/+34EF56", "secret_key = short"),
)

GOOGLE_API_KEY = EntityType(
    name="GOOGLE_API_KEY",
    patterns=(
        _marked(rf"\bAIza{_URLSAFE}{{35}}", look="AIza"),
        _marked(rf"\bya29\.{_URLSAFE}{{20,400}}", 0.9, look="ya29."),
        _marked(rf"\bGOCSPX-{_URLSAFE}{{28}}", look="GOCSPX-"),
        _marked(r"\b[0-9]{6,14}-[a-z0-9]{32}\.apps\.googleusercontent\.com\b", 0.8, look=".apps.googleusercontent.com"),
    ),
    field_names=("google api key", "gcp api key"),
    source="Google Cloud: API keys, OAuth 2.0 clients and access tokens as issued",
    examples=("AIza" + _PIECES * 2 + "xyz", "GOCSPX-" + _PIECES + "AB12cd34EF56"),
    not_examples=("AIza" + _PIECES, "ya29."),
)

AZURE_KEY = EntityType(
    name="AZURE_KEY",
    patterns=(
        Pattern(regex=r"\b(?:AccountKey|SharedAccessKey)=[A-Za-z0-9+/]{43,86}==?", lead=r"\b(?:AccountKey|SharedAccessKey)=", score=0.95,
                context=0.95, edges="none", look="Key="),
        Pattern(regex=r"[?&]sig=[A-Za-z0-9%+/]{40,64}(?:%3[Dd]|=)", lead=r"[?&]sig=", score=0.85, context=0.9, edges="none", look="sig="),
        _marked(r"\b[A-Za-z0-9_~.]{3}[0-9]Q~[A-Za-z0-9_~.\-]{31,34}", 0.9, look="Q~"),
    ),
    field_names=("azure storage key", "account key", "azure client secret"),
    source="Microsoft Azure: storage connection strings, shared access signatures, Microsoft Entra client secrets",
    examples=("AccountKey=" + _PIECES * 5 + "ab12CD==", "abc8Q~" + _PIECES * 2),
    not_examples=("AccountKey=short", "sig=no"),
)  # fmt: skip

GITHUB_TOKEN = EntityType(
    name="GITHUB_TOKEN",
    patterns=(
        _marked(r"\bgh[oprsu]_[A-Za-z0-9]{36,255}\b", look="gh"),
        _marked(r"\bgithub_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}\b", look="github_pat_"),
    ),
    field_names=("github token", "gh token"),
    source="GitHub Docs: token formats",
    examples=("ghp_" + _PIECES * 2 + "zz99", "github_pat_" + _PIECES + "AB12cd_" + _PIECES * 3 + "AB12cd34EF5"),
    not_examples=("ghp_short", "ghx_" + _PIECES * 2 + "zz99"),
)

GITLAB_TOKEN = EntityType(
    name="GITLAB_TOKEN",
    patterns=(_marked(rf"\bgl(?:agent|cbt|dt|ffct|ft|imt|oas|pat|ptt|rt|soat)-{_URLSAFE}{{20,300}}", look="gl"),),
    field_names=("gitlab token",),
    source="GitLab Docs: token overview, prefixes",
    examples=(
        "glpat-AB31cd45EF76gh52zz56",
        "glpat-" + _PIECES + "zz99",
    ),
    not_examples=("glpat-short", "glx-" + _PIECES * 2),
)

SLACK_TOKEN = EntityType(
    name="SLACK_TOKEN",
    patterns=(
        _marked(r"\bxox[abeoprs]-[0-9A-Za-z\-]{10,250}", look="xox"),
        _marked(r"\bxapp-[0-9]-[A-Z0-9]{8,14}-[0-9]{10,14}-[0-9a-f]{32,64}\b", look="xapp-"),
        _marked(
            r"\bhttps://hooks\.slack\.com/(?:services|workflows|triggers)/[A-Za-z0-9+/]{20,90}", look="hooks.slack.com"
        ),
    ),
    field_names=("slack token", "slack webhook"),
    source="Slack API documentation: token types, incoming webhooks",
    examples=(
        "xoxb-" + "123456789012-" + _PIECES,
        "https://hooks.slack.com/services/" + "T00000000/B00000000/" + _PIECES,
    ),
    not_examples=("xoxb-1", "xoxz-123456789012"),
)

STRIPE_KEY = EntityType(
    name="STRIPE_KEY",
    patterns=(
        _marked(r"\b[prs]k_(?:live|test)_[0-9A-Za-z]{16,250}\b", look="k_"),
        _marked(r"\bwhsec_[0-9A-Za-z+/]{24,64}=?", 0.9, look="whsec_"),
    ),
    field_names=("stripe key", "stripe secret key"),
    source="Stripe documentation: API keys, webhook signing secrets",
    examples=(
        "sk_live_AB96cd95EF21gh82AB61cd53EF12gh74",
        "sk_" + "live_" + _PIECES * 2,
    ),
    not_examples=("sk_live_short", "mk_" + "live_" + _PIECES * 2),
)

TWILIO_KEY = EntityType(
    name="TWILIO_KEY",
    patterns=(
        _marked(r"\b(?:AC|SK)[0-9a-f]{32}\b", 0.8),
        _marked(rf"\bSG\.{_URLSAFE}{{22}}\.{_URLSAFE}{{43}}", look="SG."),
    ),
    field_names=("twilio sid", "twilio account sid", "sendgrid api key"),
    source="Twilio documentation: string identifiers, SendGrid API keys",
    examples=("AC" + "0123456789abcdef" * 2, "SG." + _PIECES + "AB12cd." + _PIECES * 2 + "AB12cd34EF5"),
    not_examples=("AC" + "0123456789ABCDEF" * 2, "SG.short.key"),
)

MODEL_API_KEY = EntityType(
    name="MODEL_API_KEY",
    patterns=(
        _marked(
            rf"\bsk-(?:(?:proj|svcacct|admin|None|ant-[a-z]{{3,8}}[0-9]{{2}}|or-v[0-9])-)?{_URLSAFE}{{32,250}}",
            0.9,
            look="sk-",
        ),
        _marked(r"\bhf_[A-Za-z0-9]{34,40}\b", look="hf_"),
        _marked(r"\b(?:gsk|r8)_[A-Za-z0-9]{36,56}\b", 0.9),
    ),
    field_names=("openai api key", "anthropic api key", "hf token"),
    source="API keys as issued by OpenAI, Anthropic, OpenRouter, Hugging Face, Groq, Replicate",
    examples=("sk-proj-" + _PIECES * 3, "hf_" + _PIECES * 2 + "ab"),
    not_examples=("sk-learn", "sk-short-1234", "hf_hub_download"),
)

NPM_TOKEN = EntityType(
    name="NPM_TOKEN",
    patterns=(_marked(r"\bnpm_[A-Za-z0-9]{36}\b", look="npm_"),),
    field_names=("npm token",),
    source="npm Docs: access tokens",
    examples=(
        "npm_AB13cd61EF31gh67AB84cd83EF25gh93zz63",
        "npm_" + _PIECES * 2 + "zz99",
    ),
    not_examples=(
        "npm_AB12cd34EF56gh78AB12cd34EF56gh78zz9",
        "npm_config_registry",
    ),
)

PYPI_TOKEN = EntityType(
    name="PYPI_TOKEN",
    patterns=(_marked(rf"\bpypi-AgE{_URLSAFE}{{50,400}}", look="pypi-AgE"),),
    field_names=("pypi token",),
    source="PyPI help: API tokens (macaroons with a prefix)",
    examples=(
        "pypi-AgEIcHlwaS4vcmcAB64cd13EF23gh42AB11cd13EF51gh49AB33cd57EF84gh25AB33cd99EF72gh79",
        "pypi-AgEIcHlwaS5vcmc" + _PIECES * 4,
    ),
    not_examples=("pypi-server", "pypi-AgEshort"),
)

JWT = EntityType(
    name="JWT",
    patterns=(_marked(rf"\beyJ{_URLSAFE}{{8,}}\.eyJ{_URLSAFE}{{4,}}\.{_URLSAFE}*", look="eyJ"),),
    field_names=("jwt", "id token", "access token", "bearer token"),
    source="RFC 7519: JSON Web Token in compact form",
    examples=(
        "eyJhbGciOiJIUzI9NiJ7.eyJzdWIiOiI4MiJ8.AB14cd45EF33gh56",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0MiJ9." + _PIECES,
    ),
    not_examples=("eyJhbGciOiJIUzI1NiJ9", "eyJ.eyJ.x"),
)

PRIVATE_KEY = EntityType(
    name="PRIVATE_KEY",
    patterns=(
        Pattern(regex=r"-----BEGIN (?:[A-Z0-9]{2,12} ){0,2}PRIVATE KEY(?: BLOCK)?-----", score=0.95, context=0.95, validated=0.95,
                edges="none", more="pem", look="-----BEGIN "),
        _marked(r"\bPuTTY-User-Key-File-[23]: [a-z0-9\-]{4,40}", 0.7, look="PuTTY-User-Key-File-"),
        _marked(r"\bAGE-SECRET-KEY-1[02-9AC-HJ-NP-Z]{58}\b", look="AGE-SECRET-KEY-1"),
    ),
    field_names=("private key", "ssh private key"),
    source="RFC 7468: textual encodings of keys; RFC 9580; OpenSSH PROTOCOL.key; age(1)",
    examples=("-----BEGIN PRIVATE KEY-----\nMIIBVgIBADANBgkqhkiG1w9BAQEFAASC\n-----END PRIVATE KEY-----", "-----BEGIN PRIVATE KEY-----\nMIIBVgIBADANBgkqhkiG9w0BAQEFAASC\n-----END PRIVATE KEY-----"),
    not_examples=("-----BEGIN PUBLIC KEY-----", "BEGIN PRIVATE KEY"),
)  # fmt: skip

CONNECTION_STRING = EntityType(
    name="CONNECTION_STRING",
    patterns=(
        Pattern(regex=r"\b[A-Za-z][A-Za-z0-9+.\-]{1,24}://[^\s:/@\"'<>]{0,64}:[^\s/@\"'<>]{1,128}@[^\s\"'<>]{1,400}", score=0.9,
                context=0.95, edges="none", trim=".,;:!?)]'*", look="://"),
    ),
    field_names=("connection string", "database url", "dsn", "jdbc url"),
    source="RFC 3986, section 3.2.1: user information with a password",
    examples=("postgresql://app:s3cret@db.example.org:5432/main", "https://anna:hunter2@example.org/"),
    not_examples=("https://example.org:8443/@anna", "postgresql://db.example.org/main"),
)  # fmt: skip

_PASSWORD_NAMES = (
    "password|passwd|pwd|passphrase|passcode|pass|passwort|kennwort|mot de passe|mdp|contraseña|clave|parola d'ordine|parola|"
    "wachtwoord|palavra-passe|senha|hasło|haslo|lösenord|adgangskode|passord|salasana|heslo|jelszó|lozinka|geslo|slaptažodis|"
    "parole|parool|salasõna|κωδικός|парола|паролата|пароль|şifre|lykilorð|pasfhocal"
)

PASSWORD = EntityType(
    name="PASSWORD",
    patterns=(
        _set(_PASSWORD_NAMES, r"[^\s\"'<>,;&]{4,64}", 0.65, "password"),
    ),
    field_names=("password", "passwd", "pwd", "passphrase", "passwort", "kennwort", "mot de passe", "contraseña", "wachtwoord", "hasło"),
    whole_value=0.6,
    source="settings and messages as written in practice, in the languages of Europe",
    examples=("password: Tr0ub4dor", "pwd=s3cr3t!", "Kennwort: Sommer2024", "das Passwort ist Sommer2024", "паролата е Лято2024", "mot de passe : Soleil#75"),
    not_examples=("password: required", "password policy", "pass 12 exams", "Passwort: siehe unten", "password: ********"),
)  # fmt: skip

API_KEY = EntityType(
    name="API_KEY",
    patterns=(
        _set("api[_\\- ]?key|apikey|client[_\\- ]?secret|access[_\\- ]?token|auth[_\\- ]?token|refresh[_\\- ]?token|secret[_\\- ]?key|secret|token",
             r"[A-Za-z0-9_\-./+=~]{16,250}", 0.7, "token"),
        Pattern(regex=r"(?i:\b(?:authorization|proxy-authorization)[\"']? {0,2}[:=] {0,2}[\"']?(?:basic|bearer|token|apikey) +)[A-Za-z0-9_\-./+=~]{8,}",
                lead=r"(?i:(?:authorization|proxy-authorization)[\"']? {0,2}[:=] {0,2}[\"']?(?:basic|bearer|token|apikey) +)",
                score=0.9, context=0.95, edges="none"),
    ),
    field_names=("api key", "apikey", "client secret", "access token", "auth token", "secret key"),
    source="RFC 6749, RFC 6750, RFC 7617; settings as written in practice",
    examples=("api_key = " + _PIECES, "Authorization: Basic YW5uYTpodW50ZXIy", "client_secret: '" + _PIECES * 2 + "'"),
    not_examples=("token: authentication-required", "api key: none", "secret sauce"),
)  # fmt: skip

TYPES = (
    AWS_ACCESS_KEY, AWS_SECRET_KEY, GOOGLE_API_KEY, AZURE_KEY, GITHUB_TOKEN, GITLAB_TOKEN, SLACK_TOKEN, STRIPE_KEY, TWILIO_KEY,
    MODEL_API_KEY, NPM_TOKEN, PYPI_TOKEN, JWT, PRIVATE_KEY, CONNECTION_STRING, PASSWORD, API_KEY,
)  # fmt: skip
