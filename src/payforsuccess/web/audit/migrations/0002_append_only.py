"""Triggers that let the log grow and nothing else, on both databases."""

from __future__ import annotations

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SQLITE = tuple(
    f"CREATE TRIGGER audit_event_no_{verb.lower()} BEFORE {verb} ON audit_event "
    "BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END"
    for verb in ("UPDATE", "DELETE")
)
POSTGRESQL = (
    """
    CREATE FUNCTION audit_event_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'the audit log only grows'; END $$
    """,
    """
    CREATE TRIGGER audit_event_only_grows BEFORE UPDATE OR DELETE ON audit_event
    FOR EACH ROW EXECUTE FUNCTION audit_event_only_grows()
    """,
    """
    CREATE TRIGGER audit_event_never_emptied BEFORE TRUNCATE ON audit_event
    FOR EACH STATEMENT EXECUTE FUNCTION audit_event_only_grows()
    """,
)


def lock(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    """Put the triggers on the table."""
    statements = POSTGRESQL if editor.connection.vendor == "postgresql" else SQLITE
    for statement in statements:
        editor.execute(statement)


class Migration(migrations.Migration):
    """The log cannot be changed from here on; there is no way back."""

    dependencies = (("audit", "0001_initial"),)
    operations = (migrations.RunPython(lock, migrations.RunPython.noop),)
