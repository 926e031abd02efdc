import QtQuick
import Showroom

// A code to scan; black on white whatever the theme, because readers need it.
Rectangle {
    id: root

    required property string code
    property string name: ""
    readonly property bool settled: image.status !== Image.Loading

    width: Theme.px(340)
    height: width
    color: "white"
    visible: code !== ""
    Accessible.role: Accessible.Graphic
    Accessible.name: name

    Image {
        id: image

        anchors.fill: parent
        anchors.margins: Theme.px(8)
        source: root.code ? "image://qr/" + encodeURIComponent(root.code) : ""
        sourceSize: Qt.size(0, 0)
        smooth: false
        cache: false
        fillMode: Image.PreserveAspectFit
    }
}
