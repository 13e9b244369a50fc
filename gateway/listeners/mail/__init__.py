"""The mail door from the inside: sessions, bodies, headers, logins, replies."""
