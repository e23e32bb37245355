"""At which site someone was on a day."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models

from payforsuccess.web.people.models.services import Enrolment


class SiteChange(models.Model):
    """Someone went from one site to another on a day; the enrolment names the last one."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="site_changes")
    was = models.CharField(max_length=80)
    on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("on", "pk")


def site_on(enrolment: Enrolment, on: date) -> str:
    """The site of a person on a day, by the changes that came after it."""
    later = (change.was for change in enrolment.site_changes.all() if change.on > on)
    return next(later, enrolment.site)
