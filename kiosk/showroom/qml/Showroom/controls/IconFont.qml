import QtQuick
import Showroom

// A font of icons from its file, tried again where no more files may be opened.
FontLoader {
    id: root

    required property url file
    property int tries: 0
    readonly property QtObject retry: RetryTimer {
        running: root.status === FontLoader.Error
        onDue: root.tries += 1
    }

    source: tries === 0 ? file : file + "#" + tries // the same file, which Qt would not ask for again
}
