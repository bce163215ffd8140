"""Fakta om mig: what was told once, who uses it, who asks for it, and one's own answer to that."""
