"""`launchkit dev`: everything on one machine, with a first job to look at. See README.md."""
