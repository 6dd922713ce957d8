"""The desks of employers, permit authority, consulates, border inspection and verification counter."""
