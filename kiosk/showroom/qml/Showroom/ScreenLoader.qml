import QtQuick
import Showroom
import Showroom.Models

// Shows a screen from its file. What cannot be read, as where no more files may be opened, is tried
// again with the next screen, and by itself.
Loader {
    id: root

    property url file
    property var values: ({})
    readonly property bool isLoading: status === Loader.Loading

    function show(newFile: url, newValues: var) {
        file = newFile;
        values = newValues;
        retry.beginAnew();
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

    RetryTimer {
        id: retry

        running: root.status === Loader.Error
        onDue: root.load()
    }
}
