"""Deling: the consents of a citizen, each given and withdrawn on pages of its own."""
