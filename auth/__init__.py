"""Login: an OpenID Connect relying party for MitID brokers, and login sessions.

Knows nothing of plans or screens. The web host builds an `auth.service.LoginService`, mounts
`auth.routes.auth_routes`, and asks `LoginService.sessions` who is logged in.
"""
