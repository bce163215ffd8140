"""Referater: what was said at a meeting; read, confirmed, commented, or disagreed with."""
