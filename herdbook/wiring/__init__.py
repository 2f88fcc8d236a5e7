"""Settings, migrations, and what is opened with them."""
