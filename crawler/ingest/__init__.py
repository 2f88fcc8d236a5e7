"""From snapshot lines and the Hub's rows to stored records and claims."""
