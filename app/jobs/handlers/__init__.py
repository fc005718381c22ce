"""The kinds of jobs that LaunchKit brings."""
