"""What the README's figures come from. Nothing that ships imports it."""
