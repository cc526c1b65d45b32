"""The safety layer measured and taught: sets, mutations, bounds, and the command that trains."""
