"""The demo: a text is submitted as a `summarize` job over REST and followed live over GraphQL."""
