"""Conversations between a citizen and the contact person: the same pages serve both sides."""
