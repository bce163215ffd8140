"""One module per resource: the rules of the plan API, without HTTP and without SQL."""
