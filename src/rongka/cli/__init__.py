"""The ``rongka`` command. Each module is one subcommand and offers ``register(subparsers)``."""
