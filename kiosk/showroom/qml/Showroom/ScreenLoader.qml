import QtQuick
import Showroom.Models

// Shows a screen from its file. What cannot be read, as where no more files may be opened, is tried
// again with the next screen, and by itself.
Loader {
    id: root

    readonly property int firstPause: 1000
    readonly property int longestPause: 60000

    property url file
    property var values: ({})
    readonly property bool isLoading: status === Loader.Loading

    function show(newFile: url, newValues: var) {
        file = newFile;
        values = newValues;
        retry.interval = firstPause;
        load();
    }

    function load() {
        if (status === Loader.Error) {
            setSource("");
            ScreenFiles.forgetFailed();
        }
        setSource(file, values);
    }

    onIsLoadingChanged: ScreenFiles.noteLoading(isLoading)

    Timer {
        id: retry

        running: root.status === Loader.Error
        onTriggered: {
            interval = Math.min(2 * interval, root.longestPause);
            root.load();
        }
    }
}
