"""The database: engine, schema, migrations, bulk writes."""
