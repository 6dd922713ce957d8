"""The parts that pages are made of, as template tags; README.md beside this folder lists them."""
