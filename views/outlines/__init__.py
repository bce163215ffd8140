"""Outlines: each screen as a small document, readable before Flutter is there and without it."""
