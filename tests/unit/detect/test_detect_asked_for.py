"""Types that users of Presidio ask for by name: found at any score, with Presidio's meaning of a match.

The vectors are made up from the public specifications; what Presidio 2.2.366 finds in them was the same when they were
made.
"""

# ruff: noqa: E501 - lists of values
from functools import cache

import pytest

from pratique.detect import Detector


@cache
def asked_for(name: str) -> Detector:
    return Detector(entities=[name], model=None)


FOUND: dict[str, dict[str, list[str]]] = {
    "ABA_ROUTING_NUMBER": {"121000358": ["121000358"], "152310567": ["152310567"], "abc 225698679, def": ["225698679"], "7884-2538-9 617218229": ["7884-2538-9"]},
    "AU_ABN": {"51 824 753 556": ["51 824 753 556"], "51824753556": ["51824753556"], "51824753556 is it": ["51824753556"], "51 824 753 556-x": ["51 824 753 556"]},
    "AU_ACN": {"000000180": ["000000180"], "465 904 830": ["465 904 830"], "my number is 000 000 180": ["000 000 180"], "abc 615 293 215, def": ["615 293 215"]},
    "AU_MEDICARE": {"4757 96107 4": ["4757 96107 4"], "2123456701": ["2123456701"], "abc 2123456701, def": ["2123456701"], "2423 02682 8 2123456701": ["2123456701"]},
    "AU_TFN": {"631867644": ["631867644"], "183 020 895": ["183 020 895"], "id:930223961": ["930223961"], '"631867644"': ["631867644"]},
    "CA_POSTAL_CODE": {"l4z 9b5": ["l4z 9b5"], "S1E6T9": ["S1E6T9"], "my number is a8x 3j9": ["a8x 3j9"], "the values Y9S5T4 and U4R 1F9, then": ["Y9S5T4"]},
    "CA_SIN": {"130692544": ["130692544"], "629-702-697": ["629-702-697"], "see (965-693-393).": ["965-693-393"], "my number is 629-702-697": ["629-702-697"]},
    "CREDIT_CARD": {"122000000000003": ["122000000000003"], "3566 0020 2036 0505": ["3566 0020 2036 0505"], "see (30569309025904).": ["30569309025904"], "the values 6062826786276634 and 5019717010103742, then": ["6062826786276634", "5019717010103742"]},
    "CRYPTO": {"bc1p5cyxnuxmeuwuvkwfem96lqzszd02n6xdcjrs20cac6yqjjwudpxqkedrcr": ["bc1p5cyxnuxmeuwuvkwfem96lqzszd02n6xdcjrs20cac6yqjjwudpxqkedrcr"], "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq": ["bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq"], "1BoatSLRHtKNngkdXEeobR76b53LETtpyT 16Yeky6GMjeNkAiNcBY7ZhrLoMSgg1BoyZ": ["1BoatSLRHtKNngkdXEeobR76b53LETtpyT", "16Yeky6GMjeNkAiNcBY7ZhrLoMSgg1BoyZ"], "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy is it": ["3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy"]},
    "DATE_TIME": {"2012-05-21": ["2012-05-21"], "21.05.2012": ["21.05.2012"], '"2012-05-21T10:20Z"': ["2012-05-21T10:20Z"], "5/2012 21-MAY": ["5/2012", "21-MAY"]},
    "EMAIL_ADDRESS": {"jürgen@müller.de": ["jürgen@müller.de"], "xx_y@ex-ample.com": ["xx_y@ex-ample.com"], "a'b@example.com is it": ["a'b@example.com"], "!anna@example.org": ["anna@example.org"]},
    "IBAN_CODE": {"FR1420041010050500013M02606": ["FR1420041010050500013M02606"], "GB82 WEST 1234 5698 7654 32": ["GB82 WEST 1234 5698 7654 32"], "FR1420041010050500013M02606 NO93 8601 1117 947": ["FR1420041010050500013M02606", "NO93 8601 1117 947"], "the values AB12CDEF and SA0380000000608010167519, then": ["SA0380000000608010167519"]},
    "IN_AADHAAR": {"6400 6793 3258": ["6400 6793 3258"], "2169 8141 6984": ["2169 8141 6984"], "see (516412587001).": ["516412587001"], "the values 6400 6793 3258 and 5213 7993 8912, then": ["6400 6793 3258"]},
    "IN_GSTIN": {"07BNZPM2501F1Z5": ["07BNZPM2501F1Z5"], "20BNZPM2501F1Z5": ["20BNZPM2501F1Z5"], '"18AAACR5055K1Z7"': ["18AAACR5055K1Z7"], "see (07BNZPM2501F1ZA).": ["07BNZPM2501F1ZA"]},
    "IN_PAN": {"BNZPM2501F": ["BNZPM2501F"], "Q4178GNUKR": ["Q4178GNUKR"], "see (LCL9719JGP).": ["LCL9719JGP"], "AAACR5055K 7421997823": ["AAACR5055K"]},
    "IN_PASSPORT": {"L2474759": ["L2474759"], "V3931938": ["V3931938"], "my number is S71 43911": ["S71 43911"], "id:K6724375": ["K6724375"]},
    "IN_VEHICLE_REGISTRATION": {"33CD70": ["33CD70"], "UF2514": ["UF2514"], "see (FNQ7539).": ["FNQ7539"], "abc H4857, def": ["H4857"]},
    "IN_VOTER": {"MLU5658859": ["MLU5658859"], "hme7993732": ["hme7993732"], "MLU565885 ycj7273979": ["ycj7273979"], "amr7621503 is it": ["amr7621503"]},
    "IP_ADDRESS": {"::1": ["::1"], "64:ff9b::192.0.2.33": ["64:ff9b::192.0.2.33"], "id:127.0.0.1": ["127.0.0.1"], "the values fe80:: and 127.0.0.1, then": ["fe80::", "127.0.0.1"]},
    "KR_BRN": {"1779798406": ["1779798406"], "124-81-00998": ["124-81-00998"], "937-23-62781 1248100998": ["1248100998"], "the values 124-81-00998 and 4706808040, then": ["124-81-00998"]},
    "KR_DRIVER_LICENSE": {"167041066092": ["167041066092"], "16 43 284862 96": ["16 43 284862 96"], "id:24 72 512416 16": ["24 72 512416 16"], "177989789815 is it": ["177989789815"]},
    "KR_FRN": {"060121-8819572": ["060121-8819572"], "460121-5754493": ["460121-5754493"], "960121-5234567 2601216329436": ["960121-5234567", "2601216329436"], "my number is 8601216156609": ["8601216156609"]},
    "KR_PASSPORT": {"M58182122": ["M58182122"], "m730f6554": ["m730f6554"], "my number is m295e8666": ["m295e8666"], '"S133B2479"': ["S133B2479"]},
    "KR_RRN": {"960121-1234567": ["960121-1234567"], "260121-1092211": ["260121-1092211"], '"360121-4073355"': ["360121-4073355"], "the values 560121-9752330 and 160121-4941429, then": ["160121-4941429"]},
    "MAC_ADDRESS": {"00:1A:2B:3C:4D:5E": ["00:1A:2B:3C:4D:5E"], "001A.2B3C.4D5E": ["001A.2B3C.4D5E"], "001A.2B3C.4D5E is it": ["001A.2B3C.4D5E"], "aabb.ccdd.eeff-x": ["aabb.ccdd.eeff"]},
    "MEDICAL_LICENSE": {"EX2526614": ["EX2526614"], "DM5490646": ["DM5490646"], "the values BB1388568 and ET0120938, then": ["BB1388568"], "id:HA9339082": ["HA9339082"]},
    "NG_NIN": {"82497318254": ["82497318254"], "14856260388": ["14856260388"], "my number is 19511982286": ["19511982286"], "my number is 31372193249": ["31372193249"]},
    "NG_VEHICLE_REGISTRATION": {"KMI-733KV": ["KMI-733KV"], "PYP-254ZY": ["PYP-254ZY"], "PTB292XC is it": ["PTB292XC"], "DQS153EI is it": ["DQS153EI"]},
    "PHONE_NUMBER": {"(425) 882 9090 ext. 12": ["(425) 882 9090 ext. 12"], "+972 9 762 5400": ["+972 9 762 5400"], '"+44 20 7946 0958"': ["+44 20 7946 0958"], '"+1 415 555 0132"': ["+1 415 555 0132"]},
    "PH_PASSPORT": {"CJ8192603": ["CJ8192603"], "l9226369r": ["l9226369r"], "id:n9783250o": ["n9783250o"], "see (EE6459354).": ["EE6459354"]},
    "PH_TIN": {"757-262-582": ["757-262-582"], "123-456-782-000": ["123-456-782-000"], '"123456782"': ["123456782"], '"883221780"': ["883221780"]},
    "PH_UMID": {"2337-5913430-7": ["2337-5913430-7"], "103101647588": ["103101647588"], "my number is 406050846963": ["406050846963"], "6543 5401991 2 783276700379": ["783276700379"]},
    "SG_NRIC_FIN": {"S2460975N": ["S2460975N"], "M2891628G": ["M2891628G"], "the values X8218594F and F0147331Z, then": ["X8218594F", "F0147331Z"], "my number is V4637375M": ["V4637375M"]},
    "SG_UEN": {"T01FC6132D": ["T01FC6132D"], "53125226D": ["53125226D"], "see (T01FC6132D).": ["T01FC6132D"], "see (197401143C).": ["197401143C"]},
    "TH_TNIN": {"8566103197377": ["8566103197377"], "3384671271534": ["3384671271534"], "6173897951183 6091990240045": ["6173897951183"], "7434019926810 is it": ["7434019926810"]},
    "UK_DRIVING_LICENCE": {"SMITH710100A99AA": ["SMITH710100A99AA"], "MORGA753116SM9IJ": ["MORGA753116SM9IJ"], "SMITH7101019999AA FO999711215B99XX": ["FO999711215B99XX"], "FO999711215B99XX H9RTL802217JA9KX": ["FO999711215B99XX"]},
    "UK_NHS": {"439 524 9779": ["439 524 9779"], "943-476-5870": ["943-476-5870"], "my number is 857 871 7031": ["857 871 7031"], "see (439 524 9779).": ["439 524 9779"]},
    "UK_NINO": {"AB12 3456C": ["AB12 3456C"], "ab123456c": ["ab123456c"], "AB12 3456C-x": ["AB12 3456C"], '"AB123456C"': ["AB123456C"]},
    "UK_PASSPORT": {"cn3675533": ["cn3675533"], "UL6201823": ["UL6201823"], "hn9473136 943640076": ["hn9473136"], "see (cn3675533).": ["cn3675533"]},
    "UK_POSTCODE": {"CR2 6XH": ["CR2 6XH"], "EH1 1YZ": ["EH1 1YZ"], "abc M1 1AE, def": ["M1 1AE"], "my number is W1A 0AX": ["W1A 0AX"]},
    "UK_VEHICLE_REGISTRATION": {"B189 OHL": ["B189 OHL"], "E6 GTY": ["E6 GTY"], "dz50 eba AB79 KLM": ["AB79 KLM"], "my number is AB79 KLM": ["AB79 KLM"]},
    "URL": {"https://www.example.org/": ["https://www.example.org/"], "http://example.com": ["http://example.com"], "my number is http://example.com": ["http://example.com"], "abc //example.org, def": ["example.org"]},
    "US_BANK_NUMBER": {"98840363173086872": ["98840363173086872"], "17808501": ["17808501"], "the values 5419248483 and 58173603268840307, then": ["5419248483", "58173603268840307"], "the values 9705132 and 58173603268840307, then": ["58173603268840307"]},
    "US_CLAIM_NUMBER": {"CLM-8150537": ["CLM-8150537"], "CLM1553276": ["CLM1553276"], "see (CLM-4322170).": ["CLM-4322170"], "xCllim Number: CLM2862615": ["CLM2862615"]},
    "US_DRIVER_LICENSE": {"E2849": ["E2849"], "364165": ["364165"], "id:68840485CR": ["68840485CR"], "N820295804958752 WS045": ["WS045"]},
    "US_HEALTH_INSURANCE_MEMBER_ID": {"xPKHBYP08228": ["xPKHBYP08228"], "UTQ-690583639": ["UTQ-690583639"], "BNSOHL76178 is it": ["BNSOHL76178"], "J78833588258143-x": ["J78833588258143"]},
    "US_ITIN": {"98970-9067": ["98970-9067"], "939-70-5518": ["939-70-5518"], "818096080 98970-9067": ["98970-9067"], "my number is 988-708689": ["988-708689"]},
    "US_MBI": {"2TY8-R54-QU67": ["2TY8-R54-QU67"], "6DE0-QW1-FT29": ["6DE0-QW1-FT29"], "abc 5J67KX2KQ79, def": ["5J67KX2KQ79"], "id:2F40R09KH59": ["2F40R09KH59"]},
    "US_NPI": {"1245-319-599": ["1245-319-599"], "1269245944": ["1269245944"], "1214-704-730 2550867542": ["1214-704-730"], "see (2541194611).": ["2541194611"]},
    "US_PASSPORT": {"D72391096": ["D72391096"], "513674308": ["513674308"], "my number is g43338300": ["g43338300"], "D72391096-x": ["D72391096"]},
    "US_PRESCRIPTION_NUMBER": {"RX7456779": ["RX7456779"], "RX-19817539": ["RX-19817539"], "rx 0576538 is it": ["0576538"], "rx 7531987 is it": ["7531987"]},
    "US_PRIOR_AUTHORIZATION_NUMBER": {"PA0321122": ["PA0321122"], '"PA0321122"': ["PA0321122"], "pre-auth 1496486": ["1496486"]},
    "US_PROVIDER_TAX_ID": {"16-8490586": ["16-8490586"], "01-7853256": ["01-7853256"], "xbilling provider 27-9552632": ["27-9552632"], "the values provider tax id 98-7611573 and EIN 01-4031603, then": ["98-7611573", "01-4031603"]},
    "US_REFERRAL_NUMBER": {"INF3435163": ["INF3435163"], "REF-6923542": ["REF-6923542"], "my number is infusion referrjl: INF-2707782": ["INF-2707782"], "the values REF-3356054 and referrql 7150167, then": ["REF-3356054"]},
    "US_SSN": {"061 23 1007": ["061 23 1007"], "728.37.8326": ["728.37.8326"], "91111-4656 123-45-0000": ["91111-4656"], "100 33 0766-x": ["100 33 0766"]},
    "UUID": {"018f4567-e89b-82d3-b456-426614174000": ["018f4567-e89b-82d3-b456-426614174000"], "018f4567-e89b-72d3-b456-426614174000": ["018f4567-e89b-72d3-b456-426614174000"], "123E4567-E89B-12D3-A456-426614174000 123e4567-e89b-42d3-a456-426614174000": ["123E4567-E89B-12D3-A456-426614174000", "123e4567-e89b-42d3-a456-426614174000"], "123e4567e89b42d3a456426614174000 123e4567-e89b-42d3-a456-426614174000": ["123e4567-e89b-42d3-a456-426614174000"]},
    "ZA_COMPANY_REGISTRATION": {"2014/268091/07": ["2014/268091/07"], "K2015/198165": ["K2015/198165"], "abc 2014/902135/07, def": ["2014/902135/07"], '"2014/095371/07"': ["2014/095371/07"]},
    "ZA_DRIVER_LICENSE": {"7252957584ON": ["7252957584ON"], "180124N5B5": ["180124N5B5"], "my number is 482114Q4P5": ["482114Q4P5"], "id:45403768ohhy": ["45403768ohhy"]},
    "ZA_ID_NUMBER": {"7404214582089": ["7404214582089"], "7805293157090": ["7805293157090"], "7401198559091-x": ["7401198559091"], "9202204800083 5201223056290": ["9202204800083"]},
    "ZA_INCOME_TAX_NUMBER": {"1211364293": ["1211364293"], "1884952179": ["1884952179"], "abc 0546581202, def": ["0546581202"]},
    "ZA_LICENSE_PLATE": {"OP 38 EJ GP": ["OP 38 EJ GP"], "XNZQ8249WP": ["XNZQ8249WP"], "PL61-YMGP CG 295 GP": ["CG 295 GP"], "see (aj21sggp).": ["aj21sggp"]},
    "ZA_PASSPORT": {"D96399494": ["D96399494"], "M95990040": ["M95990040"], "the values M43164394 and M75893754, then": ["M43164394", "M75893754"], "D99383534-x": ["D99383534"]},
    "ZA_TRAFFIC_REGISTER_NUMBER": {"0274641443142": ["0274641443142"], "3127510055036": ["3127510055036"], '"8680548236167"': ["8680548236167"], "abc 7075159693771, def": ["7075159693771"]},
    "ZA_VAT_NUMBER": {"4141488051": ["4141488051"], "4245802144": ["4245802144"], "the values 4245802144 and 440998797, then": ["4245802144"], "4661537549 4420257242": ["4661537549", "4420257242"]},
}  # fmt: skip
NOT_FOUND: dict[str, list[str]] = {
    "ABA_ROUTING_NUMBER": ["see (814173763).", "122118441-x"],
    "AU_ABN": ['"09 636 266 476"', "abc 61327769526, def"],
    "AU_ACN": ["abc 653590649, def", "see (824 753 557)."],
    "AU_MEDICARE": ["1405989521", "id:2423-47377-8"],
    "AU_TFN": ["see (738575834).", "964559803"],
    "CA_POSTAL_CODE": ["D1A 0B1-x", "see (W7D 7W9)."],
    "CA_SIN": ["947293397", "id:589-087-140"],
    "CREDIT_CARD": ["id:4012888888881881123", "x6362970000457013"],
    "CRYPTO": ["bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mda", "id:bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mda"],
    "DATE_TIME": ["31/31/2012", "13/2012"],
    "EMAIL_ADDRESS": ["xa@b.c", "abc anna @example.org, def"],
    "IBAN_CODE": ["MT84MALT011000012345MTLCAST001S9", "DE89 3704 0044 0532 0130 00X"],
    "IN_AADHAAR": ["my number is 2672-9095 7512", "974198002624"],
    "IN_GSTIN": ["97BNZPM2501F1ZA-x", "30BNZPM2501F1Z59"],
    "IN_PAN": ["FTWS5961N", "my number is SHXCJ833AM"],
    "IN_PASSPORT": ["xo2338132", "xS65695580"],
    "IN_VEHICLE_REGISTRATION": ["22BH3299OI", "KA03MN0000"],
    "IN_VOTER": ["CQL53940606", "QFF617421"],
    "IP_ADDRESS": ["abcd", "the values abcd and 1:2:3:4:5:6:7:8:9, then"],
    "KR_BRN": ["abc 956-68-59342, def", "see (124-81-00997)."],
    "KR_DRIVER_LICENSE": ["see (75-88-703591-39).", "see (98-65-62790551)."],
    "KR_FRN": ["460121-75998869", "560121-2779486 is it"],
    "KR_PASSPORT": ["M4934583", "see (M2834119)."],
    "KR_RRN": ["7601210701288", "36012197930889"],
    "MAC_ADDRESS": ["00:1a:2b:3c:4d:5g9", "001A2B3C4D5E"],
    "MEDICAL_LICENSE": ["S94005746 Q97396833", "see (GR1010328)."],
    "NG_NIN": ["40228080030", "61047389244 is it"],
    "NG_VEHICLE_REGISTRATION": ["CWB-257-KQ", "xRXZ-81XV"],
    "PHONE_NUMBER": ["555-0132-x", '"000-000-0000"'],
    "PH_PASSPORT": ["N739992V is it", "xCJ8192603"],
    "PH_TIN": ["x470545441", '"065022905"'],
    "PH_UMID": ["4941-765650-7-x", "the values 1563-619328-0 and 1563-619328-0, then"],
    "SG_NRIC_FIN": ["S400499H-x", "S813863X9"],
    "SG_UEN": ["x064512394W", "T97LL9881P is it"],
    "TH_TNIN": ["5540885501092", '"4709961298333"'],
    "UK_DRIVING_LICENCE": ["see (HARTL802327JA9KX).", "SMITH710101A99AA9"],
    "UK_NHS": ["see (099 398 2958).", "the values 810 952 5228 and 989 794 3659, then"],
    "UK_NINO": ["QO912446I", "my number is LT 86 92 71 N"],
    "UK_PASSPORT": ["abc 011695931, def", "xco1171514"],
    "UK_POSTCODE": ["abc AB1C 2CD, def", "ZZ99 9ZZ"],
    "UK_VEHICLE_REGISTRATION": ["the values GC99 EE and AB50KLM, then", "xDX76 LX"],
    "URL": ["report.pdf-x", "www.a.b"],
    "US_BANK_NUMBER": ["454618471512167170", "abc 5393979, def"],
    "US_CLAIM_NUMBER": ["my number is clfim number 638089165", '"clvim no. 2647040"'],
    "US_DRIVER_LICENSE": ["WDLX65Z99", "xJ560104825364259880"],
    "US_HEALTH_INSURANCE_MEMBER_ID": ["498196TWI", "GSTAF1312787332667789"],
    "US_ITIN": ["18943-8606", "042-003230"],
    "US_MBI": ["9VW4 JG8 VN29", "x1eg4-te5-mk73"],
    "US_NPI": ["2504-522-216 1778-004-916", "abc 2356501667, def"],
    "US_PASSPORT": ["4753683155", "3914754235"],
    "US_PRESCRIPTION_NUMBER": ["xprescription 3248354", "my number is 0537836"],
    "US_PRIOR_AUTHORIZATION_NUMBER": ["see (1090897).", "PX5716561"],
    "US_PROVIDER_TAX_ID": ["78-5969216", '"provider tax id 19-5208739"'],
    "US_REFERRAL_NUMBER": ["id:9804083", "my number is referrul 4169528"],
    "US_SSN": ["7420-78-0234", "x616.63.0494"],
    "UUID": ["my number is 123e4567e89b42d3a456426614174000", "ffffffff-ffff-ffff-ffff-ffffffffffff"],
    "ZA_COMPANY_REGISTRATION": ["NR1724/165401", '"2087/519892/07"'],
    "ZA_DRIVER_LICENSE": ["x919363Z9H5", "82477CRPLO"],
    "ZA_ID_NUMBER": ["8207297469375", "7706074495379"],
    "ZA_INCOME_TAX_NUMBER": ["x040069697", "4704085206 is it"],
    "ZA_LICENSE_PLATE": ["PL61-YMGP", "JIA93XX9"],
    "ZA_PASSPORT": ["y69909813", "H75194987"],
    "ZA_TRAFFIC_REGISTER_NUMBER": ["the values 442071122021 and 98654094938438, then", '"693039736107"'],
    "ZA_VAT_NUMBER": ["5416147859-x", "5786964442"],
}  # fmt: skip


@pytest.mark.parametrize("entity", FOUND)
def test_a_type_that_is_asked_for_is_found_at_any_score(entity: str) -> None:
    for (text, values), found in zip(
        FOUND[entity].items(), asked_for(entity).find_many(list(FOUND[entity])), strict=True
    ):
        assert [text[f.start : f.end] for f in found] == values, text
        assert {f.entity for f in found} == {entity}, text


@pytest.mark.parametrize("entity", NOT_FOUND)
def test_what_the_specification_rules_out_is_not_found(entity: str) -> None:
    for text, found in zip(NOT_FOUND[entity], asked_for(entity).find_many(NOT_FOUND[entity]), strict=True):
        assert found == [], text
