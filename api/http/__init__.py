"""What every route shares: errors, ETags, pages of a list, parameters, limits, metrics."""
