"""The reference plan API: one plan, the citizen's own goals, who may see what.

Three layers: `routes` turn HTTP into one call, `services` know the rules, `store` knows the SQL;
`policy` decides. `planapi.app` builds it all.
"""
