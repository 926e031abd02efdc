import Showroom

// A word to touch that does not call, on paper.
SolidButton {
    ground: Theme.asphalt
    ink: Theme.paper
}
