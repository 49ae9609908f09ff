"""HKDF, SIV, HMAC, sealing, signing and DSSE: thin over `cryptography`; secrets that do not print.

Nothing is imported here, so that a verifier of releases loads `signing` and `dsse` alone.
"""
