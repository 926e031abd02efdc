"""`open_boxes.py DATABASE KEY`: opens each sealed signup with PyNaCl and does nothing with it."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing

from nacl.public import PrivateKey, SealedBox

if __name__ == "__main__":
    box = SealedBox(PrivateKey(bytes.fromhex(sys.argv[2])))
    with closing(sqlite3.connect(sys.argv[1])) as connection:
        for (personal,) in connection.execute("SELECT personal FROM people ORDER BY number"):
            box.decrypt(personal)
