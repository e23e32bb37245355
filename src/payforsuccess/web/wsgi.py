"""What a web server such as gunicorn calls: `payforsuccess.web.wsgi:application`."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "payforsuccess.web.settings")
application = get_wsgi_application()
