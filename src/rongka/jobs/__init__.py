"""Work that no request waits for: the system's own acts on a card, and keeping the published lists fresh."""
