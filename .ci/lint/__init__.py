"""The rules of this house that no off-the-shelf linter knows. `python .ci/lint` runs them all.

One module in `rules/` per rule; its docstring tells why the rule exists. To break a
rule where it makes a place worse, say so on the line or on the one above it:

    # lint: allow no_naked_limit: the table holds one row per process
"""
