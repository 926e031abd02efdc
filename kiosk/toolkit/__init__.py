"""What view models are made of: rows for QML, work in the background."""
