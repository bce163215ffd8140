"""The running portal: command line, settings, the plan API's client, and the web host."""
