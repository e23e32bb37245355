"""A salt for each entry from now on; those before keep their form, and their seals hold.

A column that may be empty is added in place: on SQLite too the table, and the triggers that let the
log only grow, stay as they are.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("audit", "0004_nothing_in_place")]

    operations = [
        migrations.AddField(
            model_name="event",
            name="salt",
            field=models.CharField(editable=False, max_length=32, null=True),
        ),
    ]
