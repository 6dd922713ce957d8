"""What happened, by whom and when: an append-only journal, and the keys that stop a request from acting twice."""
