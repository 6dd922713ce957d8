"""The way by phone to a verification: consent, the passport's two lines, its chip, the face; an officer reviews."""
