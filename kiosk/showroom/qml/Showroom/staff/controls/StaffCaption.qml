import QtQuick
import Showroom

// What stands over a part of a section.
Reading {
    width: parent?.width ?? 0
    color: Theme.paperQuiet
    font.weight: Font.Bold
}
