"""The registers: the records, and what may be done to them. See ARCHITECTURE.md for the layers."""
