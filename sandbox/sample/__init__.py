"""A sample municipality, Solby Kommune: people, plans and families that show what the product does.

For the command `demo`, the MitID simulator and the tests. All of it is made up. Ids are the same in
every run, and all dates count from one day, so the sample never grows old.
"""

from sandbox.sample.municipality import Introduction, identities, introductions, seed

__all__ = ["Introduction", "identities", "introductions", "seed"]
