"""The house: settings, addresses, the WSGI application, the embedded database."""
