"""The public pages: what this is and where to begin, the guide and the rules, both read from the rule book."""
