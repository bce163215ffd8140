"""The screens of a contact person."""
