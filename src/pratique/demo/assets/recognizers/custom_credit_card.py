# mypy: ignore-errors
# ruff: noqa: ANN001, ANN204, FURB110, INP001, RUF012
"""A Presidio recogniser for the 15-digit card numbers of the film shop, as anyone would write it for Presidio."""

from presidio_analyzer import Pattern, PatternRecognizer


class CustomCreditCardRecognizer(PatternRecognizer):
    """Recognises card numbers of 15 digits."""

    PATTERNS = [
        Pattern("Card of the film shop (15 digits)", r"\b\d{15}\b", 0.6),
    ]

    CONTEXT = ["card", "card_number", "credit", "payment"]

    def __init__(
        self,
        patterns=None,
        context=None,
        supported_language="en",
        supported_entity="CUSTOM_CREDIT_CARD",
    ):
        """As in Presidio: everything can be given anew."""
        super().__init__(
            supported_entity=supported_entity,
            patterns=patterns if patterns else self.PATTERNS,
            context=context if context else self.CONTEXT,
            supported_language=supported_language,
        )
