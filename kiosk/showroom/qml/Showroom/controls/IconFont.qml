import QtQuick
import Showroom

// A font of icons from its file, tried again where no more files may be opened.
FontLoader {
    id: root

    required property url file
    property int tries: 0
    // Named by what it is made of: a property of a type of our own may be taken for that of another
    // engine in the same process.
    readonly property QtObject retry: RetryTimer {
        running: root.status === FontLoader.Error
        onDue: root.tries += 1
    }

    source: tries === 0 ? file : file + "#" + tries // the same file, which Qt would not ask for again
}
