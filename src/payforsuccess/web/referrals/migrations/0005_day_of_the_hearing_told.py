from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("referrals", "0004_marks_as_written"),
    ]

    operations = [
        migrations.AddField(
            model_name="referral",
            name="heard_on",
            field=models.DateField(blank=True, null=True),
        ),
    ]
