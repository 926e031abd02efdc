"""What visitors see: the model of `content.yaml` and the rules that belong to it. No Qt."""

import os

# No plugin is used; looking for them reads what every installed package says of itself, 10 ms.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
