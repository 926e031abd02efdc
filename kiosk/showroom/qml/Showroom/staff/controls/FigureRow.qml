pragma ComponentBehavior: Bound

import QtQuick
import Showroom
import Showroom.Models

// Figures for staff, beside each other.
Row {
    id: root

    required property RowsModel model
    property real size: Theme.entryTitle

    spacing: Theme.gap

    Repeater {
        id: figures

        model: root.model

        Figure {
            required figure
            required label

            width: (root.width + root.spacing) / Math.max(1, figures.count) - root.spacing
            ink: Theme.asphalt
            quiet: Theme.paperQuiet
            size: root.size
        }
    }
}
