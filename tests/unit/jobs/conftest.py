"""How examples are drawn: as many as by default, however busy the machine is."""

import hypothesis

hypothesis.settings.register_profile("unhurried", deadline=None)
hypothesis.settings.load_profile("unhurried")
