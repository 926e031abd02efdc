"""What visitors see: the model of `content.yaml` and the rules that belong to it. No Qt."""
