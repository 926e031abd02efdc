"""The window: view models, images and the QML scene."""
