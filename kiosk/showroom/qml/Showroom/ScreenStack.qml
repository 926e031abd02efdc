import QtQuick
import Showroom.Models

// Screens, one of them in front. Those behind stay as they are until they are dropped. Who shows one gives it the focus.
FocusScope {
    id: root

    property Entry front: null

    // Bring a view model's screen to the front; made anew where there is none, or where it is in front already.
    function show(viewModel: QtObject, file: url, values: var) {
        const last = front;
        if (last !== null)
            last.focus = false;
        if (last?.status === Loader.Error)
            ScreenFiles.forgetFailed();
        front = entryOf(viewModel) ?? entry.createObject(root, {
            stack: root,
            viewModel: viewModel
        });
        if (front === last || front.item === null)
            front.show(file, values);
    }

    function drop(viewModel: QtObject) {
        const gone = entryOf(viewModel);
        if (gone === null)
            return;
        gone.viewModel = null; // it is there until later
        gone.destroy();
    }

    function entryOf(viewModel: QtObject): Entry {
        return children.find(child => child.viewModel === viewModel) ?? null;
    }

    component Entry: ScreenLoader {
        id: screen

        required property ScreenStack stack
        required property QtObject viewModel

        width: parent.width
        height: parent.height
        visible: screen === stack.front
        enabled: visible
    }

    Component {
        id: entry

        Entry {}
    }
}
