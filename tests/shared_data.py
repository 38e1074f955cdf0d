"""Where the developers' data is: novels, models and tools that may not be published with the code.

The environment variable AUDIOBOOK_SHARED names the folder; by default it is the folder `shared` beside the checkout.
Nothing else in the tests or tools names it.
"""

import os
from pathlib import Path

SHARED_VARIABLE = "AUDIOBOOK_SHARED"
_DEFAULT = Path(__file__).resolve().parents[2] / "shared"


def find_shared_data() -> Path | None:
    """The developers' data folder; None where it is missing."""
    folder = Path(os.environ.get(SHARED_VARIABLE) or _DEFAULT).absolute()
    return folder if folder.is_dir() else None
