"""One module per resource: HTTP in, one service call, contract model out. No SQL, no rules."""
