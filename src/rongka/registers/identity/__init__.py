"""Real-name and real-person verification at the counter, and the foreigners' sign-in."""
