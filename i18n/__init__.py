"""The words people read: translations, and dates and numbers as each language writes them."""
