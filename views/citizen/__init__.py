"""The screens of a citizen."""
