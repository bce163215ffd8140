"""SQL: what the plan API reads and writes, one module per resource. Services call it."""
