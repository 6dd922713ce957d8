"""What was shown to prove a person: consents, chip checks, pictures under a key of their own, and their deletion."""
