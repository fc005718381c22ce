"""What `launchkit doctor` looks at: each check answers with findings, and none raises."""
