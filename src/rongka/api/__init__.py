"""Machine interfaces: what scanners and other cities fetch. No cookies, no language in the address."""
