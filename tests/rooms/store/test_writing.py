"""Writing a file whole: a folder in its place is told, and is no crash."""

from __future__ import annotations

from pathlib import Path

import pytest

from payforsuccess.errors import Refusal
from payforsuccess.store.writing import write_whole


@pytest.mark.parametrize("name", ["", "."])
def test_a_folder_is_no_file_to_write(tmp_path: Path, name: str) -> None:
    with pytest.raises(Refusal, match=r"That is a folder"):
        write_whole(tmp_path / name, b"x")
