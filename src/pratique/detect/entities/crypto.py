"""Addresses of crypto-currencies. Those with a checksum stand on their own."""

# ruff: noqa: E501 - patterns and lists of words, one a line

from pratique.detect.entities.record import EntityType, Pattern

_58 = "[1-9A-HJ-NP-Za-km-z]"

CRYPTO = EntityType(
    name="CRYPTO",
    patterns=(
        Pattern(regex=rf"\b[1359ADLMTX7]{_58}{{24,34}}\b", score=0.0, validated=0.95, validator="base58", needs_digit=True),
        Pattern(regex=r"(?i)\b(?:bc|tb|ltc|addr|addr_test|stake|cosmos|osmo|celestia|inj)1[02-9ac-hj-np-z]{11,110}\b", score=0.0,
                validated=0.95, validator="bech32"),
        Pattern(regex=r"\b0x[0-9A-Fa-f]{40}\b", score=0.6, validated=0.95, context=0.95, validator="ethereum", look="0x"),
        Pattern(regex=rf"\b[48][0-9AB]{_58}{{93}}(?:{_58}{{11}})?\b", score=0.0, validated=0.95, validator="monero"),
        Pattern(regex=r"\br[1-9A-HJ-NP-Za-km-z]{24,34}\b", score=0.0, validated=0.95, validator="ripple", needs_digit=True),
        Pattern(regex=rf"\b{_58}{{32,44}}\b", score=0.0, context=0.75, validator="solana", needs_digit=True,
                near=("solana", "sol", "phantom")),
    ),
    context={"*": ("bitcoin", "btc", "wallet", "crypto", "ethereum", "eth", "ether", "litecoin", "ltc", "dogecoin", "doge", "monero", "xmr",
                   "ripple", "xrp", "tron", "trx", "cardano", "ada", "usdt", "portemonnaie", "geldbörse", "cartera", "portafoglio",
                   "portfel", "peněženka", "портфейл")},
    field_names=("bitcoin address", "btc address", "wallet", "wallet address", "eth address", "ethereum address", "crypto address"),
    source="Bitcoin: Base58Check, BIP 173, BIP 350; Ethereum: ERC-55; Monero standard addresses; XRP Ledger base58; Cardano CIP-19; Solana base58",
    examples=(
        "14DJEpG37W8EFHHcFtzR8DURbToZ63oBDU", "34uKAMkUfQScLSz3Nzf1YqqMjz6GdPLsf4", "bc1qyvauydqyzzpl36klwhsfeavs6njj9l2cztdemp",
        "bc1pyvauydqyzzpl36klwhsfeavs6njj9l2ckqkqz8ey9ygk2uhh6kjsxey9l8", "LNSFW2ZsCANHW5ymS2yiQEYBogAqFiA8SB",
        "ltc1qyvauydqyzzpl36klwhsfeavs6njj9l2cxhhar3", "D8MPn5CgQv2WnHUCzUyyfye2UbXrTWMsCp", "TDBWEsdmGEFBQTMErAe8eNAZWFYsGhNe8t",
        "rhDJNFGsfW3NEHHcEtzR3D7RbToZasoBD7", "0x233BC234041083F8eadf75E09Cf590D4E522fd58", "0x233bc234041083f8eadf75e09cf590d4e522fd58",
        "42xYpxabnrNidp4AuS6zc7ccMER2BMaoJ6D7LBVceV7JUddmgFt4nxVHi4LvoGNmLS3h5zo9rrZJYPvdFjLbF87XFZ4KBvL",
        "addr1qy3nhs35qsgg8782ma67p884jr2w2ghatzczcqglys53zetj7l262vkmnx9srmgwv03a8nfw2mfy7yqkmtjrt3qfxxysf90xzf",
    ),
    with_context=("Solana wallet 3NY7yUU9HChyHmeztPRnJf8mYQc6BS2zNyZ9uxSkpy2c",),
    not_examples=(
        "14DJEpG37W8EFHHcFtzR8DURbToZ63oBDV", "bc1qyvauydqyzzpl36klwhsfeavs6njj9l2cztdemq", "0x233bC234041083F8eadf75E09Cf590D4E522fd58",
        "rhDJNFGsfW3NEHHcEtzR3D7RbToZasoBD8", "3NY7yUU9HChyHmeztPRnJf8mYQc6BS2zNyZ9uxSkpy2c", "0x0000000000000000000000000000000000000000",
    ),
)  # fmt: skip

TYPES = (CRYPTO,)
