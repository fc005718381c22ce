"""Things that tests need to exist, made by the services themselves."""
