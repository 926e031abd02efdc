"""What QML binds to: snapshots of the content, the session and the form."""
