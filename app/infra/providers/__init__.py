"""Adapters of the `Provider` port: hosted models over HTTP, and a local stand-in that needs no key."""
