import QtQuick
import QtQuick.Templates as T
import Showroom

// A field with its label above and what is wrong with it below.
Item {
    id: root

    required property string label
    property string note: ""
    property string error: ""
    property alias text: field.text
    property alias hints: field.inputMethodHints
    property alias maximumLength: field.maximumLength
    readonly property alias editing: field.activeFocus

    signal edited(text: string)
    signal accepted

    function take() {
        field.forceActiveFocus(Qt.MouseFocusReason);
    }

    implicitHeight: caption.height + field.height + (error ? complaint.height + Theme.px(8) : 0) + Theme.px(8)

    Reading {
        id: caption

        width: parent.width
        text: root.note ? root.label + " (" + root.note + ")" : root.label
        color: Theme.paperQuiet
        font.pixelSize: Theme.label
        font.weight: Font.Bold
        Accessible.ignored: true
    }

    T.TextField {
        id: field

        y: caption.height + Theme.px(8)
        width: parent.width
        height: Math.max(Theme.px(88), contentHeight + Theme.px(24))
        leftPadding: Theme.px(24)
        rightPadding: Theme.px(24)
        color: Theme.asphalt
        selectionColor: Theme.accent
        selectedTextColor: "white"
        font.family: Theme.family
        font.hintingPreference: Font.PreferNoHinting
        font.weight: Font.Bold
        font.pixelSize: Theme.type(40)
        verticalAlignment: TextInput.AlignVCenter
        maximumLength: 300
        selectByMouse: false
        focusPolicy: Qt.StrongFocus
        Accessible.role: Accessible.EditableText
        Accessible.name: caption.text
        Accessible.description: root.error
        Keys.onTabPressed: KeyboardWalk.step(field, true)
        Keys.onBacktabPressed: KeyboardWalk.step(field, false)
        onActiveFocusChanged: if (activeFocus)
            KeyboardWalk.reveal(field)
        onTextEdited: root.edited(text)
        onPreeditTextChanged: if (!preeditText)
            root.edited(text)
        onAccepted: root.accepted()
        // On a plugged-in keyboard: what is copied here would be there for the next visitor.
        Keys.onPressed: event => event.accepted = event.matches(StandardKey.Copy) || event.matches(StandardKey.Cut)

        background: Rectangle {
            color: "white"
            border.width: field.activeFocus || root.error ? Theme.px(5) : Theme.px(3)
            border.color: root.error ? Theme.fault : field.activeFocus ? Theme.asphalt : Theme.mix(Theme.paper, Theme.asphalt, 0.5)
        }
    }

    FocusRing {
        anchors.fill: field
        anchors.margins: -Theme.px(6)
        visible: field.activeFocus && (field.focusReason === Qt.TabFocusReason || field.focusReason === Qt.BacktabFocusReason)
    }

    Complaint {
        id: complaint

        anchors.top: field.bottom
        anchors.topMargin: Theme.px(8)
        width: parent.width
        text: root.error
    }
}
