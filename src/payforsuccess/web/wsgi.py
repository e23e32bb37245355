"""What a web server such as gunicorn calls: `payforsuccess.web.wsgi:application`."""

from __future__ import annotations

import os
from importlib import import_module

from django.core.wsgi import get_wsgi_application

from payforsuccess.web.home import OWNER_ALONE

os.umask(OWNER_ALONE)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "payforsuccess.web.settings")
application = get_wsgi_application()
# Every page now: loaded within the first request it took that one seconds, and on a busy machine
# longer than a server waits for its worker.
import_module("payforsuccess.web.urls")
