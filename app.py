"""Entry: `python app.py` serves, `flask --app app …` and `gunicorn app:app` find the application here."""

import sys
from pathlib import Path

_SOURCE = Path(__file__).resolve().parent / "platform"
if str(_SOURCE) not in sys.path:
    sys.path.insert(0, str(_SOURCE))

if __name__ == "__main__":
    from verkstad.entry import main

    main(["serve", *sys.argv[1:]])
    sys.exit()

from verkstad.factory import create_app  # noqa: E402

app = create_app()
