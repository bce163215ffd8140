"""Tokens: signing keys of brokers, validation of id_token and logout_token, our own key."""
