"""Who may do what, on which ground: pure functions and tables, without a database or HTTP.

`planapi.policy.decide` decides; services hand it an actor, a resource and the facts about them.
"""
