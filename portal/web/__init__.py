"""The web host: pages, public files, the guarded websocket, live events."""
