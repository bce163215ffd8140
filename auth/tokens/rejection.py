"""The one error of token validation."""


class TokenRejected(Exception):
    """A token that must not be trusted; `code` says which rule it broke (and nothing it holds)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
