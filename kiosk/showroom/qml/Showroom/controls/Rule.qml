import QtQuick
import Showroom

// The line between two rows.
Rectangle {
    height: Theme.rule
    color: Theme.paperLine
}
