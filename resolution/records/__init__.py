"""Records of a table told apart and put together without labels: `pentad match --records`."""
