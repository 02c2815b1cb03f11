"""The shipped cases: folders of data, no logic."""
