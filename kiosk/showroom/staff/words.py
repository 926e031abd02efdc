"""What the staff area says. For staff alone, so not among the words of the content."""

from __future__ import annotations

from typing import NamedTuple

from kiosk.toolkit.texts import texts_type

NOT_DONE = "This could not be done; ask for help."


class StaffWords(NamedTuple):
    """Names and sentences on its screens; those with figures are made by the view models."""

    title: str = "Staff area"
    close: str = "Close"

    enter_pin: str = "Enter the PIN"
    choose_pin: str = "Choose a PIN"
    repeat_pin: str = "Enter it again"
    choose_lead: str = (
        "4 to 12 digits. It opens the staff area; write it down where no visitor sees it."
    )
    no_pin: str = "No PIN is set"
    no_pin_lead: str = "The staff area opens once 'kiosk pin' has set one on this machine."
    closed: str = "The staff area is closed"
    pins_differ: str = "The two PINs differ. Choose one again."
    wrong_pin: str = "This is not the PIN."
    checking: str = "One moment"
    erase: str = "Erase the last digit"
    submit: str = "Open"

    health: str = "Health"
    content: str = "Content"
    signups: str = "Signups"
    usage: str = "Usage"
    machine: str = "Machine"

    look_again: str = "Look again"

    show_version: str = "Show this one"
    confirm_version: str = "Show it now"
    cancel: str = "Cancel"
    on_screen: str = "On screen"
    show_file: str = "Show the content file"
    from_stick: str = "From a stick"
    bring_content: str = (
        "To show other content, plug in a USB stick with content.yaml and its folder of pictures."
    )
    check_content: str = "Check it"
    checking_content: str = "Checking the content"
    checking_content_lead: str = "Leave the stick in. This can take a minute."
    what_changes: str = "What will be different"
    warnings: str = "Warnings"
    show_content: str = "Show it now"
    back: str = "Back"
    earlier_versions: str = "What was shown"
    problems: str = "To be corrected in the file"

    by_day: str = "Day by day"
    ledger_lead: str = "captured = waiting + exported + erased"
    day: str = "Day"
    captured: str = "captured"
    waiting: str = "waiting"
    exported: str = "exported"
    erased: str = "erased"
    file_format: str = "File"
    plug_in: str = "Plug in a USB stick; it is found by itself."
    sealed_lead: str = (
        "They stay sealed on the stick. Whoever has the manager's key opens the file at the desk."
    )
    exporting: str = "Exporting; leave the stick in."
    export_here: str = "Export here"

    drawing_usage: str = "Drawing the pictures"
    drawing_usage_lead: str = "This takes a few seconds."
    no_usage: str = "No visits yet"
    no_usage_lead: str = (
        "A visit is counted once it is over. Whoever wakes the screen to come here is not counted."
    )
    usage_off: str = "Visits are not counted"
    usage_off_lead: str = (
        "Counting is switched off: settings.toml in the kiosk's data folder has 'usage = false'."
        " Remove that line and restart the kiosk to count."
    )
    usage_before: str = "Counting is switched off; this was counted before"
    usage_failed: str = "There are no pictures"
    previous: str = "Previous"
    next: str = "Next"

    clean: str = "Clean the screen"
    clean_lead: str = "For a minute, touches do nothing."
    screen_test: str = "Test the picture"
    screen_test_lead: str = "Its edges, sharpness and dead dots."
    touch_test: str = "Test the touch"
    touch_test_lead: str = "Where it feels a finger, and how many at once."
    calibration: str = "Measure the screen"
    calibration_lead: str = "With a bank card, to know its real size."
    brightness: str = "Brightness"
    restart: str = "Restart the kiosk"
    restart_lead: str = "It is back within seconds. Nothing is lost."
    confirm_restart: str = "Restart it now"
    leave: str = "Leave the kiosk"
    leave_lead: str = "The kiosk ends; what lies behind it shows."
    confirm_leave: str = "Leave it now"
    wipe: str = "Wipe the screen now"
    wipe_lead: str = "Touches do nothing until the time is over."

    edges: str = "Is all of it there?"
    edges_lead: str = (
        "The two lines around the screen must be seen on all four sides. If not, switch off"
        " overscan in the screen's own menu; it may be called Just scan, Screen fit or 1:1."
    )
    sharp: str = (
        "The fine stripes must be even. If they shimmer, the screen is not driven at its own"
        " resolution."
    )
    colors_follow: str = (
        "Each touch brings a color: look for dots that stay dark or bright. The last brings you"
        " back."
    )
    draw_over: str = "Draw over the whole screen"
    ghosts: str = "A field that lights up by itself is a ghost touch: clean the screen."
    finish: str = "Done"
    lay_card: str = "Lay a bank card on the outline"
    lay_card_lead: str = (
        "Its top left corner into that of the outline. Then move the slider until the outline is"
        " exactly as large as the card."
    )
    card_width: str = "Width of the outline"
    narrower: str = "Narrower"
    wider: str = "Wider"
    save: str = "Save"


DEFAULT_WORDS = StaffWords()
StaffTexts = texts_type("StaffTexts", StaffWords._fields)
