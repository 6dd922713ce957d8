"""Pages, by audience. A page parses, calls one command or query, and renders."""
