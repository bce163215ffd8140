"""A MitID broker simulator: OpenID Connect over HTTP, for the demo and the tests."""
