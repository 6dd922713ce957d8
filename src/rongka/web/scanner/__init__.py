"""The inspector's scanner: a code as text or picture, or a typed number; the verdict; the filing."""
