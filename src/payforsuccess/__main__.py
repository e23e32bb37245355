"""`python -m payforsuccess` is `pfs`."""

from __future__ import annotations

from payforsuccess.cli import main

if __name__ == "__main__":
    main()
