"""A model before its release: the plan, the folder, the baseline, SARIF."""
