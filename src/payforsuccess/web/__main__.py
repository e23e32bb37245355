"""`python -m payforsuccess.web COMMAND`: serve, seed, newkeys, migrate and what Django knows."""

from __future__ import annotations

import os
import sys

from payforsuccess.web.home import OWNER_ALONE


def main() -> None:
    """Run one command of the web application."""
    os.umask(OWNER_ALONE)
    if sys.argv[1:] == ["newkeys"]:
        from payforsuccess.web.home import new_keys

        sys.stdout.write(new_keys() + "\n")
        return
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "payforsuccess.web.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
