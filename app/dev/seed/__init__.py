"""Demo data: four users, a FREE and a PRO org with keys, a hundred past jobs and their week of usage.

Everything goes through the services, so it obeys every rule that real data obeys. Each step looks at what is
there first: a second run changes nothing, and one that was interrupted is completed.
"""
