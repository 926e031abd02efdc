pragma ComponentBehavior: Bound

import QtQuick
import Showroom
import Showroom.Models

// Home and the places with the bar below; a detail lies over its place, which keeps its position.
// Home and the places that were left last are as they were, until the visit ends.
Item {
    id: root

    required property ShowroomViewModel showroom
    property real covered: 0

    readonly property NavigationViewModel navigation: showroom.navigation
    readonly property bool moving: !settled || arrival.running
    readonly property bool settled: !places.front?.isLoading && !detail.isLoading

    readonly property Item front: navigation.inDepth ? detail : places

    property int shownVisit: -1
    property string shownPlaceId: ""
    property Item shownMark: null
    // Where a finger was last, and which way the detail has come, as what it takes to go back that way.
    property point touched: Qt.point(width, height / 2)
    property point way: Qt.point(0, 0)

    // What comes does so from a side, by a step that tells which.
    function arrive(coming: Item, from: point) {
        arrival.complete();
        coming.x = from.x;
        coming.y = from.y;
        arrival.coming = coming;
        arrival.restart();
    }

    // From where the place stands in the bar, seen from the one that is left.
    function wayTo(mark: Item): point {
        if (shownMark === null || mark === null || mark === shownMark)
            return Qt.point(0, 0);
        const across = Math.sign(mark.x - shownMark.x);
        return Qt.point(across * Theme.way, across ? 0 : Math.sign(mark.y - shownMark.y) * Theme.way);
    }

    // From where it was touched, or by a key from the side where a line ends.
    function wayFromTouch(): point {
        const x = touched.x - detail.width / 2;
        const y = touched.y - detail.height / 2;
        const far = Math.hypot(x, y);
        if (KeyboardWalk.isUsed || far < 1)
            return Qt.point(Theme.mirrored ? -Theme.way : Theme.way, 0);
        return Qt.point(Math.round(Theme.way * x / far), Math.round(Theme.way * y / far));
    }

    function follow() {
        if (navigation.visit !== shownVisit) {
            const left = shownPlaceId;
            const mark = bar.itemOf(navigation.markedId);
            const from = wayTo(mark);
            shownVisit = navigation.visit;
            shownPlaceId = navigation.placeId;
            shownMark = mark;
            if (navigation.place === null)
                places.show(showroom, Qt.resolvedUrl("screens/HomeScreen.qml"), {
                    showroom: showroom
                });
            else
                places.show(navigation.place, navigation.screenFile, valuesOfPlace());
            arrive(places, from);
            focusPlace(left);
        }
        showDetail();
    }

    function focusPlace(left: string) {
        if (!enabled) {
            // Nobody begins where the visitor before has stopped.
            places.front.focus = true;
            places.focus = true;
        } else if (isInBar()) {
            places.front.focus = true;
        } else {
            KeyboardWalk.returnTo(places.front);
            if (left !== "" && navigation.place === null && KeyboardWalk.isUsed)
                places.front.item?.focusDoor(left); // qmllint disable missing-property
        }
    }

    function valuesOfPlace(): var {
        const values = {
            place: navigation.place,
            navigation: navigation
        };
        if (navigation.onForm)
            values.covered = Qt.binding(() => Math.max(0, covered - bar.height));
        return values;
    }

    function showDetail() {
        if (navigation.detail !== null)
            detail.show(Qt.resolvedUrl("screens/DetailScreen.qml"), {
                detail: navigation.detail,
                navigation: navigation,
                words: showroom.words
            });
        else if (navigation.within !== null)
            detail.show(navigation.withinFile, {
                place: navigation.within,
                navigation: navigation
            });
        else {
            const isClosing = detail.item !== null;
            detail.show("", {});
            if (isClosing && arrival.coming !== places)
                arrive(places, Qt.point(-way.x, -way.y));
            if (isClosing && enabled && !isInBar())
                KeyboardWalk.returnTo(places);
            return;
        }
        if (!isInBar())
            detail.forceActiveFocus();
        way = wayFromTouch();
        arrive(detail, way);
    }

    function isInBar(): bool {
        return KeyboardWalk.isWithin(Window.activeFocusItem, bar);
    }

    // What is left of a key by the control that has the focus.
    function steer(key: int): bool {
        switch (key) {
        case Qt.Key_Tab:
        case Qt.Key_Backtab:
            KeyboardWalk.step(front, key === Qt.Key_Tab);
            return true;
        case Qt.Key_Escape:
        case Qt.Key_Back:
            if (covered > 0) {
                Qt.inputMethod.hide(); // qmllint disable missing-property
            } else if (navigation.place !== null) {
                navigation.back();
            }
            return true;
        }
        return KeyboardWalk.scroll(front, Window.activeFocusItem, key);
    }

    Keys.onPressed: event => event.accepted = steer(event.key)

    Component.onCompleted: follow()

    Connections {
        target: root.navigation

        function onChanged() {
            root.follow();
        }

        function onDropped(place: QtObject) {
            places.drop(place);
        }

        function onVisitEnded() {
            if (places.front?.viewModel !== root.showroom)
                places.drop(root.showroom);
        }
    }

    Rectangle {
        anchors.fill: parent
        color: Theme.asphalt
    }

    ScreenStack {
        id: places

        width: parent.width
        height: parent.height - bar.height
        focus: true
        enabled: !root.navigation.inDepth
        visible: !root.navigation.inDepth || arrival.running
    }

    ScreenLoader {
        id: detail

        width: parent.width
        height: parent.height - bar.height - (Theme.portrait ? back.height : 0)
        visible: root.navigation.inDepth
    }

    SolidButton {
        id: back

        // In portrait there is no dark side for it to stand on, so it closes the page.
        anchors.left: parent.left
        anchors.leftMargin: Theme.portrait ? 0 : Theme.margin
        width: Theme.portrait ? parent.width : implicitWidth
        least: Theme.portrait ? Theme.px(120) : Theme.button
        anchors.bottom: bar.top
        anchors.bottomMargin: Theme.portrait ? 0 : Theme.px(40)
        visible: root.navigation.inDepth
        ground: Theme.portrait ? Theme.raised : Theme.paper
        ink: Theme.portrait ? Theme.paper : Theme.asphalt
        veil: ink
        sign: Signs.back
        text: root.navigation.isLedOn ? root.showroom.words.back : root.navigation.placeName
        Accessible.name: root.navigation.isLedOn ? text : `${root.showroom.words.back}, ${text}`
        onClicked: root.navigation.back()
    }

    NavBar {
        id: bar

        anchors.bottom: parent.bottom
        width: parent.width
        navigation: root.navigation
        words: root.showroom.words
        homeGlyph: root.showroom.homeGlyph
        homeGlyphFont: root.showroom.homeGlyphFont
    }

    // Above all else, since what is below a control that takes a touch does not hear of it.
    Item {
        anchors.fill: parent

        PointHandler {
            onActiveChanged: {
                if (active)
                    root.touched = point.position;
            }
        }
    }

    // At full opacity: fading in would begin with a frame of bare ground, a flash between light screens.
    ParallelAnimation {
        id: arrival

        property Item coming: null

        onFinished: coming = null

        NumberAnimation {
            target: arrival.coming
            properties: "x,y"
            to: 0
            duration: Theme.move
            easing.type: Easing.OutCubic
        }
    }
}
