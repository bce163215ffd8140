"""A municipality on a laptop: the demo, its PostgreSQL, its MitID simulator and its people."""
