"""The holder's wallet, phone first: steps, card, live code, who looked. Works without script, but for the live code."""
