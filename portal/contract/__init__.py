"""The plan API's language: what the portal asks for and what a municipality's backend answers.

One module per resource. Nothing here imports anything of ours, so a backend that knows only
this package can be proven against ``tests/contract``.
"""
