"""What people see: Flet screens, drawn from the contract's models in the reader's language."""
