"""On SQLite no entry takes the place of another: REPLACE fires no trigger of a DELETE there.

PostgreSQL knows no REPLACE, and its ON CONFLICT DO UPDATE is an UPDATE, which is refused.
"""

from __future__ import annotations

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SQLITE = """
CREATE TRIGGER audit_event_only_next BEFORE INSERT ON audit_event
WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM audit_event)
  OR EXISTS (SELECT 1 FROM audit_event WHERE seal = NEW.seal)
  OR EXISTS (SELECT 1 FROM audit_event WHERE rowid = NEW.rowid)
BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END
"""


def lock(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    """Put the trigger on the table."""
    if editor.connection.vendor == "sqlite":
        editor.execute(SQLITE)


class Migration(migrations.Migration):
    """An entry is put after the last one; there is no way back."""

    dependencies = (("audit", "0003_packs"),)
    operations = (migrations.RunPython(lock, migrations.RunPython.noop),)
