pragma Singleton

import QtQuick

// What a keyboard or a switch does on a screen: it goes from thing to thing in reading order, keeps
// where it is in view, and scrolls. Of a long list only a part is made, in the order of scrolling, so
// that Qt's own order of focus leaves the list early.
QtObject {
    // Whether it was a key that moved last, so that it is shown where somebody is.
    property bool isUsed: false

    readonly property real page: 0.85
    readonly property real line: Theme.px(120)

    // To the next thing or to the one before; where nothing else takes the focus, it stays.
    function step(from: Item, forward: bool) {
        isUsed = true;
        const list = listOf(from);
        if (list !== null) {
            const index = indexIn(list, from) + (forward ? 1 : -1);
            if (index >= 0 && index < list.count)
                return enter(list, index, forward);
        }
        let next = from;
        do {
            next = next.nextItemInFocusChain(forward);
        } while (next !== null && next !== from && list !== null && listOf(next) === list)
        if (next === null || next === from)
            return;
        const into = listOf(next);
        if (into !== null)
            enter(into, forward ? 0 : into.count - 1, forward);
        else
            next.forceActiveFocus(forward ? Qt.TabFocusReason : Qt.BacktabFocusReason);
    }

    // Back to where it was within something, or to it.
    function returnTo(item: Item) {
        item.forceActiveFocus(isUsed ? Qt.TabFocusReason : Qt.OtherFocusReason);
    }

    function isWithin(item: Item, outer: Item): bool {
        for (let at = item; at !== null; at = at.parent)
            if (at === outer)
                return true;
        return false;
    }

    // Brings what has the focus into the view of whatever scrolls around it.
    function reveal(item: Item) {
        for (let around = item.parent; around !== null; around = around.parent) {
            const view = around as Flickable;
            if (view === null || !isScrolled(view))
                continue;
            const box = view.contentItem.mapFromItem(item, 0, 0, item.width, item.height);
            if (isUpright(view))
                view.contentY = within(box.y, box.height, view.contentY, view.height, first(view), last(view));
            else
                view.contentX = within(box.x, box.width, view.contentX, view.width, first(view), last(view));
        }
    }

    // Scrolls what the focus is in, or else what comes first on a page. Whether the key is one of those.
    function scroll(page: Item, focused: Item, key: int): bool {
        const view = around(focused, page) ?? firstIn(page);
        if (view === null)
            return false;
        const room = isUpright(view) ? view.height : view.width;
        const at = isUpright(view) ? view.contentY : view.contentX;
        let to = at;
        switch (key) {
        case Qt.Key_PageDown:
            to += KeyboardWalk.page * room;
            break;
        case Qt.Key_PageUp:
            to -= KeyboardWalk.page * room;
            break;
        case Qt.Key_Down:
        case Qt.Key_Right:
            to += line;
            break;
        case Qt.Key_Up:
        case Qt.Key_Left:
            to -= line;
            break;
        case Qt.Key_Home:
            to = first(view);
            break;
        case Qt.Key_End:
            to = last(view);
            break;
        default:
            return false;
        }
        to = Math.max(first(view), Math.min(last(view), to));
        if (isUpright(view))
            view.contentY = to;
        else
            view.contentX = to;
        keepFocusIn(view, focused);
        return true;
    }

    // An entry that was scrolled away would be lost, and the focus with it.
    function keepFocusIn(view: Flickable, focused: Item) {
        const list = view as ItemView;
        if (list === null || focused === null || listOf(focused) !== list)
            return;
        const box = list.mapFromItem(focused, 0, 0, focused.width, focused.height);
        const isSeen = isUpright(list) ? box.y >= 0 && box.y + box.height <= list.height : box.x >= 0 && box.x + box.width <= list.width;
        if (isSeen)
            return;
        const index = list.indexAt(list.contentX + list.width / 2, list.contentY + list.height / 2);
        if (index >= 0)
            enter(list, index, true);
    }

    function enter(list: ItemView, index: int, forward: bool) {
        if (index === 0)
            list.positionViewAtBeginning();
        else if (index === list.count - 1)
            list.positionViewAtEnd();
        else
            list.positionViewAtIndex(index, ItemView.Contain);
        const entry = list.itemAtIndex(index);
        // What is touched may be inside the entry.
        const target = entry === null || entry.activeFocusOnTab ? entry : entry.nextItemInFocusChain(true);
        target?.forceActiveFocus(forward ? Qt.TabFocusReason : Qt.BacktabFocusReason);
    }

    // The list that an item is an entry of, or null.
    function listOf(item: Item): ItemView {
        for (let at = item; at !== null && at.parent !== null; at = at.parent) {
            const list = at.parent.parent as ItemView;
            if (list !== null && list.contentItem === at.parent)
                return list;
        }
        return null;
    }

    function indexIn(list: ItemView, item: Item): int {
        let entry = item;
        while (entry.parent !== list.contentItem)
            entry = entry.parent;
        return list.indexAt(entry.x + 1, entry.y + 1);
    }

    function around(item: Item, page: Item): Flickable {
        for (let at = item; at !== null && at !== page; at = at.parent) {
            const view = at as Flickable;
            if (view !== null && isScrolled(view))
                return view;
        }
        return null;
    }

    function firstIn(item: Item): Flickable {
        if (!item.visible)
            return null;
        const view = item as Flickable;
        if (view !== null && isScrolled(view))
            return view;
        for (const child of item.children) {
            const found = firstIn(child);
            if (found !== null)
                return found;
        }
        return null;
    }

    function isUpright(view: Flickable): bool {
        return view.contentHeight > view.height + 1;
    }

    function isScrolled(view: Flickable): bool {
        return isUpright(view) || view.contentWidth > view.width + 1;
    }

    function first(view: Flickable): real {
        return isUpright(view) ? view.originY - view.topMargin : view.originX - view.leftMargin;
    }

    function last(view: Flickable): real {
        const end = isUpright(view) ? view.originY + view.contentHeight + view.bottomMargin - view.height : view.originX + view.contentWidth + view.rightMargin - view.width;
        return Math.max(first(view), end);
    }

    // Where to scroll so that something is seen, clear of the fades at the edges.
    function within(start: real, length: real, at: real, room: real, least: real, most: real): real {
        const clear = Math.max(0, Math.min(Theme.fade, (room - length) / 2));
        if (start - clear < at || length > room)
            return Math.max(least, Math.min(most, start - clear));
        if (start + length + clear > at + room)
            return Math.max(least, Math.min(most, start + length + clear - room));
        return at;
    }
}
